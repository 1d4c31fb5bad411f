namespace Actors.Zmtp.Tests.Sockets;

/// <summary>
/// What becomes of a message of which some frames were received when its connection ends. One that the peer ends, or that is
/// handed over, still gives the rest; one that this socket disconnects does not, as with libzmq.
/// </summary>
public class TornMessageTests
{
    public static TheoryData<string> Transports => ["tcp://127.0.0.1:0", "inproc://torn", "ipc://*", "ws://127.0.0.1:0/"];

    [Theory]
    [MemberData(nameof(Transports))]
    public void A_handover_leaves_the_message_that_was_begun_and_those_behind_it_whole(string address)
    {
        using RouterSocket router = new();
        router.Options.RouterHandover = true;
        router.Bind(address);
        using DealerSocket old = Dealer(router);
        old.SendText("one", "two", "three");
        old.SendText("four", "five");
        Await(router, 2);
        Assert.Equal("me", router.TryReceiveText(Frames.Timeout));
        Assert.Equal("one", router.TryReceiveText(Frames.Timeout));
        using DealerSocket next = Dealer(router);
        next.SendText("new");
        Await(router, 3);
        Assert.Equal(["two", "three"], router.ReceiveText());
        string[][] rest = [router.ReceiveText(), router.ReceiveText()];
        Assert.Equal(["me, four, five", "me, new"], rest.Select(m => string.Join(", ", m)).Order(StringComparer.Ordinal));
        Assert.Null(router.TryReceiveText());
        Assert.True(SpinWait.SpinUntil(() => !router.HasIn && !old.HasIn && router.GetStatistics().Pipes.Count == 1, Frames.Timeout), "The old pipe stayed.");
        router.SendText("me", "for the new");
        Assert.Equal(["for the new"], next.ReceiveText());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void A_handover_after_the_routing_id_leaves_the_message_whole(string address)
    {
        using RouterSocket router = new();
        router.Options.RouterHandover = true;
        router.Bind(address);
        using DealerSocket old = Dealer(router);
        old.SendText("one", "two");
        Assert.Equal("me", router.TryReceiveText(Frames.Timeout));
        using DealerSocket next = Dealer(router);
        next.SendText("new");
        Await(router, 2);
        Assert.Equal(["one", "two"], router.ReceiveText());
        Assert.Equal(["me", "new"], router.ReceiveText());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void The_end_of_a_peer_leaves_the_message_that_was_begun_and_those_behind_it_whole(string address)
    {
        foreach ((ZmqSocket receiver, ZmqSocket sender) in Pairs())
        {
            using (receiver)
            {
                Connect(receiver, sender, address, bindReceiver: true);
                int skipped = Begin(receiver, sender);
                sender.Dispose();
                Assert.Equal(["two", "three"], receiver.ReceiveText());
                Assert.Equal(["four"], receiver.ReceiveText()[skipped..]);
                Assert.Null(receiver.TryReceiveText());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void After_a_disconnect_nothing_is_received_and_the_next_message_is_that_of_another_peer(string address)
    {
        foreach ((ZmqSocket receiver, ZmqSocket sender) in Pairs())
        {
            using (receiver)
            using (sender)
            {
                string endpoint = Connect(receiver, sender, address, bindReceiver: false);
                Begin(receiver, sender);
                receiver.Disconnect(endpoint);
                Assert.False(receiver.HasIn, $"A {receiver.Type} has something to receive after the disconnect.");
                Assert.Null(receiver.TryReceiveText());
                Assert.False(receiver.TryReceive(out byte[]? _, out bool _));
                using ZmqSocket other = (ZmqSocket)Activator.CreateInstance(sender.GetType(), [null])!;
                Connect(receiver, other, address, bindReceiver: false, again: true);
                SendWhenConnected(receiver, other, "whole", "message");
                Assert.Equal(["whole", "message"], receiver.ReceiveText()[(receiver is RouterSocket ? 1 : 0)..]);
            }
        }
    }

    [Fact]
    public void A_REP_that_disconnects_in_a_request_takes_the_next_one()
    {
        using RequestSocket first = new();
        int port = first.BindRandomPort("tcp://127.0.0.1");
        using ResponseSocket rep = new();
        rep.Connect($"tcp://127.0.0.1:{port}");
        first.SendText("one", "two");
        Assert.Equal("one", rep.TryReceiveText(Frames.Timeout));
        rep.Disconnect($"tcp://127.0.0.1:{port}");
        Assert.Null(rep.TryReceiveText());
        using RequestSocket second = new();
        rep.Bind("inproc://torn-request");
        second.Connect("inproc://torn-request");
        second.SendText("three", "four");
        Assert.Equal(["three", "four"], rep.ReceiveText());
        rep.SendText("reply");
        Assert.Equal(["reply"], second.ReceiveText());
    }

    [Fact]
    public void A_REQ_that_disconnects_in_a_reply_receives_nothing()
    {
        using ResponseSocket rep = new();
        int port = rep.BindRandomPort("tcp://127.0.0.1");
        using RequestSocket req = new();
        req.Options.Relaxed = true;
        req.Connect($"tcp://127.0.0.1:{port}");
        req.SendText("request");
        rep.ReceiveText();
        rep.SendText("one", "two");
        Assert.Equal("one", req.TryReceiveText(Frames.Timeout));
        req.Disconnect($"tcp://127.0.0.1:{port}");
        Assert.Null(req.TryReceiveText());
        rep.Bind("inproc://torn-reply");
        req.Connect("inproc://torn-reply");
        req.SendText("again");
        Assert.Equal(["again"], rep.ReceiveText());
        rep.SendText("three", "four");
        Assert.Equal(["three", "four"], req.ReceiveText());
    }

    private static IEnumerable<(ZmqSocket Receiver, ZmqSocket Sender)> Pairs()
    {
        SubscriberSocket sub = new();
        sub.SubscribeToAnyTopic();
        XSubscriberSocket xsub = new();
        xsub.Subscribe("");
        return
        [
            (new RouterSocket(), new DealerSocket()), (new DealerSocket(), new DealerSocket()), (new PullSocket(), new PushSocket()),
            (sub, new PublisherSocket()), (xsub, new PublisherSocket()), (new PairSocket(), new PairSocket()),
        ];
    }

    private static string Connect(ZmqSocket receiver, ZmqSocket sender, string address, bool bindReceiver, bool again = false)
    {
        string endpoint = address.StartsWith("inproc", StringComparison.Ordinal) ? $"{address}-{receiver.Type}-{bindReceiver}-{again}" : address;
        (ZmqSocket bound, ZmqSocket connecting) = bindReceiver ? (receiver, sender) : (sender, receiver);
        bound.Bind(endpoint);
        endpoint = bound.Options.LastEndpoint!;
        connecting.Connect(endpoint);
        return endpoint;
    }

    /// <summary>Lets the receiver take the first frame of "one", "two", "three", with "four" behind; returns the number of frames in front of a message.</summary>
    private static int Begin(ZmqSocket receiver, ZmqSocket sender)
    {
        SendWhenConnected(receiver, sender, "one", "two", "three");
        sender.SendText("four");
        Await(receiver, 2);
        int skipped = receiver is RouterSocket ? 1 : 0;
        for (int i = 0; i < skipped; i++)
        {
            Assert.NotNull(receiver.TryReceiveText(Frames.Timeout));
        }

        Assert.Equal("one", receiver.TryReceiveText(Frames.Timeout));
        return skipped;
    }

    /// <summary>A publisher sends when its subscriber is there.</summary>
    private static void SendWhenConnected(ZmqSocket receiver, ZmqSocket sender, params string[] frames)
    {
        if (sender is PublisherSocket)
        {
            Assert.True(
                SpinWait.SpinUntil(() => !receiver.HasIn && sender.HasOut && sender.GetStatistics().Pipes.Any(p => p.MessagesIn > 0 && p.QueuedIn == 0), Frames.Timeout),
                "The subscription did not arrive.");
        }

        sender.SendText(frames);
    }

    private static void Await(ZmqSocket receiver, int messages)
        => Assert.True(SpinWait.SpinUntil(() => Arrived(receiver) >= messages, Frames.Timeout), $"{messages} messages did not arrive.");

    private static long Arrived(ZmqSocket receiver)
    {
        // The socket looks at what is new, over inproc a peer among it.
        _ = receiver.HasIn;
        return receiver.GetStatistics().Total.MessagesIn;
    }

    private static DealerSocket Dealer(RouterSocket router)
    {
        DealerSocket dealer = new();
        dealer.Options.Identity = "me"u8.ToArray();
        dealer.Options.ReconnectInterval = Timeout.InfiniteTimeSpan;
        dealer.Connect(router.Options.LastEndpoint!);
        return dealer;
    }
}
