using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.Sockets;

public class StatisticsTests
{
    [Fact]
    public void Messages_and_bytes_are_counted_at_both_ends()
    {
        using PullSocket pull = new();
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        using PushSocket push = new();
        push.Connect($"tcp://127.0.0.1:{port}");
        for (int i = 0; i < 10; i++)
        {
            push.SendText(new string('x', 98));
        }

        Await(() => pull.GetStatistics().Total.QueuedIn == 10, "10 messages that wait");
        PipeStatistics there = Only(pull);
        Assert.Equal((10, 1000), (there.MessagesIn, there.BytesIn));
        Assert.Equal($"tcp://127.0.0.1:{port}", there.Endpoint);
        Await(() => Only(push).MessagesOut == 10, "10 messages sent");
        PipeStatistics here = Only(push);
        Assert.Equal((10, 1000, 0), (here.MessagesOut, here.BytesOut, here.QueuedOut));
        Assert.Equal($"tcp://127.0.0.1:{port}", here.PeerAddress);

        for (int i = 0; i < 10; i++)
        {
            pull.ReceiveText();
        }

        Assert.Null(pull.TryReceiveText());
        Assert.Equal(0, Only(pull).QueuedIn);
    }

    [Fact]
    public void What_waits_for_a_peer_and_is_not_sent_in_the_end_is_counted()
    {
        PushSocket push = new();
        push.Options.Linger = TimeSpan.Zero;
        push.Connect("tcp://127.0.0.1:1");
        push.SendText("a");
        push.SendText("b");
        Assert.Equal(2, Only(push).QueuedOut);
        push.Dispose();
        Await(() => push.GetStatistics().Total.DroppedUnsent == 2, "2 messages that were dropped unsent");
        Assert.Empty(push.GetStatistics().Pipes);
    }

    [Fact]
    public void A_subscriber_that_does_not_read_misses_messages_and_each_is_counted()
    {
        const int messages = 2000;
        using PublisherSocket ours = new();
        ours.Options.SendHighWatermark = 10;
        ours.Options.SendBuffer = 4096;
        ours.Options.Linger = TimeSpan.Zero;
        using RawPeer peer = RawPeer.ConnectTo(ours.BindRandomPort("tcp://127.0.0.1"), receiveBuffer: 4096);
        peer.Handshake("SUB");
        peer.Send("04 0a 09 535542534352494245");
        Link.Repeat(
            () =>
            {
                ours.TrySendFrame("probe");
                return peer.HasOctets(TimeSpan.FromMilliseconds(20));
            },
            "message for the subscriber");
        byte[] message = new byte[1000];
        for (int i = 0; i < messages; i++)
        {
            ours.TrySendFrame(message);
        }

        PipeStatistics pipe = Only(ours);
        Assert.InRange(pipe.DroppedFull, 1, messages);
        Await(() => Only(ours) is var now && now.MessagesOut + now.QueuedOut + now.DroppedFull >= messages, "account of every message");
    }

    [Fact]
    public void Messages_to_a_peer_that_a_ROUTER_does_not_know_are_counted()
    {
        using RouterSocket router = new();
        router.SendMoreFrame("nobody").SendFrame("x");
        router.SendMoreFrame("nobody").SendFrame("y");
        Assert.Equal(2, router.GetStatistics().DroppedUnroutable);
    }

    [Fact]
    public void The_sums_keep_what_pipes_carried_that_have_ended()
    {
        using PullSocket pull = new();
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        for (int i = 0; i < 3; i++)
        {
            using PushSocket push = new();
            push.Connect($"tcp://127.0.0.1:{port}");
            push.SendText("x");
            pull.ReceiveText();
        }

        Link.Repeat(() => !pull.Poll(PollEvents.PollIn, TimeSpan.FromMilliseconds(10)).HasIn() && pull.GetStatistics().Pipes.Count == 0, "end of all pipes");
        Assert.Equal(3, pull.GetStatistics().Total.MessagesIn);
        Assert.Equal(9, pull.GetStatistics().Total.BytesIn);
    }

    [Fact]
    public async Task Any_thread_may_read_them_while_the_socket_works()
    {
        const int messages = 20_000;
        using PullSocket pull = new();
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        using PushSocket push = new();
        push.Connect($"tcp://127.0.0.1:{port}");
        long last = 0;
        bool done = false;
        Task<bool> reading = Task.Run(() =>
        {
            while (!Volatile.Read(ref done))
            {
                long now = pull.GetStatistics().Total.MessagesIn;
                if (now < last)
                {
                    return false;
                }

                last = now;
            }

            return true;
        });
        Task sending = Task.Run(() =>
        {
            for (int i = 0; i < messages; i++)
            {
                push.SendText("x");
            }
        });
        for (int i = 0; i < messages; i++)
        {
            pull.ReceiveText();
        }

        Volatile.Write(ref done, true);
        await sending.Within("end of the sender");
        Assert.True(await reading.Within("end of the reader"), "The number of messages went backwards.");
        Assert.Equal(messages, pull.GetStatistics().Total.MessagesIn);
    }

    private static PipeStatistics Only(ZmqSocket socket) => Assert.Single(socket.GetStatistics().Pipes);

    private static void Await(Func<bool> condition, string what)
        => Assert.True(SpinWait.SpinUntil(condition, Frames.Timeout), $"Within {Frames.Timeout} there was no {what}.");
}
