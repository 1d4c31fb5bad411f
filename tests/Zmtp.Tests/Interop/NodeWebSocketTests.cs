using Actors.Zmtp.Tests.Sockets;

namespace Actors.Zmtp.Tests.Interop;

/// <summary>Heartbeats, subscriptions and new connections over ws with libzmq 4.3.5.</summary>
public class NodeWebSocketTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(2500);

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Heartbeats_of_both_ends_keep_a_connection_without_messages(bool weBind)
    {
        using var theirs = NodePeer.Start("PAIR");
        theirs.Set("heartbeatInterval", "100");
        theirs.Set("heartbeatTimeout", "2000");
        using var ours = new PairSocket();
        ours.Options.HeartbeatInterval = TimeSpan.FromMilliseconds(100);
        ours.Options.HeartbeatTimeout = TimeSpan.FromMilliseconds(2000);
        using var events = new EventRecorder(ours, SocketEvents.HandshakeSucceeded | SocketEvents.Disconnected);
        Link.Up(ours, theirs, "ws", weBind);
        events.Next(SocketEvents.HandshakeSucceeded);
        events.Nothing(Quiet);
        Expect.Sent(ours, "61");
        Assert.Equal("61", theirs.Receive());
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_peer_that_stands_still_is_disconnected(bool weBind)
    {
        using var theirs = NodePeer.Start("PAIR");
        using var ours = new PairSocket();
        ours.Options.HeartbeatInterval = TimeSpan.FromMilliseconds(100);
        ours.Options.HeartbeatTimeout = TimeSpan.FromMilliseconds(500);
        using var events = new EventRecorder(ours, SocketEvents.HandshakeSucceeded | SocketEvents.Disconnected);
        Link.Up(ours, theirs, "ws", weBind);
        events.Next(SocketEvents.HandshakeSucceeded);
        theirs.Pause();
        Assert.Contains("nothing was heard of the peer within 500 ms", events.Next(SocketEvents.Disconnected).Reason, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_subscription_is_told_again_to_a_publisher_that_comes_back()
        => Comeback.OfTheirPublisher(FreeEndpoint(), 3, () => NodePeer.Start("XPUB"));

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Their_XPUB_hears_of_the_end_of_a_subscription(bool weBind)
    {
        using var theirs = NodePeer.Start("XPUB");
        using var ours = new SubscriberSocket();
        ours.Subscribe("a");
        Link.Up(ours, theirs, "ws", weBind);
        Assert.Equal("0161", theirs.Receive());
        ours.Subscribe("b");
        Assert.Equal("0162", theirs.Receive());
        ours.Unsubscribe("a");
        Assert.Equal("0061", theirs.Receive());
    }

    [SkippableFact]
    public void A_publisher_goes_on_when_a_subscriber_is_killed_and_comes_back()
    {
        using var ours = new XPublisherSocket();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Bind(Link.AnyEndpoint("ws"));
        for (var life = 0; life < 3; life++)
        {
            using var theirs = NodePeer.Start("SUB");
            theirs.Do("subscribe 61");
            theirs.Connect(ours.Options.LastEndpoint!);
            Expect.Message(ours, "0161");
            Expect.Sent(ours, $"610{life}");
            Assert.Equal($"610{life}", theirs.Receive());
            theirs.Kill();
            Expect.Message(ours, "0061");
        }
    }

    [SkippableFact]
    public void Their_PUSH_finds_our_PULL_again_that_was_closed_and_bound_anew()
    {
        var endpoint = FreeEndpoint();
        using var theirs = NodePeer.Start("PUSH");
        theirs.Set("reconnectInterval", "50");
        theirs.Connect(endpoint);
        for (var life = 0; life < 3; life++)
        {
            using var ours = new PullSocket("@" + endpoint);
            Link.Repeat(
                () =>
                {
                    theirs.Send("61");
                    return ours.TryReceiveFrameBytes(TimeSpan.FromMilliseconds(100), out _);
                },
                $"message of their PUSH at our PULL number {life}");
        }
    }

    private static string FreeEndpoint() => Link.FreeEndpoint().Replace("tcp://", "ws://", StringComparison.Ordinal) + "/";
}
