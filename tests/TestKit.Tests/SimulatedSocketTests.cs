using Actors;
using Actors.TestKit;
using Actors.Transport;
using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace Tests.OfTestKit;

/// <summary>What a simulated socket does to a role, on the thread of the test.</summary>
public sealed class SimulatedSocketTests : TestKit
{
    private static readonly OutboundSettings TwoThenRefuse = new(2, OverflowRule.Fail);

    private readonly SimulatedNetwork _network;

    public SimulatedSocketTests()
        : base(SimulatedNetwork.Config) => _network = SimulatedNetwork.Of(Sys);

    private static Message Text(params string[] frames) => Message.FromText(frames);

    private static SocketSettings Bound => new() { Bind = ["tcp://*:5555"] };

    private static SocketSettings Connecting => new() { Connect = ["tcp://one:1"] };

    private Props TellingTest => Props.Create(() => new Telling(TestActor));

    private SimulatedSocket Push(OutboundSettings? outbound = null, int window = 512)
    {
        _role = Sys.ActorOf(PushRole.Props(new PushSettings { Name = "push", Socket = Bound with { OutboundWindow = window }, Outbound = outbound ?? new(1000, OverflowRule.Backpressure) }));
        return _network.Socket("push");
    }

    private IActorRef _role = ActorRefs.Nobody;

    [Fact]
    public void A_socket_that_no_role_has_opened_is_an_error_that_names_those_there_are()
    {
        _network.Patience = TimeSpan.FromMilliseconds(1);
        Push();

        Assert.Contains("\"sink\" within 0.001 s: there are push", Assert.Throws<TimeoutException>(() => _network.Socket("sink")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_role_is_ready_with_the_port_that_the_network_chose()
    {
        var role = Sys.ActorOf(PullRole.Props(new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } }, TellingTest));
        role.Tell(WhenReady.Instance, TestActor);

        Assert.Equal("tcp://127.0.0.1:49153", Assert.Single(ExpectMsg<RoleReady>().Endpoints));
    }

    [Fact]
    public void What_a_push_role_sends_goes_to_its_peers_in_turn()
    {
        var socket = Push();
        var (first, second) = (socket.Connect(), socket.Connect());
        foreach (var text in new[] { "a", "b", "c" }) _role.Tell(Text(text));

        Assert.Equal([Text("a"), Text("b"), Text("c")], socket.Sent);
        Assert.Equal([Text("a"), Text("c")], first.Received);
        Assert.Equal([Text("b")], second.Received);
    }

    [Fact]
    public void What_is_sent_before_a_peer_is_there_waits_for_it()
    {
        var socket = Push();
        _role.Tell(Text("early"));
        Assert.Equal(1, socket.Unsent);

        Assert.Equal(Text("early"), socket.Connect().Expect());
        Assert.Equal(0, socket.Unsent);
    }

    [Fact]
    public void A_full_socket_fills_the_queue_of_its_role_until_it_is_drained()
    {
        var socket = Push(TwoThenRefuse, window: 1);
        var peer = socket.Connect();
        socket.Fill();
        for (var i = 0; i < 4; i++) _role.Tell(Text($"{i}"), TestActor);

        Assert.IsType<OutboundOverflowException>(ExpectMsg<Status.Failure>().Cause);
        Assert.Equal(new MessagesDropped("push", 1, DropReason.Refused), Assert.Single(_network.Dropped));
        Assert.Empty(peer.Received);

        socket.Drain();
        Assert.Equal([Text("0"), Text("1"), Text("2")], peer.Received);
    }

    [Fact]
    public void What_waits_in_the_socket_when_its_role_stops_is_dropped()
    {
        var socket = Push();
        _role.Tell(Text("never sent"));
        Sys.Stop(_role);

        Assert.Equal(new MessagesDropped("push", 1, DropReason.Stopped), Assert.Single(_network.Dropped));
        Assert.Empty(_network.Sockets);
        Assert.Contains("push has closed", Assert.Throws<InvalidOperationException>(() => socket.Connect()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_waits_until_the_role_has_granted_credit()
    {
        var hold = new TaskCompletionSource();
        var handler = Props.Create(() => new Waiting(hold.Task, TestActor));
        Sys.ActorOf(PullRole.Props(new PullSettings { Name = "pull", Socket = Bound, InboundWindow = 2 }, handler));
        var socket = _network.Socket("pull");
        socket.Connect().Send(Text("a"), Text("b"), Text("c"));
        Assert.Equal((0, 1), (socket.Credit, socket.Unread));

        hold.SetResult();
        foreach (var text in new[] { "a", "b", "c" }) ExpectMsg(Text(text));
        Assert.Equal(0, socket.Unread);
    }

    [Fact]
    public void A_reply_goes_to_the_peer_that_asked()
    {
        Sys.ActorOf(ReplyRole.Props(new ReplySettings { Name = "server", Socket = Bound }, Props.Create(() => new Shouting())));
        var socket = _network.Socket("server");
        var (silent, asking) = (socket.Connect(), socket.Connect());
        asking.Send(Text("", "hello"));

        Assert.Equal(Text("", "HELLO"), asking.Expect());
        Assert.Empty(silent.Received);
    }

    [Fact]
    public void A_reply_to_a_peer_that_is_gone_is_unroutable()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(MessagesDropped));
        var hold = new TaskCompletionSource();
        Sys.ActorOf(ReplyRole.Props(new ReplySettings { Name = "server", Socket = Bound }, Props.Create(() => new Waiting(hold.Task, null))));
        var client = _network.Socket("server").Connect(new Peer(new byte[] { 7 }, null));
        client.Send(Text("", "?"));
        client.Disconnect();
        hold.SetResult();

        Assert.Equal(new MessagesDropped("server", 1, DropReason.Unroutable, "07"), ExpectMsg<MessagesDropped>());
    }

    [Fact]
    public void A_disconnect_names_the_peer_and_the_reason()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(PeerEvent));
        var socket = Push();
        var peer = socket.Connect(new Peer(null, "192.0.2.7:1234"));
        peer.Disconnect("the cable was pulled");

        Assert.Equal(new PeerConnected("push", "tcp://*:5555", peer.Identity), ExpectMsg<PeerConnected>());
        Assert.Equal(new PeerDisconnected("push", "tcp://*:5555", new Peer(null, "192.0.2.7:1234"), "the cable was pulled"), ExpectMsg<PeerDisconnected>());
        Assert.False(peer.IsConnected);
        Assert.Throws<InvalidOperationException>(() => peer.Send(Text("late")));
    }

    [Fact]
    public void A_subscriber_takes_what_its_topics_match()
    {
        var role = Sys.ActorOf(SubscribeRole.Props(new SubscribeSettings { Name = "feed", Socket = Connecting, Topics = ["a"] }, TellingTest));
        var socket = _network.Socket("feed");
        var publisher = socket.Connect();
        publisher.Send(Text("apple"), Text("berry"));
        ExpectMsg(Text("apple"));

        role.Tell(new SubscribeTo("b"u8.ToArray()));
        Assert.Equal(["a", "b"], socket.Subscriptions);
        publisher.Send(Text("banana"));
        ExpectMsg(Text("banana"));
    }

    [Fact]
    public void A_subscriber_is_ready_when_its_publisher_has_confirmed()
    {
        var role = Sys.ActorOf(SubscribeRole.Props(new SubscribeSettings { Name = "feed", Socket = Connecting, ConfirmTimeout = TimeSpan.FromHours(1) }, TellingTest));
        role.Tell(WhenReady.Instance, TestActor);
        var publisher = _network.Socket("feed").Connect();
        ExpectNoMsg(TimeSpan.Zero);

        publisher.ConfirmSubscriptions();
        ExpectMsg<RoleReady>();
    }

    [Fact]
    public void A_publish_role_sends_each_peer_what_it_has_subscribed_to()
    {
        var role = Sys.ActorOf(PublishRole.Props(new PublishSettings { Name = "news", Socket = Bound }));
        var socket = _network.Socket("news");
        var (all, some) = (socket.Connect(), socket.Connect());
        all.Subscribe("");
        some.Subscribe("a");
        role.Tell(Text("apple"));
        role.Tell(Text("berry"));
        some.Unsubscribe("a");
        role.Tell(Text("avocado"));

        Assert.Equal([Text("apple"), Text("berry"), Text("avocado")], all.Received);
        Assert.Equal([Text("apple")], some.Received);
    }

    private sealed class Telling : ReceiveActor
    {
        public Telling(IActorRef receiver) => Receive<Message>(message => receiver.Tell(message));
    }

    private sealed class Shouting : ReceiveActor
    {
        public Shouting() => Receive<Message>(message => Sender.Tell(Text(message.Text().ToUpperInvariant())));
    }

    /// <summary>Works when the test lets it.</summary>
    private sealed class Waiting : ReceiveActor
    {
        public Waiting(Task until, IActorRef? receiver) => ReceiveAsync<Message>(async message =>
        {
            await until;
            (receiver ?? Sender).Tell(message);
        });
    }
}
