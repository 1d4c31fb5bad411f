using System.Text;
using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.Sockets;

/// <summary>Messages that are sent whole from the caller's memory, and received into arrays that belong to the caller.</summary>
public class WholeMessageTests
{
    private const int Large = 100_000;

    [Theory]
    [InlineData("tcp://127.0.0.1:*")]
    [InlineData("inproc://whole-messages")]
    public void Frames_of_any_size_arrive_as_they_were_sent(string endpoint)
    {
        using PullSocket pull = new();
        pull.Bind(endpoint);
        using PushSocket push = new();
        push.Connect(pull.Options.LastEndpoint!);
        byte[] large = [.. Enumerable.Range(0, Large).Select(i => (byte)i)];
        ReadOnlyMemory<byte>[] sent = ["a"u8.ToArray(), Array.Empty<byte>(), large, large.AsMemory(1, 300), large.AsMemory(0, 1 << 16)];
        Link.Repeat(() => push.TrySend(sent) == SendResult.Sent, "message that is taken");
        List<byte[]> received = [];
        bool more = true;
        Link.Repeat(
            () =>
            {
                while (more && pull.TryReceive(out byte[]? frame, out bool another))
                {
                    received.Add(frame);
                    more = another;
                }

                return !more;
            },
            "message");
        Assert.Equal(sent.Select(frame => frame.ToArray()), received);
        // Over inproc too, where the peer reads what the sender still owns.
        Assert.All(received, frame => Assert.NotSame(large, frame));
    }

    [Fact]
    public void A_full_socket_takes_nothing_of_a_message()
    {
        using PushSocket push = new();
        push.Options.Linger = TimeSpan.Zero;
        push.Options.SendHighWatermark = 2;
        push.Connect("tcp://127.0.0.1:1");
        ReadOnlyMemory<byte>[] message = ["a"u8.ToArray(), "b"u8.ToArray()];
        Assert.Equal([SendResult.Sent, SendResult.Sent, SendResult.Full], Enumerable.Range(0, 3).Select(_ => push.TrySend(message)));
        Assert.Equal(2, push.GetStatistics().Total.QueuedOut);
    }

    [Fact]
    public void A_socket_without_peers_is_full()
    {
        using DealerSocket dealer = new();
        Assert.Equal(SendResult.Full, dealer.TrySend([new byte[1]]));
    }

    [Theory]
    [InlineData("ROUTER")]
    [InlineData("PEER")]
    public void A_routing_id_that_nobody_has_is_a_result_and_no_exception(string type)
    {
        using ZmqSocket socket = type == "ROUTER" ? new RouterSocket() : new PeerSocket();
        if (socket is RouterSocket)
        {
            socket.Options.RouterMandatory = true;
        }

        Assert.Equal(SendResult.Unroutable, socket.TrySend(["none"u8.ToArray(), "x"u8.ToArray()]));
    }

    [Fact]
    public void A_ROUTER_tells_a_full_peer_from_an_unknown_one_and_reaches_the_others()
    {
        using RouterSocket router = new();
        router.Options.RouterMandatory = true;
        router.Options.SendHighWatermark = 1;
        router.Bind("inproc://whole-messages-router");
        using DealerSocket slow = Dealer("slow");
        using DealerSocket quick = Dealer("quick");
        Link.Repeat(() => router.TrySend(To("slow")) == SendResult.Full, "peer that is full");
        Link.Repeat(() => router.TrySend(To("quick")) == SendResult.Sent && quick.TryReceive(out _, out _), "message at the other peer");
        Assert.Equal(SendResult.Unroutable, router.TrySend(To("gone")));

        static ReadOnlyMemory<byte>[] To(string name) => [Encoding.ASCII.GetBytes(name), "x"u8.ToArray()];

        static DealerSocket Dealer(string name)
        {
            DealerSocket dealer = new();
            dealer.Options.Identity = Encoding.ASCII.GetBytes(name);
            dealer.Options.ReceiveHighWatermark = 1;
            dealer.Connect("inproc://whole-messages-router");
            return dealer;
        }
    }

    [Fact]
    public void A_message_that_was_begun_with_single_frames_must_be_ended_with_them()
    {
        using PushSocket push = new();
        push.Options.Linger = TimeSpan.Zero;
        push.Connect("tcp://127.0.0.1:1");
        push.SendMoreFrame("a");
        Assert.Throws<InvalidOperationException>(() => push.TrySend([new byte[1]]));
        push.SendFrame("b");
        Assert.Equal(SendResult.Sent, push.TrySend([new byte[1]]));
    }

    [Fact]
    public void A_message_without_frames_is_refused()
    {
        using PushSocket push = new();
        Assert.Throws<ArgumentException>(() => push.TrySend([]));
    }

    [Fact]
    public void A_REQ_and_a_REP_keep_their_turns()
    {
        using ResponseSocket reply = new("@inproc://whole-messages-turns");
        using RequestSocket request = new(">inproc://whole-messages-turns");
        Assert.Equal(SendResult.Sent, request.TrySend(["a"u8.ToArray(), "b"u8.ToArray()]));
        Assert.Throws<FiniteStateMachineException>(() => request.TrySend([new byte[1]]));
        Assert.True(reply.TryReceive(out byte[]? first, out bool more) && more);
        Assert.True(reply.TryReceive(out byte[]? second, out more) && !more);
        Assert.Equal("ab", Encoding.ASCII.GetString([.. first, .. second]));
        Assert.Throws<FiniteStateMachineException>(() => reply.TryReceive(out _, out _));
        Assert.Equal(SendResult.Sent, reply.TrySend(["c"u8.ToArray()]));
        Assert.True(request.TryReceive(out first, out more) && !more);
        Assert.Equal("c"u8.ToArray(), first);
    }
}
