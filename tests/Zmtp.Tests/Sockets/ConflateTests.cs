using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.Sockets;

/// <summary>ZMQ_CONFLATE: of the messages that wait, only the last is kept (zmq_setsockopt(3) of libzmq).</summary>
public class ConflateTests
{
    [Fact]
    public void A_PULL_receives_the_last_of_what_has_arrived()
    {
        using PullSocket pull = new();
        pull.Options.Conflate = true;
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        using PushSocket push = new();
        push.Connect($"tcp://127.0.0.1:{port}");
        SendNumbers(push, 5000);
        AwaitLastOf(5000, pull);

        Assert.Equal(["4999"], pull.ReceiveText());

        Assert.Null(pull.TryReceiveText());
        PipeStatistics counted = pull.GetStatistics().Total;
        Assert.Equal((5000, 4999, 0), (counted.MessagesIn, counted.DroppedUnread, counted.QueuedIn));
    }

    [Fact]
    public void What_was_seen_to_be_there_and_was_not_received_gives_way_to_a_later_message()
    {
        using PullSocket pull = new();
        pull.Options.Conflate = true;
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        using PushSocket push = new();
        push.Connect($"tcp://127.0.0.1:{port}");
        push.SendText("first");
        Assert.True(pull.Poll(PollEvents.PollIn, Frames.Timeout).HasIn(), "the first message is missing");
        push.SendText("second");
        push.SendText("third");
        Await(() => pull.GetStatistics().Total.DroppedUnread == 1, "message that gave way");

        Assert.Equal(["third"], pull.ReceiveText());
        Assert.Null(pull.TryReceiveText());
    }

    [Fact]
    public void A_PUSH_without_a_peer_keeps_the_last_and_never_blocks()
    {
        using RawListener listener = new();
        using PushSocket push = new();
        push.Options.Conflate = true;
        push.Options.SendHighWatermark = 1;
        push.Connect(listener.Endpoint);
        using RawPeer peer = RawPeer.Accept(listener);
        SendNumbers(push, 5000);

        peer.Handshake("PULL");

        peer.Expect("00 04 34393939");
        PipeStatistics counted = push.GetStatistics().Total;
        Assert.Equal(4999, counted.DroppedFull);
        Await(() => push.GetStatistics().Total is { MessagesOut: 1, QueuedOut: 0 }, "message that was sent");
    }

    [Theory]
    [InlineData("tcp://127.0.0.1:*", true, false)]
    [InlineData("tcp://127.0.0.1:*", false, true)]
    [InlineData("tcp://127.0.0.1:*", true, true)]
    [InlineData("inproc://conflate-numbers", true, false)]
    public async Task A_receiver_of_numbers_sees_them_grow_up_to_the_last(string endpoint, bool senderKeepsLast, bool receiverKeepsLast)
    {
        const int last = 200_000;
        using PullSocket pull = new();
        pull.Options.Conflate = receiverKeepsLast;
        pull.Bind(endpoint);
        Task sends = Task.Run(() =>
        {
            using PushSocket push = new();
            push.Options.Conflate = senderKeepsLast;
            push.Connect(pull.Options.LastEndpoint!);
            SendNumbers(push, last + 1);
        });

        int seen = -1;
        while (seen < last)
        {
            string text = Assert.Single(pull.ReceiveText());
            Assert.True(int.Parse(text) > seen, $"{text} came behind {seen}");
            seen = int.Parse(text);
        }

        await sends.Within("end of sending");
    }

    [Fact]
    public void A_message_of_several_frames_stays_whole()
    {
        using DealerSocket bound = new();
        bound.Options.Conflate = true;
        int port = bound.BindRandomPort("tcp://127.0.0.1");
        using DealerSocket connected = new();
        connected.Connect($"tcp://127.0.0.1:{port}");
        for (int i = 0; i < 100; i++)
        {
            connected.SendText("topic", new string('x', 40_000), $"{i}");
        }

        AwaitLastOf(100, bound);

        Assert.Equal(["topic", new string('x', 40_000), "99"], bound.ReceiveText());
    }

    [Fact]
    public void A_SUB_keeps_the_last_and_all_of_its_subscriptions()
    {
        using XPublisherSocket publisher = new();
        int port = publisher.BindRandomPort("tcp://127.0.0.1");
        using SubscriberSocket subscriber = new();
        subscriber.Options.Conflate = true;
        subscriber.Connect($"tcp://127.0.0.1:{port}");
        subscriber.Subscribe("a");
        subscriber.Subscribe("b");
        publisher.ReceiveText();
        publisher.ReceiveText();

        publisher.SendText("b1");
        publisher.SendText("a2");
        publisher.SendText("c3");
        publisher.SendText("b4");
        AwaitLastOf(3, subscriber);

        Assert.Equal(["b4"], subscriber.ReceiveText());
    }

    [Fact]
    public void The_last_is_sent_before_a_socket_that_is_closed_ends()
    {
        using RawListener listener = new();
        PushSocket push = new();
        push.Options.Conflate = true;
        push.Connect(listener.Endpoint);
        using RawPeer peer = RawPeer.Accept(listener);
        SendNumbers(push, 10);
        push.Dispose();

        peer.Handshake("PULL");

        peer.Expect("00 01 39");
        peer.ExpectEndWithoutAWord();
    }

    [Fact]
    public void A_socket_that_has_sent_nothing_ends_without_a_peer()
    {
        PushSocket push = new();
        push.Options.Conflate = true;
        push.Connect("tcp://127.0.0.1:1");
        push.Dispose();
        Await(() => push.GetStatistics().Pipes.Count == 0, "end of the pipe");
    }

    [Fact]
    public void Other_types_have_no_such_option()
    {
        using RouterSocket router = new();
        Assert.Contains("Conflate", Assert.Throws<InvalidException>(() => router.Options.Conflate = true).Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_what_libzmq_sends_the_last_is_received(bool weBind)
    {
        using PythonPeer theirs = PythonPeer.Start("PUSH");
        using PullSocket ours = new();
        ours.Options.Conflate = true;
        Link.Up(ours, theirs, weBind);
        theirs.Do("send-numbers 1000");
        AwaitLastOf(1000, ours);

        Expect.Message(ours, "000003e7");
    }

    [SkippableFact]
    public void A_PULL_of_libzmq_that_comes_late_receives_the_last_that_ours_sent()
    {
        using PythonPeer theirs = PythonPeer.Start("PULL");
        using PushSocket ours = new();
        ours.Options.Conflate = true;
        ours.Options.Linger = TimeSpan.Zero;
        string endpoint = Link.FreeEndpoint();
        ours.Connect(endpoint);
        SendNumbers(ours, 1000);

        theirs.Bind(endpoint);

        Assert.Equal("393939", theirs.Receive());
        Assert.Equal("nothing", theirs.Receive(0));
    }

    private static void SendNumbers(ZmqSocket socket, int count)
    {
        for (int i = 0; i < count; i++)
        {
            socket.SendText($"{i}");
        }
    }

    /// <summary>Waits until so many have arrived, and all but the last gave way.</summary>
    private static void AwaitLastOf(int count, ZmqSocket socket)
        => Await(() => socket.GetStatistics().Total is { QueuedIn: 1 } total && total.MessagesIn == count, $"last of {count} messages");

    private static void Await(Func<bool> condition, string what)
        => Assert.True(SpinWait.SpinUntil(condition, Frames.Timeout), $"Within {Frames.Timeout} there was no {what}.");
}
