using Actors.Zmtp.Tests.BytePeer;

namespace Actors.Zmtp.Tests.Sockets;

/// <summary>The end of a bound endpoint: by which name it is ended, and what becomes of its connections. As libzmq does.</summary>
public class UnbindTests
{
    [Theory]
    [InlineData("tcp://*:0")]
    [InlineData("tcp://*:*")]
    [InlineData("tcp://localhost:0")]
    [InlineData("tcp://localhost:*")]
    [InlineData("tcp://lo:*")]
    [InlineData("tcp://127.0.0.1:*")]
    [InlineData("tcp://[::1]:*")]
    [InlineData("tcp://[::]:0")]
    [InlineData("ws://*:0/path")]
    [InlineData("ws://localhost:*/path")]
    [InlineData("ws://*:0")]
    public void A_random_port_is_unbound_by_the_endpoint_of_the_caller_with_that_port(string address)
    {
        using PullSocket pull = new();
        pull.Bind(address);
        int port = new Uri(pull.Options.LastEndpoint!).Port;
        string asked = address.Replace(":0", ":" + port, StringComparison.Ordinal).Replace(":*", ":" + port, StringComparison.Ordinal);
        pull.Unbind(asked);
        EndpointNotFoundException e = Assert.Throws<EndpointNotFoundException>(() => pull.Unbind(asked));
        Assert.Contains(asked, e.Message, StringComparison.Ordinal);
        using PullSocket next = new();
        next.Bind(asked);
    }

    [Theory]
    [InlineData("tcp://*")]
    [InlineData("tcp://localhost")]
    [InlineData("tcp://127.0.0.1")]
    [InlineData("tcp://[::1]")]
    [InlineData("ws://*")]
    public void So_is_a_port_of_BindRandomPort(string address)
    {
        using PullSocket pull = new();
        int port = pull.BindRandomPort(address);
        pull.Unbind($"{address}:{port}");
        Assert.Throws<EndpointNotFoundException>(() => pull.Unbind(pull.Options.LastEndpoint!));
    }

    [Fact]
    public void What_it_is_bound_to_is_named_when_it_is_not_bound_to_that()
    {
        using PullSocket pull = new();
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        int other = port == 65535 ? 1024 : port + 1;
        EndpointNotFoundException e = Assert.Throws<EndpointNotFoundException>(() => pull.Unbind($"tcp://127.0.0.1:{other}"));
        Assert.Contains($"tcp://127.0.0.1:{port}", e.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Transports => ["tcp://127.0.0.1:0", "ipc://*", "ws://127.0.0.1:0/"];

    [Theory]
    [MemberData(nameof(Transports))]
    public void Unbind_closes_the_accepted_connections_and_what_has_arrived_is_received(string address)
    {
        using PullSocket pull = new();
        pull.Bind(address);
        string endpoint = pull.Options.LastEndpoint!;
        using PushSocket push = new();
        push.Options.Linger = TimeSpan.Zero;
        push.Options.ReconnectInterval = Timeout.InfiniteTimeSpan;
        using EventRecorder events = new(push);
        push.Connect(endpoint);
        push.SendText("one", "two");
        push.SendText("three");
        Assert.True(SpinWait.SpinUntil(() => pull.GetStatistics().Total.MessagesIn == 2, Frames.Timeout), "The two messages did not arrive.");
        pull.Unbind(endpoint);
        events.Await(SocketEvents.Disconnected);
        Assert.Equal(["one", "two"], pull.ReceiveText());
        Assert.Equal(["three"], pull.ReceiveText());
        Assert.Null(pull.TryReceiveText());
        Assert.True(SpinWait.SpinUntil(() => !pull.HasIn && pull.GetStatistics().Pipes.Count == 0, Frames.Timeout), "The pipe of the closed connection stayed.");
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void Unbind_ends_the_connections_of_each_socket_type(string address)
    {
        foreach ((ZmqSocket bound, ZmqSocket peer) in Pairs())
        {
            using (bound)
            using (peer)
            {
                peer.Options.Linger = TimeSpan.Zero;
                peer.Options.ReconnectInterval = Timeout.InfiniteTimeSpan;
                using EventRecorder events = new(peer);
                using EventRecorder here = new(bound);
                bound.Bind(address);
                string endpoint = bound.Options.LastEndpoint!;
                peer.Connect(endpoint);
                events.Await(SocketEvents.HandshakeSucceeded);
                here.Await(SocketEvents.HandshakeSucceeded);
                bound.Unbind(endpoint);
                events.Await(SocketEvents.Disconnected);
                here.Await(SocketEvents.Disconnected);
                // A REQ lets go of it when it looks for a reply.
                Assert.True(
                    bound is RequestSocket || SpinWait.SpinUntil(() => !bound.HasIn && bound.GetStatistics().Pipes.Count == 0, Frames.Timeout),
                    $"The pipe of a {bound.Type} stayed.");
            }
        }

        static IEnumerable<(ZmqSocket, ZmqSocket)> Pairs() =>
        [
            (new PullSocket(), new PushSocket()), (new PushSocket(), new PullSocket()), (new PublisherSocket(), new SubscriberSocket()),
            (new SubscriberSocket(), new PublisherSocket()), (new XPublisherSocket(), new XSubscriberSocket()), (new XSubscriberSocket(), new XPublisherSocket()),
            (new RequestSocket(), new ResponseSocket()), (new ResponseSocket(), new RequestSocket()), (new DealerSocket(), new RouterSocket()),
            (new RouterSocket(), new DealerSocket()), (new PairSocket(), new PairSocket()), (new PeerSocket(), new PeerSocket()),
        ];
    }

    [Fact]
    public void A_peer_of_an_unbound_ROUTER_is_unknown()
    {
        using RouterSocket router = new();
        router.Options.RouterMandatory = true;
        int port = router.BindRandomPort("tcp://127.0.0.1");
        using DealerSocket dealer = new();
        dealer.Options.Identity = "me"u8.ToArray();
        dealer.Options.ReconnectInterval = Timeout.InfiniteTimeSpan;
        dealer.Connect($"tcp://127.0.0.1:{port}");
        dealer.SendText("hello");
        Assert.Equal(["me", "hello"], router.ReceiveText());
        router.Unbind($"tcp://127.0.0.1:{port}");
        Assert.Equal(SendResult.Unroutable, router.TrySend([new ReadOnlyMemory<byte>("me"u8.ToArray()), new ReadOnlyMemory<byte>("late"u8.ToArray())]));
    }

    [Fact]
    public void What_waits_for_the_peers_is_sent_within_the_linger_time()
    {
        using PushSocket push = new();
        int port = push.BindRandomPort("tcp://127.0.0.1");
        using PullSocket pull = new();
        pull.Options.ReceiveHighWatermark = 1;
        pull.Options.ReconnectInterval = Timeout.InfiniteTimeSpan;
        pull.Connect($"tcp://127.0.0.1:{port}");
        for (int i = 0; i < 500; i++)
        {
            push.SendText(i + new string('x', 20_000));
        }

        push.Unbind($"tcp://127.0.0.1:{port}");
        for (int i = 0; i < 500; i++)
        {
            Assert.StartsWith($"{i}x", pull.ReceiveText()[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_connection_in_the_handshake_ends_and_that_of_another_endpoint_stays()
    {
        using PullSocket pull = new();
        using RawPeer silent = RawPeer.ConnectTo(pull);
        string first = pull.Options.LastEndpoint!;
        pull.Bind("tcp://127.0.0.1:0");
        using PushSocket push = new();
        push.Connect(pull.Options.LastEndpoint!);
        push.SendText("before");
        Assert.Equal(["before"], pull.ReceiveText());
        pull.Unbind(first);
        silent.ExpectEnd();
        push.SendText("after");
        Assert.Equal(["after"], pull.ReceiveText());
    }

    [Fact]
    public void Over_inproc_the_connections_stay()
    {
        using PullSocket pull = new();
        pull.Bind("inproc://unbound");
        using PushSocket push = new();
        push.Connect("inproc://unbound");
        pull.Unbind("inproc://unbound");
        push.SendText("late");
        Assert.Equal(["late"], pull.ReceiveText());
    }
}
