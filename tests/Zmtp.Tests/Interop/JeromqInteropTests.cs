
namespace Actors.Zmtp.Tests.Interop;

/// <summary>With JeroMQ 0.3.6, which speaks ZMTP 2.0.</summary>
public class JeromqInteropTests
{
    public static TheoryData<string, bool> Pairs => SocketPair.BothDirections();

    [SkippableTheory]
    [MemberData(nameof(Pairs))]
    public void Each_pair_talks_over_tcp(string pair, bool weBind)
    {
        using var theirs = JeromqPeer.Start(SocketPair.Theirs(pair));
        using var ours = SocketPair.CreateOurs(pair);
        Link.Up(ours, theirs, weBind);
        SocketPair.Exchange(pair, ours, theirs);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Many_messages_arrive_in_order_both_ways(bool weBind)
    {
        const int count = 20_000;
        using var theirs = JeromqPeer.Start("PAIR");
        using var ours = new PairSocket();
        Link.Up(ours, theirs, weBind);
        var verb = $"recv-numbers {count}";
        theirs.Begin(verb);
        for (var i = 0; i < count; i++)
            Assert.True(ours.TrySendFrame(Expect.Patience, NetworkOrder.GetBytes(i)), $"message {i} was not taken");
        theirs.Finish(verb);
        theirs.Begin($"send-numbers {count}");
        for (var i = 0; i < count; i++)
        {
            Assert.True(ours.TryReceiveFrameBytes(Expect.Patience, out var bytes), $"message {i} did not come");
            Assert.Equal(i, NetworkOrder.ToInt32(bytes));
        }
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_ROUTER_knows_their_identity(bool weBind)
    {
        using var theirs = JeromqPeer.Start("DEALER");
        using var ours = new RouterSocket();
        theirs.Do("identity 6964");
        Link.Up(ours, theirs, weBind);
        theirs.Send("61");
        Expect.Message(ours, "6964,61");
        Expect.Sent(ours, "6964,62,,63");
        Assert.Equal("62,,63", theirs.Receive());
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Their_ROUTER_knows_our_identity(bool weBind)
    {
        using var theirs = JeromqPeer.Start("ROUTER");
        using var ours = new DealerSocket();
        ours.Options.Identity = "me"u8.ToArray();
        Link.Up(ours, theirs, weBind);
        Expect.Sent(ours, "61");
        Assert.Equal("6d65,61", theirs.Receive());
        theirs.Send("6d65,62");
        Expect.Message(ours, "62");
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(254)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(1_000_003)]
    public void Frames_of_any_length_pass_both_ways(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var frames = Convert.ToHexStringLower(bytes) + ",61";
        using var theirs = JeromqPeer.Start("PAIR");
        using var ours = new PairSocket();
        Link.Up(ours, theirs, weBind: true);
        Expect.Sent(ours, frames);
        Assert.Equal(frames, theirs.Receive());
        theirs.Send(frames);
        Expect.Message(ours, frames);
    }

    [SkippableFact]
    public void A_subscription_is_told_again_to_a_publisher_that_comes_back()
        => Comeback.OfTheirPublisher(Link.FreeEndpoint(), 2, () => JeromqPeer.Start("XPUB"));

    [SkippableFact]
    public void A_PULL_goes_on_with_each_new_PUSH()
    {
        using var ours = new PullSocket();
        Comeback.OfTheirSender(ours, 2, () => JeromqPeer.Start("PUSH"));
    }
}
