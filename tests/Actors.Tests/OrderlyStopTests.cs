using Actors.Transport;
using Akka.Actor;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>What a role that receives does with messages that its handler has not worked on when it drains and stops.</summary>
public sealed class OrderlyStopTests(ITestOutputHelper log) : RoleTestKit(log)
{
    private const int Messages = 300;
    private const int Worked = 15;

    private static readonly OutboundSettings Patient = new(10_000, OverflowRule.Backpressure);

    // One place for each message that the handler may end, behind the first.
    private readonly SemaphoreSlim _held = new(0);
    private int _worked;
    private bool _answers;

    /// <summary>Works on the first messages, and is held up at each further one until it is let go on.</summary>
    private Props HeldUp => Handler((message, sender, self) =>
    {
        Work();
        if (_answers) sender.Tell(message, self);
    });

    /// <summary>The same, for what a router tells.</summary>
    private Props HeldUpByPeers => Props.Create(() => new PeerHandler(Work));

    private Props Pull(Props handler, string endpoint) => PullRole.Props(new PullSettings { Name = "role", Socket = new SocketSettings { Connect = [endpoint] } }, handler);

    private Props Subscribe(Props handler, string endpoint) => SubscribeRole.Props(new SubscribeSettings { Name = "role", Socket = new SocketSettings { Connect = [endpoint] }, Topics = [""] }, handler);

    private (IActorRef Role, IActorRef Sender) StartPair(string pattern)
    {
        var bound = new SocketSettings { Bind = [AnyPort] };
        _answers = pattern == "worker";
        switch (pattern)
        {
            case "pull":
            case "worker":
                var (push, endpoint) = Start(PushRole.Props(new PushSettings { Name = "sender", Socket = bound, Outbound = Patient }));
                var worker = new WorkerSettings { Name = "role", Pull = new SocketSettings { Connect = [endpoint] }, Push = bound };
                return (Start(pattern == "pull" ? Pull(HeldUp, endpoint) : WorkerRole.Props(worker, HeldUp)).Role, push);
            case "router":
                var (dealer, dealing) = Start(DealerRole.Props(new DealerSettings { Name = "sender", Socket = bound, Outbound = Patient }, TellingTo(ActorRefs.Nobody)));
                return (Start(RouterRole.Props(new RouterSettings { Name = "role", Socket = new SocketSettings { Connect = [dealing] } }, HeldUpByPeers)).Role, dealer);
            case "dealer":
                var (other, pairing) = Start(DealerRole.Props(new DealerSettings { Name = "sender", Socket = bound, Outbound = Patient }, TellingTo(ActorRefs.Nobody)));
                return (Start(DealerRole.Props(new DealerSettings { Name = "role", Socket = new SocketSettings { Connect = [pairing] } }, HeldUp)).Role, other);
            case "subscribe":
                var (publish, topics) = Start(PublishRole.Props(new PublishSettings { Name = "sender", Socket = bound, Outbound = Patient }));
                return (Start(Subscribe(HeldUp, topics)).Role, publish);
            default:
                var retaining = Sys.ActorOf(PublishRole.Props(new PublishSettings { Name = "sender", Socket = bound, Outbound = Patient, Retained = new RetainedSettings { Socket = bound } }));
                retaining.Tell(WhenReady.Instance, TestActor);
                var retained = new SubscribeSettings { Name = "role", Socket = new SocketSettings { Connect = [ExpectMsg<RoleReady>(Patience).Endpoints[1]] }, Topics = [""], Retained = new() };
                return (Start(SubscribeRole.Props(retained, HeldUp)).Role, retaining);
        }
    }

    private void Work()
    {
        if (Volatile.Read(ref _worked) >= Worked) Assert.True(_held.Wait(Patience), "the handler was not let go on");
        Interlocked.Increment(ref _worked);
    }

    private long ReceivedBy(IActorRef role) => StatusOf(role) is var status && status.Subscription is { } subscription ? subscription.Received : status.Received;

    private void SendAll(IActorRef sender, IActorRef role)
    {
        for (var n = 0; n < Messages; n++) sender.Tell(Message.FromText($"{n}"), ActorRefs.NoSender!);
        AwaitCondition(() => ReceivedBy(role) >= Messages && Volatile.Read(ref _worked) == Worked, Patience, $"{Messages} messages at the role and {Worked} worked on");
    }

    [Theory]
    [InlineData("pull")]
    [InlineData("router")]
    [InlineData("dealer")]
    [InlineData("worker")]
    [InlineData("subscribe")]
    [InlineData("retained")]
    public void What_a_handler_has_not_begun_when_its_role_stops_is_counted(string pattern)
    {
        var (role, sender) = StartPair(pattern);
        SendAll(sender, role);
        WatchDrops();

        var watching = CreateTestProbe();
        watching.Watch(role);
        role.Tell(PoisonPill.Instance);
        // The handler ends the message that it is at when its role stops.
        AwaitCondition(() => _held.Release() >= 0 && watching.HasMessages, Patience, "the end of the role");

        long dropped = 0;
        while (dropped < Messages - _worked) dropped += FishForMessage<MessagesDropped>(seen => seen is { Source: "role", Reason: DropReason.Stopped }, Patience, $"the count of what is left, of which {dropped} were told").Count;
        Assert.Equal(Messages, dropped + _worked);
        Assert.NotEqual(0, dropped);
    }

    [Theory]
    [InlineData("pull")]
    [InlineData("router")]
    [InlineData("dealer")]
    [InlineData("worker")]
    [InlineData("subscribe")]
    [InlineData("retained")]
    public void A_role_is_drained_when_its_handler_has_worked_on_all_it_has_received(string pattern)
    {
        var (role, sender) = StartPair(pattern);
        if (pattern == "worker") Start(PullRole.Props(new PullSettings { Name = "sink", Socket = new SocketSettings { Connect = [StatusOf(role).Endpoints[1]] } }, TellingTo(ActorRefs.Nobody)));
        SendAll(sender, role);

        var drained = CreateTestProbe();
        role.Tell(DrainRole.Instance, drained.Ref);
        var waiting = StatusOf(role).Waiting;
        _held.Release(Messages);

        drained.ExpectMsg<RoleDrained>(Patience);
        Assert.Equal(Messages, _worked);
        Assert.True(waiting >= Messages - Worked, $"only {waiting} messages were said to wait");
    }

    [Fact]
    public void Draining_waits_for_what_the_socket_still_holds()
    {
        var (push, endpoint) = Start(PushRole.Props(new PushSettings { Name = "sender", Socket = new SocketSettings { Bind = [AnyPort] }, Outbound = Patient }));
        var (role, _) = Start(PullRole.Props(new PullSettings { Name = "role", Socket = new SocketSettings { Connect = [endpoint] }, InboundWindow = 20 }, HeldUp));
        for (var n = 0; n < Messages; n++) push.Tell(Message.FromText($"{n}"), ActorRefs.NoSender!);
        AwaitCondition(() => ReceivedBy(role) >= 20 && Volatile.Read(ref _worked) == Worked, Patience, "a full window at the role");

        var drained = CreateTestProbe();
        role.Tell(DrainRole.Instance, drained.Ref);
        _held.Release(Messages);

        drained.ExpectMsg<RoleDrained>(Patience);
        Assert.Equal(Messages, _worked);
    }

    [Theory]
    [InlineData("pull")]
    [InlineData("router")]
    [InlineData("dealer")]
    [InlineData("worker")]
    [InlineData("subscribe")]
    public void What_a_socket_hands_to_a_role_that_stops_is_counted(string pattern)
    {
        var (role, _) = StartPair(pattern);
        var socket = SocketOf("role");
        WatchDrops();
        Watch(role);
        role.Tell(PoisonPill.Instance);

        // On its way from the socket to the role, behind the end of the role.
        role.Tell(new InboundBatch([Message.FromText("1"), Message.FromText("2")]), socket);

        FishForMessage<MessagesDropped>(seen => seen is { Source: "role", Reason: DropReason.Stopped, Count: 2 }, Patience, "the count of what the role did not take");
    }

    [Fact]
    public void What_a_socket_of_a_protocol_hands_to_a_role_that_stops_is_not_missed()
    {
        var (role, _) = StartPair("retained");
        var socket = SocketOf("role");
        WatchDrops();
        Watch(role);
        role.Tell(PoisonPill.Instance);
        role.Tell(new InboundBatch([Message.FromText("a command")]), socket);
        ExpectTerminated(role, Patience);

        ExpectNoMsg(TimeSpan.Zero);
    }

    /// <summary>The actor of a socket of that role.</summary>
    private IActorRef SocketOf(string role)
    {
        var finding = CreateTestProbe();
        Sys.ActorSelection($"/system/zmq-poller-0/{role}*").Tell(new Identify(null), finding.Ref);
        return finding.ExpectMsg<ActorIdentity>(Patience).Subject;
    }

    [Fact]
    public void What_a_handler_tells_a_worker_role_that_stops_is_counted()
    {
        var (role, _) = StartPair("worker");
        WatchDrops();
        Watch(role);
        role.Tell(PoisonPill.Instance);

        role.Tell(Message.FromText("a result"));

        FishForMessage<MessagesDropped>(seen => seen is { Source: "role", Reason: DropReason.Stopped, Count: 1 }, Patience, "the count of the result");
    }

    [Fact]
    public void A_role_that_drains_says_that_it_may_have_unread_messages_until_its_sockets_were_found_empty()
    {
        var (role, _) = StartPair("pull");
        AwaitCondition(() => StatusOf(role).Peers > 0, Patience, "a peer of the role");
        var drained = CreateTestProbe();
        role.Tell(DrainRole.Instance, drained.Ref);

        Assert.True(StatusOf(role).MayHaveUnread, "the role does not say that its peer may have sent something");

        drained.ExpectMsg<RoleDrained>(Patience);
        Assert.False(StatusOf(role).MayHaveUnread, "a role that has drained says that something may be unread");
    }

    private sealed class PeerHandler : ReceiveActor
    {
        public PeerHandler(Action work) => Receive<PeerMessage>(_ => work());
    }
}
