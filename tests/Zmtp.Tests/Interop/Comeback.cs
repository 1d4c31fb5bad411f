
namespace Actors.Zmtp.Tests.Interop;

/// <summary>Peers of any kind that are killed and come back, while our socket stays.</summary>
internal static class Comeback
{
    /// <summary>Each life of their XPUB at an endpoint hears of our subscription, and is heard.</summary>
    public static void OfTheirPublisher(string endpoint, int lives, Func<LinePeer> start)
    {
        using var ours = new SubscriberSocket();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Subscribe("a");
        ours.Connect(endpoint);
        for (var life = 0; life < lives; life++)
        {
            using var theirs = start();
            theirs.Bind(endpoint);
            Assert.Equal("0161", theirs.Receive());
            theirs.Send($"610{life}");
            Expect.Message(ours, $"610{life}");
            theirs.Kill();
        }
    }

    /// <summary>Each life of a peer that connects is heard by our socket.</summary>
    public static void OfTheirSender(ZmqSocket ours, int lives, Func<LinePeer> start)
    {
        ours.Options.Linger = TimeSpan.Zero;
        var endpoint = Link.Bind(ours);
        for (var life = 0; life < lives; life++)
        {
            using var theirs = start();
            theirs.Connect(endpoint);
            theirs.Send($"0{life}");
            Expect.Message(ours, $"0{life}");
            theirs.Kill();
        }
    }
}
