using Actors.Transport;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Actors.Zmtp;
using Xunit.Abstractions;

namespace Transport.Tests;

public sealed class SocketActorTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public SocketActorTests(ITestOutputHelper log)
        : base("akka { loglevel = INFO, test { single-expect-default = 30s } }\n" + EngineUnderTest.Config, output: log)
    {
    }

    private static SocketSpec Socket(SocketKind kind, string endpoint = "tcp://127.0.0.1:0") => new() { Name = "socket", Kind = kind, Settings = new SocketSettings { Bind = [endpoint] } };

    private (IActorRef Socket, string Endpoint) Open(SocketSpec spec)
    {
        ZmqTransport.Of(Sys).Open(spec, TestActor);
        var created = ExpectMsg<SocketCreated>(Patience);
        Assert.Equal(spec.Name, created.Name);
        Assert.Equal(spec.Settings.OutboundWindow, ExpectMsg<OutboundCredit>(Patience).Messages);
        return (created.Socket, ExpectMsg<SocketOpened>(Patience).Endpoints[0]);
    }

    [Fact]
    public void Nothing_is_delivered_without_credit_and_never_more_than_the_credit()
    {
        var (socket, endpoint) = Open(Socket(SocketKind.Pull));
        using var push = new PushSocket(">" + endpoint);
        for (var n = 0; n < 10; n++) push.SendFrame($"{n}");
        FishForMessage<PeerConnected>(_ => true, Patience, "the connection");

        socket.Tell(new InboundCredit(3));
        Assert.Equal(["0", "1", "2"], Take(3));
        socket.Tell(new InboundCredit(5));
        Assert.Equal(["3", "4", "5", "6", "7"], Take(5));
        ExpectNoMsg(TimeSpan.FromMilliseconds(200));
        socket.Tell(new InboundCredit(5));
        Assert.Equal(["8", "9"], Take(2));
    }

    [Theory]
    [InlineData("tcp://*:0")]
    [InlineData("tcp://[::]:0")]
    public void Every_address_takes_peers_of_both_families_and_shows_those_of_IPv4_by_their_IPv4_address(string any)
    {
        var (socket, endpoint) = Open(Socket(SocketKind.Pull, any));
        Assert.StartsWith("tcp://[::]:", endpoint, StringComparison.Ordinal);
        socket.Tell(new InboundCredit(10));
        foreach (var host in (string[])["127.0.0.1", "[::1]"])
        {
            using var push = new PushSocket(">" + endpoint.Replace("[::]", host, StringComparison.Ordinal));
            push.SendFrame(host);
            PeerConnected? peer = null;
            var received = false;
            FishForMessage(
                message =>
                {
                    peer = message as PeerConnected ?? peer;
                    received |= message is InboundBatch;
                    return received && peer is not null;
                },
                Patience,
                "the connection and the message");
            Assert.Equal(endpoint, peer!.Endpoint);
            Assert.Contains(host + ":", peer.Peer!.Address, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("tcp://name:1", "::1", false)]
    [InlineData("tcp://name:1", "127.0.0.1", true)]
    [InlineData("tcp://name:1", "::1 127.0.0.1", true)]
    [InlineData("tcp://127.0.0.1:1", "", true)]
    [InlineData("tcp://[::1]:1", "", false)]
    [InlineData("inproc://name", "", true)]
    public void On_netmq_a_name_that_has_IPv6_addresses_only_is_reached_by_IPv6(string endpoint, string addresses, bool isIPv4)
    {
        var found = new NetMqAddresses(_ => [.. addresses.Split(' ').Select(System.Net.IPAddress.Parse)]);

        Assert.Equal(isIPv4, found.IsIPv4(endpoint));
    }

    [Fact]
    public void What_a_peer_sent_comes_before_the_news_that_it_has_left()
    {
        const int Rounds = 20;
        const int Messages = 500;
        var (socket, endpoint) = Open(Socket(SocketKind.Pull));
        socket.Tell(new InboundCredit(Rounds * Messages));
        for (var round = 0; round < Rounds; round++)
        {
            using (var push = new PushSocket(">" + endpoint))
            {
                push.Options.Linger = Patience;
                for (var n = 0; n < Messages; n++) push.SendFrame($"{n}");
            }
            var received = 0;
            FishForMessage(
                message =>
                {
                    received += (message as InboundBatch)?.Messages.Count ?? 0;
                    return message is PeerDisconnected;
                },
                Patience,
                "the end of the connection");
            Assert.Equal(Messages, received);
        }
    }

    [Fact]
    public void Over_inproc_the_end_that_connects_may_come_first_and_both_are_told_of_their_peer()
    {
        var endpoint = $"inproc://{Guid.NewGuid():N}";
        var pusher = CreateTestProbe();
        ZmqTransport.Of(Sys).Open(Socket(SocketKind.Push, endpoint) with { Settings = new SocketSettings { Connect = [endpoint] } }, pusher.Ref);
        var push = pusher.FishForMessage<SocketCreated>(_ => true, Patience, "the socket that connects").Socket;
        pusher.FishForMessage<SocketOpened>(_ => true, Patience, "the socket that connects to be open");
        push.Tell(new OutboundBatch([Message.FromText("early")]), pusher.Ref);

        var (pull, _) = Open(Socket(SocketKind.Pull, endpoint));
        pull.Tell(new InboundCredit(1));

        pusher.FishForMessage<PeerConnected>(peer => peer.Endpoint == endpoint, Patience, "the peer of the end that connects");
        FishForMessage<PeerConnected>(peer => peer.Endpoint == endpoint, Patience, "the peer of the end that is bound");
        Assert.Equal(["early"], Take(1));
    }

    [SkippableFact]
    public void A_fault_inside_the_engine_is_logged_and_the_process_goes_on()
    {
        EngineUnderTest.NeedsZmtp("tells nobody of its faults");
        ZmqTransport.Of(Sys);
        using var socket = new PullSocket();
        using var monitor = socket.Monitor(SocketEvents.Listening, _ => throw new InvalidOperationException("the handler of the monitor throws"));

        EventFilter.Exception<InvalidOperationException>("the handler of the monitor throws").ExpectOne(Patience, () => socket.BindRandomPort("tcp://127.0.0.1"));
    }

    [SkippableTheory]
    [InlineData("ws://127.0.0.1:0")]
    [InlineData("ipc://")]
    public void Messages_pass_over_the_transports_that_only_zmtp_has(string any)
    {
        EngineUnderTest.NeedsZmtp("has no ws and no ipc");
        if (any == "ipc://") any += Path.Combine(Path.GetTempPath(), $"actors-{Guid.NewGuid():N}");
        var (socket, endpoint) = Open(Socket(SocketKind.Pull, any));
        using var push = new PushSocket(">" + endpoint);
        push.SendFrame("a");
        socket.Tell(new InboundCredit(1));
        Assert.Equal(["a"], Take(1));
    }

    [SkippableTheory]
    [InlineData("ws://127.0.0.1:0", "ws")]
    [InlineData("ipc:///tmp/x", "ipc")]
    public void A_transport_that_the_engine_does_not_have_is_an_error_that_names_the_engine_that_has_it(string endpoint, string scheme)
    {
        Skip.If(EngineUnderTest.IsZmtp, "the engine zmtp has every transport");
        var fault = Assert.Throws<SocketSettingsException>(() => ZmqTransport.Of(Sys).Open(Socket(SocketKind.Pull, endpoint), TestActor));

        Assert.Equal("bind", fault.Option);
        Assert.Contains($"has \"{endpoint}\", and the engine netmq has no transport {scheme}: expected tcp, inproc, or actors.transport.engine = zmtp", fault.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void An_engine_that_does_not_exist_is_an_error_that_names_those_that_do()
    {
        using var system = ActorSystem.Create("elsewhere", "actors.transport.engine = libzmq");

        var fault = Assert.Throws<Akka.Configuration.ConfigurationException>(() => ZmqTransport.Of(system));

        Assert.Equal("actors.transport.engine is \"libzmq\": expected netmq or zmtp", fault.Message);
    }

    [Fact]
    public async Task The_sockets_are_closed_when_their_owners_have_stopped_and_not_before()
    {
        var owner = CreateTestProbe();
        var transport = ZmqTransport.Of(Sys);
        transport.Open(Socket(SocketKind.Push), owner.Ref);
        var socket = owner.ExpectMsg<SocketCreated>(Patience).Socket;
        owner.FishForMessage<SocketOpened>(_ => true, Patience, "the socket");
        var drops = CreateTestProbe();
        Sys.EventStream.Subscribe(drops.Ref, typeof(MessagesDropped));
        socket.Tell(new OutboundBatch([Message.FromText("a")]), owner.Ref);
        owner.FishForMessage<SocketBlocked>(_ => true, Patience, "the message in the socket");
        var closed = transport.SocketsClosed();
        Assert.False(closed.IsCompleted);

        Sys.Stop(owner.Ref);

        await closed.WaitAsync(Patience);
        Assert.Equal(1, drops.ExpectMsg<MessagesDropped>(Patience).Count);
    }

    [Fact]
    public void A_socket_that_would_block_says_so_and_goes_on_when_a_peer_comes()
    {
        var (socket, endpoint) = Open(Socket(SocketKind.Push));
        socket.Tell(new OutboundBatch([Message.FromText("a"), Message.FromText("b", "c")]), TestActor);
        ExpectMsg<SocketBlocked>(Patience);

        using var pull = new PullSocket(">" + endpoint);
        Assert.Equal("a", Receive(pull)[0].ConvertToString());
        Assert.Equal(["b", "c"], Receive(pull).Select(frame => frame.ConvertToString()));
        var credit = 0;
        var writable = false;
        while (credit < 2 || !writable)
        {
            switch (ReceiveOne(Patience))
            {
                case OutboundCredit granted: credit += granted.Messages; break;
                case SocketWritable: writable = true; break;
                case PeerEvent: break;
                case var other: Assert.Fail($"expected credit and writable, but got {other ?? "nothing"}"); break;
            }
        }
        Assert.Equal(2, credit);
    }

    [Fact]
    public void A_message_to_a_peer_that_is_not_there_is_dropped_with_its_routing_id()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(MessagesDropped));
        var (socket, _) = Open(Socket(SocketKind.Router));
        socket.Tell(new OutboundBatch([new Message(new byte[] { 0xAB, 0xCD }, "x"u8.ToArray())]), TestActor);

        Assert.Equal(new MessagesDropped("socket", 1, DropReason.Unroutable, "ABCD"), FishForMessage<MessagesDropped>(_ => true, Patience, "the drop"));
    }

    [Fact]
    public void A_failed_socket_is_opened_again_with_what_it_held()
    {
        var spec = Socket(SocketKind.Push);
        var (socket, _) = Open(spec with { Settings = spec.Settings with { RestartBackoff = TimeSpan.FromMilliseconds(10) } });
        socket.Tell(new OutboundBatch([Message.FromText("kept")]), TestActor);
        ExpectMsg<SocketBlocked>(Patience);

        // Any failure in the actor: an unsubscription from a socket that is no subscriber throws.
        socket.Tell(new SubscribeTo("x"u8.ToArray()));
        var failed = ExpectMsg<SocketFailed>(Patience);
        Assert.Equal((1, TimeSpan.FromMilliseconds(10)), (failed.Attempt, failed.RetryIn));
        // The subscription that cannot be applied is remembered and fails again, with a longer wait.
var again = ExpectMsg<SocketFailed>(Patience);
        Assert.Equal((2, TimeSpan.FromMilliseconds(20)), (again.Attempt, again.RetryIn));
        socket.Tell(new UnsubscribeFrom("x"u8.ToArray()));
        var opened = FishForMessage<SocketOpened>(_ => true, Patience, "the socket to open again");
        Assert.True(opened.Restarts >= 2);

        using var pull = new PullSocket(">" + opened.Endpoints[0]);
        Assert.Equal("kept", Receive(pull)[0].ConvertToString());
    }

    [Fact]
    public void Subscriptions_are_applied_again_after_a_restart()
    {
        using var publisher = new XPublisherSocket();
        // The new connection may come before the end of the old one is seen: its subscriptions are no news to the socket then, and a publisher is
        // told only of what is new, unless it asks for all.
        publisher.Options.XPubVerbose = true;
        var port = publisher.BindRandomPort("tcp://127.0.0.1");
        ZmqTransport.Of(Sys).Open(
            new SocketSpec { Name = "sub", Kind = SocketKind.Subscribe, Settings = new SocketSettings { Connect = [$"tcp://127.0.0.1:{port}"] }, Subscriptions = ["a"u8.ToArray()] }, TestActor);
        var socket = ExpectMsg<SocketCreated>(Patience).Socket;
        Assert.Equal([1, (byte)'a'], Receive(publisher)[0].ToByteArray());
        socket.Tell(new SubscribeTo("b"u8.ToArray()));
        Assert.Equal([1, (byte)'b'], Receive(publisher)[0].ToByteArray());

        socket.Tell(ReopenSocket.Instance);
        var again = new List<string>();
        while (again.Count < 2)
        {
            // 00 is an end of a subscription, of the old connection.
            var told = Convert.ToHexString(Receive(publisher)[0].ToByteArray());
            if (told.StartsWith("01", StringComparison.Ordinal)) again.Add(told);
        }
        Assert.Equal(["0161", "0162"], again.Order());
    }

    [Fact]
    public void The_socket_closes_when_its_owner_stops()
    {
        var owner = Sys.ActorOf(Props.Create(() => new Forwarder(TestActor)));
        ZmqTransport.Of(Sys).Open(Socket(SocketKind.Pull), owner);
        var socket = ExpectMsg<SocketCreated>(Patience).Socket;
        Watch(socket);
        Sys.Stop(owner);

        FishForMessage<Terminated>(ended => ended.ActorRef.Equals(socket), Patience, "the end of the socket");
    }

    [Fact]
    public void Settings_that_cannot_work_are_refused_before_a_socket_is_made()
    {
        var fault = Assert.Throws<SocketSettingsException>(() => ZmqTransport.Of(Sys).Open(Socket(SocketKind.Pull, "udp://x:1"), TestActor));

        Assert.Equal("bind", fault.Option);
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    private IEnumerable<string> Take(int count)
    {
        var taken = new List<string>();
        while (taken.Count < count) taken.AddRange(FishForMessage<InboundBatch>(_ => true, Patience, "a batch").Messages.Select(message => message.Text()));
        return taken;
    }

    private static ZmqMessage Receive(ZmqSocket socket)
    {
        var message = new ZmqMessage();
        Assert.True(socket.TryReceiveMultipartMessage(Patience, ref message), "no message came");
        return message!;
    }

    private sealed class Forwarder : ReceiveActor
    {
        public Forwarder(IActorRef receiver) => ReceiveAny(message => receiver.Tell(message));
    }
}
