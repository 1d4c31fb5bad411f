
namespace Actors.Zmtp.Tests.Interop;

public class PipelineInteropTests
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_PUSH_feeds_their_PULL_in_order(bool weBind)
    {
        const int count = 50_000;
        using var theirs = PythonPeer.Start("PULL");
        using var ours = new PushSocket();
        Link.Up(ours, theirs, weBind);
        var verb = $"recv-numbers {count}";
        theirs.Begin(verb);
        for (var i = 0; i < count; i++)
            Assert.True(ours.TrySendFrame(Expect.Patience, NetworkOrder.GetBytes(i)), $"message {i} was not taken");
        theirs.Finish(verb);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_PULL_takes_from_their_PUSH_in_order(bool weBind)
    {
        const int count = 50_000;
        using var theirs = PythonPeer.Start("PUSH");
        using var ours = new PullSocket();
        Link.Up(ours, theirs, weBind);
        theirs.Begin($"send-numbers {count}");
        for (var i = 0; i < count; i++)
        {
            Assert.True(ours.TryReceiveFrameBytes(Expect.Patience, out var bytes), $"message {i} did not come");
            Assert.Equal(i, NetworkOrder.ToInt32(bytes));
        }
    }

    [SkippableFact]
    public void Two_workers_get_the_same_share()
    {
        using var one = PythonPeer.Start("PULL");
        using var other = PythonPeer.Start("PULL");
        using var ours = new PushSocket();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Connect(one.Bind());
        ours.Connect(other.Bind());

        // Both are there when each has had a message; from then on they take turns.
        var greeted = new HashSet<PythonPeer>();
        Link.Repeat(
            () =>
            {
                Expect.Sent(ours, "-");
                foreach (var peer in new[] { one, other })
                {
                    if (peer.Receive(50) == "-")
                        greeted.Add(peer);
                }

                return greeted.Count == 2;
            },
            "message at both workers");
        for (byte i = 0; i < 20; i++)
            Expect.Sent(ours, Convert.ToHexString([i]));
        Assert.Equal((10, 10), (Share(one), Share(other)));
    }

    private static int Share(PythonPeer worker)
    {
        var share = 0;
        for (var message = worker.Receive(); message != "nothing"; message = worker.Receive(500))
            share += message == "-" ? 0 : 1;
        return share;
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_PAIR_talks_both_ways(bool weBind)
    {
        using var theirs = PythonPeer.Start("PAIR");
        using var ours = new PairSocket();
        Link.Up(ours, theirs, weBind);
        Expect.Sent(ours, "61,62");
        theirs.Send("63,,");
        Assert.Equal("61,62", theirs.Receive());
        Expect.Message(ours, "63,,");
    }
}
