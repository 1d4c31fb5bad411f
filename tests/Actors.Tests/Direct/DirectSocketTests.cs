using System.Text;
using Actors.Transport;
using Akka.Actor;
using Xunit.Abstractions;

namespace Actors.Tests.Direct;

/// <summary>Dealer, router and pair roles over sockets of the engine.</summary>
public sealed class DirectSocketTests(ITestOutputHelper log) : RoleTestKit(log)
{
    private static ReadOnlyMemory<byte> Id(string id) => Encoding.UTF8.GetBytes(id);

    private IActorRef Dealer(string endpoint, string id, IActorRef receiver, SocketSettings? socket = null) =>
        Sys.ActorOf(DealerRole.Props(
            new DealerSettings { Name = $"dealer-{id}", Socket = (socket ?? new SocketSettings()) with { Connect = [endpoint], RoutingId = Id(id) } },
            Props.Create(() => new Everything(receiver))));

    private (IActorRef Role, string Endpoint) Router(RouterSettings settings, IActorRef receiver) => Start(RouterRole.Props(settings, Props.Create(() => new Everything(receiver))));

    private static RouterSettings RouterAt(string endpoint) => new() { Name = "router", Socket = new SocketSettings { Bind = [endpoint] } };

    [Theory]
    [InlineData(AnyPort)]
    [InlineData("inproc://dealers")]
    public void A_router_answers_each_dealer(string endpoint)
    {
        var handler = CreateTestProbe();
        var (router, at) = Router(RouterAt(endpoint), handler.Ref);
        var (one, two) = (CreateTestProbe(), CreateTestProbe());
        Dealer(at, "one", one.Ref).Tell(Message.FromText("", "from one"));
        Dealer(at, "two", two.Ref).Tell(Message.FromText("from two", ""));
        for (var n = 0; n < 2; n++)
        {
            var told = Told<PeerMessage>(handler);
            router.Tell(told.Reply(Message.FromText("to", Encoding.UTF8.GetString(told.Peer.Span))));
        }

        Assert.Equal(Message.FromText("to", "one"), Told<Message>(one));
        Assert.Equal(Message.FromText("to", "two"), Told<Message>(two));
    }

    [Fact]
    public void A_message_for_a_peer_that_has_gone_is_counted_and_its_sender_hears_of_it()
    {
        WatchDrops();
        var handler = CreateTestProbe();
        var (router, at) = Router(RouterAt(AnyPort), handler.Ref);
        var dealer = Dealer(at, "one", CreateTestProbe().Ref);
        dealer.Tell(Message.FromText("hello"));
        Told<PeerMessage>(handler);
        Sys.Stop(dealer);
        Told<PeerDisconnected>(handler);
        var sender = CreateTestProbe();
        router.Tell(new PeerMessage(Id("one"), Message.FromText("too late")), sender.Ref);

        var cause = Assert.IsType<PeerUnreachableException>(sender.ExpectMsg<Status.Failure>(Patience).Cause);
        Assert.Equal((DropReason.Unroutable, Message.FromText("too late")), (cause.Reason, cause.Undelivered));
        Assert.Equal("6F6E65", ExpectDropped(DropReason.Unroutable).Peer);
    }

    [SkippableFact]
    public void A_routers_handler_hears_which_peer_has_come_and_which_has_gone()
    {
        EngineUnderTest.NeedsZmtp("tells of no routing id when a peer comes or goes");
        var handler = CreateTestProbe();
        var (_, at) = Router(RouterAt(AnyPort), handler.Ref);
        var dealer = Dealer(at, "one", CreateTestProbe().Ref);
        Assert.True(Told<PeerConnected>(handler).Peer!.RoutingId!.Value.Span.SequenceEqual("one"u8));
        Sys.Stop(dealer);

        Assert.True(Told<PeerDisconnected>(handler).Peer!.RoutingId!.Value.Span.SequenceEqual("one"u8));
    }

    [Fact]
    public void For_a_peer_that_does_not_read_as_much_waits_as_may_and_who_sends_more_hears_of_it()
    {
        WatchDrops();
        var sender = CreateTestProbe();
        var (peer, _, failure) = WithAFullPeer(sender);
        using var _ = peer;

        Assert.Equal(DropReason.PeerFull, failure.Reason);
        Assert.Equal("736C6F77", ExpectDropped(DropReason.PeerFull).Peer);
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void What_a_peer_that_goes_has_not_read_is_told_to_its_senders_or_counted_as_unsent(int read)
    {
        EngineUnderTest.NeedsZmtp("does not tell what its sockets held for a peer that has gone");
        WatchDrops();
        var sender = CreateTestProbe();
        var (peer, sent, _) = WithAFullPeer(sender);
        using var _ = peer;
        // So the pipe has room again, and takes what waits, just when the connection ends.
        for (var n = 0; n < read; n++) peer.ReadFrame();
        peer.Leave();

        // The sender has heard of one already.
        long told = 1, unsent = 0;
        var others = new List<object>();
        using var patience = new CancellationTokenSource(Patience);
        while (read + told + unsent < sent)
        {
            while (sender.HasMessages) told += sender.ExpectMsg<object>() is Status.Failure ? 1 : 0;
            while (HasMessages)
            {
                if (ExpectMsg<object>() is MessagesDropped { Reason: DropReason.Unsent } drop) unsent += drop.Count;
                else others.Add(LastMessage);
            }
            Assert.False(patience.IsCancellationRequested, $"of {sent} messages {read} were read, {told} told of and {unsent} counted as unsent after {Patience}; besides came {string.Join(", ", others)}");
            patience.Token.WaitHandle.WaitOne(20);
        }
        Assert.Equal(sent, read + told + unsent);
    }

    private const int HighWaterMark = 2;

    /// <summary>A router with a peer that does not read, to which so much was sent that the sender has heard of a drop.</summary>
    private (SilentPeer Peer, int Sent, PeerUnreachableException Failure) WithAFullPeer(Akka.TestKit.TestProbe sender)
    {
        var handler = CreateTestProbe();
        var settings = RouterAt(AnyPort);
        var (router, at) = Router(settings with { Socket = settings.Socket with { SendHighWaterMark = HighWaterMark } }, handler.Ref);
        var peer = new SilentPeer(at, "slow", Patience);
        Told<PeerMessage>(handler);
        var big = new Message(new byte[SilentPeer.Large]);
        var sent = 0;
        for (; sent < 20 && !sender.HasMessages; sent++)
        {
            router.Tell(new PeerMessage(Id("slow"), big), sender.Ref);
            // The role has taken the message when it answers.
            StatusOf(router);
        }
        return (peer, sent, Assert.IsType<PeerUnreachableException>(sender.ExpectMsg<Status.Failure>(Patience).Cause));
    }

    [Fact]
    public void Without_handover_a_second_peer_of_the_same_routing_id_is_turned_away()
    {
        var handler = CreateTestProbe();
        var (router, at) = Router(RouterAt(AnyPort), handler.Ref);
        var (first, second) = (CreateTestProbe(), CreateTestProbe());
        Dealer(at, "same", first.Ref).Tell(Message.FromText("first"));
        Told<PeerMessage>(handler);
        var newcomer = Dealer(at, "same", second.Ref);
        Told<PeerConnected>(handler);
        newcomer.Tell(Message.FromText("second"));
        router.Tell(new PeerMessage(Id("same"), Message.FromText("for the first")));

        Assert.Equal(Message.FromText("for the first"), Told<Message>(first));
        Assert.DoesNotContain(second.ReceiveWhile<object>(TimeSpan.Zero, message => message), message => message is Message);
    }

    [Fact]
    public void With_handover_a_second_peer_of_the_same_routing_id_takes_its_place()
    {
        var handler = CreateTestProbe();
        var (router, at) = Router(RouterAt(AnyPort) with { Handover = true }, handler.Ref);
        var (first, second) = (CreateTestProbe(), CreateTestProbe());
        // The first does not come back and take the name again.
        Dealer(at, "same", first.Ref, new SocketSettings { ReconnectInterval = TimeSpan.FromMinutes(10), ReconnectIntervalMax = TimeSpan.FromMinutes(10) }).Tell(Message.FromText("first"));
        Told<PeerMessage>(handler);
        Dealer(at, "same", second.Ref).Tell(Message.FromText("second"));
        Assert.Equal(Message.FromText("second"), Told<PeerMessage>(handler).Message);
        router.Tell(new PeerMessage(Id("same"), Message.FromText("for the second")));

        Assert.Equal(Message.FromText("for the second"), Told<Message>(second));
    }

    [Theory]
    [InlineData(AnyPort)]
    [InlineData("inproc://pair")]
    public void A_pair_talks_both_ways(string endpoint)
    {
        var (here, there) = (CreateTestProbe(), CreateTestProbe());
        var (bound, at) = Start(PairRole.Props(new PairSettings { Name = "bound", Socket = new SocketSettings { Bind = [endpoint] } }, Props.Create(() => new Everything(here.Ref))));
        var connected = Sys.ActorOf(PairRole.Props(new PairSettings { Name = "connected", Socket = new SocketSettings { Connect = [at] } }, Props.Create(() => new Everything(there.Ref))));
        for (var n = 0; n < 1000; n++)
        {
            bound.Tell(Message.FromText($"{n}"));
            connected.Tell(Message.FromText($"{n}", ""));
        }

        for (var n = 0; n < 1000; n++)
        {
            Assert.Equal(Message.FromText($"{n}"), Told<Message>(there));
            Assert.Equal(Message.FromText($"{n}", ""), Told<Message>(here));
        }
    }

    [Fact]
    public void A_second_peer_of_a_pair_is_turned_away_and_the_first_is_served_on()
    {
        var (here, first, second) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (bound, at) = Start(PairRole.Props(new PairSettings { Name = "bound", Socket = new SocketSettings { Bind = [AnyPort] } }, Props.Create(() => new Everything(here.Ref))));
        Pair("first", at, first.Ref).Tell(Message.FromText("from the first"));
        Assert.Equal(Message.FromText("from the first"), Told<Message>(here));
        var late = Pair("second", at, second.Ref);
        Told<PeerConnected>(second);
        late.Tell(Message.FromText("from the second"));
        for (var n = 0; n < 3; n++) bound.Tell(Message.FromText($"{n}"));

        for (var n = 0; n < 3; n++) Assert.Equal(Message.FromText($"{n}"), Told<Message>(first));
        Assert.DoesNotContain(here.ReceiveWhile<object>(TimeSpan.Zero, message => message), message => message is Message);
    }

    private IActorRef Pair(string name, string endpoint, IActorRef receiver) =>
        Sys.ActorOf(PairRole.Props(new PairSettings { Name = name, Socket = new SocketSettings { Connect = [endpoint] } }, Props.Create(() => new Everything(receiver))));

    [Fact]
    public void A_pair_talks_to_the_next_peer_when_the_first_is_gone()
    {
        var (here, second) = (CreateTestProbe(), CreateTestProbe());
        var (bound, at) = Start(PairRole.Props(new PairSettings { Name = "bound", Socket = new SocketSettings { Bind = [AnyPort] } }, Props.Create(() => new Everything(here.Ref))));
        var first = Pair("first", at, CreateTestProbe().Ref);
        first.Tell(Message.FromText("from the first"));
        Assert.Equal(Message.FromText("from the first"), Told<Message>(here));
        Sys.Stop(first);
        Told<PeerDisconnected>(here);
        Pair("second", at, second.Ref).Tell(Message.FromText("from the second"));
        Assert.Equal(Message.FromText("from the second"), Told<Message>(here));
        bound.Tell(Message.FromText("to the second"));

        Assert.Equal(Message.FromText("to the second"), Told<Message>(second));
    }

    /// <summary>The next message of that type, whatever else comes before.</summary>
    private static T Told<T>(Akka.TestKit.TestProbe probe)
        where T : class => (T)probe.FishForMessage(message => message is T, Patience);

    private sealed class Everything(IActorRef receiver) : UntypedActor
    {
        protected override void OnReceive(object message) => receiver.Forward(message);
    }
}
