using Actors.Transport;
using Akka.Actor;

namespace Actors.Tests.Direct;

/// <summary>The router role on simulated sockets.</summary>
public sealed class RouterTests : SimulatedRoleTests
{
    private IActorRef Router(Props handler, RouterSettings? settings = null) =>
        Sys.ActorOf(RouterRole.Props(settings ?? new RouterSettings { Name = "router", Socket = Bound }, handler), "router");

    private Actors.TestKit.SimulatedPeer Connect(string id) => Network.Socket("router").Connect(new Peer(Id(id), null));

    [Fact]
    public void A_routers_handler_is_told_each_message_with_its_peer()
    {
        Router(Telling);
        Connect("one").Send(Text("a", "", "b"));

        Assert.Equal("one", Text(ExpectMsg<PeerConnected>().Peer!.RoutingId!.Value));
        Assert.Equal(new PeerMessage(Id("one"), Text("a", "", "b")), ExpectMsg<PeerMessage>());
    }

    [Fact]
    public void What_a_routers_handler_answers_goes_to_the_peer_that_sent()
    {
        Router(Echoing);
        var (one, two) = (Connect("one"), Connect("two"));
        two.Send(Text("2"));
        one.Send(Text("1"));

        Assert.Equal([Text("1")], one.Received);
        Assert.Equal([Text("2")], two.Received);
    }

    [Fact]
    public void Anyone_may_tell_a_router_a_message_for_a_peer_at_any_time()
    {
        var router = Router(Telling);
        var (one, two) = (Connect("one"), Connect("two"));
        router.Tell(new PeerMessage(Id("two"), Text("typed")));
        router.Tell(Text("one", "by its first frame"));
        router.Tell(new MessageBatch(Text("two", "a"), Text("two", "b")));

        Assert.Equal([Text("by its first frame")], one.Received);
        Assert.Equal([Text("typed"), Text("a"), Text("b")], two.Received);
    }

    [Fact]
    public void The_sender_of_a_message_for_a_peer_that_is_not_there_hears_of_it_and_it_is_counted()
    {
        var router = Router(Telling);
        Connect("gone").Disconnect();
        FishForMessage<PeerDisconnected>(_ => true);
        router.Tell(new PeerMessage(Id("gone"), Text("a", "b")), TestActor);

        var cause = Assert.IsType<PeerUnreachableException>(ExpectMsg<Status.Failure>().Cause);
        Assert.Equal((DropReason.Unroutable, "gone", Text("a", "b")), (cause.Reason, Text(cause.Peer), cause.Undelivered));
        Assert.Contains("router: the peer 676F6E65 is not connected", cause.Message, StringComparison.Ordinal);
        Assert.Equal(new MessagesDropped("router", 1, DropReason.Unroutable, "676F6E65"), Assert.Single(Network.Dropped));
    }

    [Fact]
    public void A_message_that_names_no_peer_goes_back_to_its_sender()
    {
        Router(Telling).Tell(Text("lonely"), TestActor);

        Assert.Contains("names no peer", ExpectMsg<Status.Failure>().Cause.Message, StringComparison.Ordinal);
        Assert.Equal(new MessagesDropped("router", 1, DropReason.Malformed), Assert.Single(Network.Dropped));
    }

    [Fact]
    public void A_router_with_a_delimiter_speaks_to_REQ_peers_in_bodies()
    {
        var router = Router(Telling, new RouterSettings { Name = "router", Socket = Bound, Delimiter = true });
        var peer = Connect("one");
        ExpectMsg<PeerConnected>();
        peer.Send(Text("", "ask"), Text("no delimiter"));
        router.Tell(ExpectMsg<PeerMessage>() is var told ? told.Reply(Text("reply")) : null);
        router.Tell(Text("one", "more"));

        Assert.Equal(Text("ask"), told.Message);
        Assert.Equal([Text("", "reply"), Text("", "more")], peer.Received);
        Assert.Equal(new MessagesDropped("router", 1, DropReason.Malformed, "6F6E65"), Assert.Single(Network.Dropped));
        Assert.Equal(1000, Network.Socket("router").Credit);
    }

    [Fact]
    public void A_peer_with_the_routing_id_of_another_takes_its_place_where_handover_is_on()
    {
        var router = Router(Telling, new RouterSettings { Name = "router", Socket = Bound, Handover = true });
        var first = Connect("same");
        var second = Connect("same");
        router.Tell(new PeerMessage(Id("same"), Text("for the second")));

        Assert.False(first.IsConnected);
        Assert.Equal([Text("for the second")], second.Received);
    }

    [Fact]
    public void A_slow_handler_of_a_router_holds_the_peers_back()
    {
        Router(Props.Create(() => new Waiting(new TaskCompletionSource().Task)), new RouterSettings { Name = "router", Socket = Bound, InboundWindow = 2 });
        Connect("one").Send(Text("1"), Text("2"), Text("3"));

        Assert.Equal(1, Network.Socket("router").Unread);
    }

    [Fact]
    public void What_a_failed_socket_held_for_a_router_goes_out_when_it_is_open_and_the_peer_is_back()
    {
        var router = Router(Telling);
        Connect("one");
        Network.Socket("router").Fail(new InvalidOperationException("broken"));
        router.Tell(new PeerMessage(Id("one"), Text("meanwhile")), TestActor);
        Assert.Equal(1, Network.Socket("router").Unsent);
        Network.Socket("router").Open();

        // A ROUTER sends nothing to a peer that is not there yet, and says so.
        router.Tell(new PeerMessage(Id("one"), Text("too early")), TestActor);
        Assert.Equal(2, FishForFailures());
    }

    private int FishForFailures()
    {
        var failures = 0;
        while (failures < 2)
            if (FishForMessage(message => message is Status.Failure) is Status.Failure { Cause: PeerUnreachableException }) failures++;
        return failures;
    }

    private static string Text(ReadOnlyMemory<byte> id) => System.Text.Encoding.UTF8.GetString(id.Span);

    private sealed class Waiting : ReceiveActor
    {
        public Waiting(Task hold) => ReceiveAsync<PeerMessage>(_ => hold);
    }
}
