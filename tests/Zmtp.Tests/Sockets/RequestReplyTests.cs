
namespace Actors.Zmtp.Tests.Sockets;

public class RequestReplyTests
{
    public static TheoryData<string> Endpoints => new("tcp://127.0.0.1:0", "inproc://request-reply");

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void Requests_and_replies_take_turns(string endpoint)
    {
        using ResponseSocket server = new();
        server.Bind(endpoint);
        using RequestSocket client = new();
        client.Connect(server.Options.LastEndpoint!);

        for (int i = 0; i < 100; i++)
        {
            client.SendText("are you ok?", i.ToString());
            Assert.Equal(["are you ok?", i.ToString()], server.ReceiveText());
            server.SendText("ok", "", i.ToString());
            Assert.Equal(["ok", "", i.ToString()], client.ReceiveText());
        }
    }

    [Fact]
    public void Out_of_turn_is_an_error()
    {
        using ResponseSocket server = new();
        int port = server.BindRandomPort("tcp://127.0.0.1");
        using RequestSocket client = new();
        client.Connect($"tcp://127.0.0.1:{port}");

        Assert.Throws<FiniteStateMachineException>(() => client.TryReceiveText());
        Assert.Throws<FiniteStateMachineException>(() => server.TrySendText("early"));
        client.SendText("request");
        Assert.Throws<FiniteStateMachineException>(() => client.TrySendText("second"));
        server.ReceiveText();
        Assert.Throws<FiniteStateMachineException>(() => server.TryReceiveText());
    }

    [Fact]
    public void A_relaxed_request_forgets_the_one_before()
    {
        using RouterSocket server = new();
        int port = server.BindRandomPort("tcp://127.0.0.1");
        using RequestSocket client = new();
        client.Options.Relaxed = true;
        client.Options.Correlate = true;
        client.Connect($"tcp://127.0.0.1:{port}");

        client.SendText("first");
        string[] first = Bytes(server);
        client.SendText("second");
        string[] second = Bytes(server);
        Reply(server, first, "late");
        Reply(server, second, "right");

        Assert.Equal(["right"], client.ReceiveText());

        static string[] Bytes(RouterSocket socket)
        {
            List<string> frames = [];
            Msg msg = default;
            bool more = true;
            while (more)
            {
                msg.InitEmpty();
                Assert.True(socket.TryReceive(ref msg, Frames.Timeout), "No request arrived.");
                frames.Add(Convert.ToHexString(msg.Slice()));
                more = msg.HasMore;
                msg.Close();
            }

            return [.. frames];
        }

        static void Reply(RouterSocket socket, string[] request, string text)
        {
            // Routing id, number and empty frame go back as they came.
            foreach (string frame in request.AsSpan(0, 3))
            {
                byte[] bytes = Convert.FromHexString(frame);
                Msg msg = default;
                msg.InitGiven(bytes);
                Assert.True(socket.TrySend(ref msg, Frames.Timeout, more: true));
            }

            socket.SendText(text);
        }
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void A_router_names_its_peers_and_reaches_each(string endpoint)
    {
        using RouterSocket router = new();
        router.Bind(endpoint);
        using DealerSocket a = new();
        a.Options.Identity = "a"u8.ToArray();
        using DealerSocket b = new();
        b.Options.Identity = "b"u8.ToArray();
        a.Connect(router.Options.LastEndpoint!);
        b.Connect(router.Options.LastEndpoint!);

        a.SendText("from a");
        Assert.Equal(["a", "from a"], router.ReceiveText());
        b.SendText("from b", "second");
        Assert.Equal(["b", "from b", "second"], router.ReceiveText());
        router.SendText("b", "to b");
        router.SendText("a", "to a", "");
        Assert.Equal(["to b"], b.ReceiveText());
        Assert.Equal(["to a", ""], a.ReceiveText());
    }

    [Fact]
    public void A_router_makes_up_names_of_five_bytes_that_begin_with_zero()
    {
        using RouterSocket router = new();
        int port = router.BindRandomPort("tcp://127.0.0.1");
        using DealerSocket dealer = new();
        dealer.Connect($"tcp://127.0.0.1:{port}");
        dealer.SendText("hello");

        Msg id = default;
        id.InitEmpty();
        Assert.True(router.TryReceive(ref id, Frames.Timeout), "The message did not arrive.");
        Assert.Equal(5, id.Size);
        Assert.Equal(0, id.Slice()[0]);
        Assert.True(id.HasMore);
        id.Close();
        Assert.Equal(["hello"], router.ReceiveText());
    }

    [Fact]
    public void A_mandatory_router_refuses_unknown_peers_and_another_drops_what_is_for_them()
    {
        using RouterSocket router = new();
        router.BindRandomPort("tcp://127.0.0.1");
        router.SendText("nobody", "lost");
        router.Options.RouterMandatory = true;
        Assert.Throws<HostUnreachableException>(() => router.TrySendText("nobody", more: true));
    }

    [Fact]
    public void A_peer_with_the_name_of_another_takes_over_where_that_is_wanted()
    {
        using RouterSocket router = new();
        router.Options.RouterHandover = true;
        int port = router.BindRandomPort("tcp://127.0.0.1");
        using DealerSocket first = Connect();
        first.SendText("first");
        Assert.Equal(["same", "first"], router.ReceiveText());
        using DealerSocket second = Connect();
        second.SendText("second");
        Assert.Equal(["same", "second"], router.ReceiveText());
        router.SendText("same", "to the second");
        Assert.Equal(["to the second"], second.ReceiveText());

        DealerSocket Connect()
        {
            DealerSocket dealer = new();
            dealer.Options.Identity = "same"u8.ToArray();
            // The one that was replaced must not come back and replace the other.
            dealer.Options.ReconnectInterval = TimeSpan.FromMilliseconds(-1);
            dealer.Connect($"tcp://127.0.0.1:{port}");
            return dealer;
        }
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void Replies_find_their_way_back_through_router_and_dealer(string endpoint)
    {
        using RouterSocket front = new();
        front.Bind(endpoint + (endpoint.StartsWith("inproc", StringComparison.Ordinal) ? "-front" : ""));
        using DealerSocket back = new();
        back.Bind(endpoint);
        using RequestSocket client = new();
        client.Connect(front.Options.LastEndpoint!);
        using ResponseSocket server = new();
        server.Connect(back.Options.LastEndpoint!);

        client.SendText("question");
        Forward(front, back);
        Assert.Equal(["question"], server.ReceiveText());
        server.SendText("answer");
        Forward(back, front);
        Assert.Equal(["answer"], client.ReceiveText());

        static void Forward(ZmqSocket from, ZmqSocket to)
        {
            Msg msg = default;
            bool more = true;
            while (more)
            {
                msg.InitEmpty();
                Assert.True(from.TryReceive(ref msg, Frames.Timeout), "Nothing to forward.");
                more = msg.HasMore;
                Assert.True(to.TrySend(ref msg, Frames.Timeout, more), "Could not forward.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void A_dealer_deals_out_in_turn_and_gathers_from_all(string endpoint)
    {
        using DealerSocket dealer = new();
        dealer.Bind(endpoint);
        using ResponseSocket one = new();
        one.Connect(dealer.Options.LastEndpoint!);
        using ResponseSocket two = new();
        two.Connect(dealer.Options.LastEndpoint!);

        // Each answers once, so that both are known to be connected before the turn is looked at.
        HashSet<string> seen = [];
        while (seen.Count < 2)
        {
            dealer.SendText("", "hello");
            ZmqSocket server = one.Poll(PollEvents.PollIn, TimeSpan.FromMilliseconds(200)).HasIn() ? one : two;
            server.ReceiveText();
            server.SendText(ReferenceEquals(server, one) ? "one" : "two");
            seen.Add(dealer.ReceiveText()[1]);
        }

        for (int i = 0; i < 10; i++)
        {
            dealer.SendText("", "a");
            dealer.SendText("", "b");
            one.ReceiveText();
            two.ReceiveText();
            one.SendText("one");
            two.SendText("two");
            string[] answers = [dealer.ReceiveText()[1], dealer.ReceiveText()[1]];
            Assert.Equal(["one", "two"], answers.Order());
        }
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void A_pair_talks_both_ways(string endpoint)
    {
        using PairSocket one = new();
        one.Bind(endpoint);
        using PairSocket two = new();
        two.Connect(one.Options.LastEndpoint!);

        two.SendText("there");
        Assert.Equal(["there"], one.ReceiveText());
        one.SendText("and", "back");
        Assert.Equal(["and", "back"], two.ReceiveText());
    }
}
