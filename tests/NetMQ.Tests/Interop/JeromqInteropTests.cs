using NetMQ.Sockets;

namespace NetMQ.Tests.Interop;

/// <summary>With JeroMQ 0.3.6, which speaks ZMTP 2.0.</summary>
public class JeromqInteropTests
{
    /// <summary>The ends that bind alternate from pair to pair, since each peer is a Java that starts and compiles.</summary>
    public static TheoryData<string, bool> Pairs
    {
        get
        {
            var data = new TheoryData<string, bool>();
            for (var i = 0; i < SocketPair.All.Length; i++)
                data.Add(SocketPair.All[i], i % 2 == 0);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Pairs))]
    public void Each_pair_talks_over_tcp(string pair, bool weBind)
    {
        using var theirs = JeromqPeer.Start(SocketPair.Theirs(pair));
        using var ours = SocketPair.CreateOurs(pair);
        Link.Up(ours, theirs, weBind);
        SocketPair.Exchange(pair, ours, theirs);
    }

    [SkippableFact]
    public void Many_messages_arrive_in_order_both_ways()
    {
        const int count = 20_000;
        using var theirs = JeromqPeer.Start("PAIR");
        using var ours = new PairSocket();
        Link.Up(ours, theirs, weBind: true);
        var verb = $"recv-numbers {count}";
        theirs.Begin(verb);
        for (var i = 0; i < count; i++)
            Assert.True(ours.TrySendFrame(Expect.Patience, NetworkOrderBitsConverter.GetBytes(i)), $"message {i} was not taken");
        theirs.Finish(verb);
        theirs.Begin($"send-numbers {count}");
        for (var i = 0; i < count; i++)
        {
            Assert.True(ours.TryReceiveFrameBytes(Expect.Patience, out var bytes), $"message {i} did not come");
            Assert.Equal(i, NetworkOrderBitsConverter.ToInt32(bytes));
        }
    }

    [SkippableFact]
    public void A_ROUTER_knows_their_identity()
    {
        using var theirs = JeromqPeer.Start("DEALER");
        using var ours = new RouterSocket();
        theirs.Do("identity 6964");
        Link.Up(ours, theirs, weBind: true);
        theirs.Send("61");
        Expect.Message(ours, "6964,61");
    }
}
