using Akka.Actor;
using Akka.Event;
using Akka.Remote;
using Remoting.Tests.Nodes;

namespace Remoting.Tests;

public sealed class DeathWatchTests
{
    private const string QuickDetector = """
        akka.remote.watch-failure-detector {
          heartbeat-interval = 100ms
          acceptable-heartbeat-pause = 1s
          unreachable-nodes-reaper-interval = 100ms
          expected-response-after = 100ms
        }
        """;

    // dot-netty may miss that the proxy hangs up, and waits then for Akka's handshake, in vain and longer than the detector does.
    private const string PatientDetector = """
        akka.remote.handshake-timeout = 1s
        akka.remote.watch-failure-detector {
          heartbeat-interval = 100ms
          acceptable-heartbeat-pause = 60s
        }
        """;

    [Theory]
    [MemberData(nameof(Carriers.All), MemberType = typeof(Carriers))]
    public async Task An_actor_that_stops_is_reported_to_its_watcher_on_another_node(Carrier carrier)
    {
        await using var here = Node.Start(carrier);
        await using var there = Node.Start(carrier);
        there.System.ActorOf<Echo>("echo");
        var echo = await here.Find(there, "echo");
        var ends = await here.Watch(echo);

        echo.Tell(PoisonPill.Instance);

        var ended = await ends.Next<Terminated>("Terminated of the actor");
        Assert.Equal(echo, ended.ActorRef);
        Assert.False(ended.AddressTerminated);
    }

    [Theory]
    [MemberData(nameof(Carriers.All), MemberType = typeof(Carriers))]
    public async Task An_orderly_stop_of_a_node_reports_its_actors_at_once(Carrier carrier)
    {
        await using var here = Node.Start(carrier);
        await using var there = Node.Start(carrier);
        there.System.ActorOf<Echo>("echo");
        var ends = await here.Watch(await here.Find(there, "echo"));

        await there.System.Terminate();

        // Without the goodbye it would be the failure detector that speaks, after 10 s; so it does on dot-netty when the machine is busy.
        var end = await ends.Next<Terminated>("Terminated of the stopped node's actor");
        Assert.False(end.AddressTerminated && carrier != Carrier.Netty);
    }

    [Theory]
    [MemberData(nameof(Carriers.OverTcp), MemberType = typeof(Carriers))]
    public async Task A_node_that_cannot_be_reached_is_quarantined_until_it_restarts_under_a_new_uid(Carrier carrier)
    {
        await using var way = new CuttableProxy();
        await using var here = Node.Start(carrier, further: QuickDetector);
        var quarantined = here.Published<QuarantinedEvent>();
        way.Target = ListeningPorts.Free();
        await using var old = Node.Start(carrier, BehindProxy(way));
        old.System.ActorOf<Echo>("echo");
        var echo = await here.Find(old, "echo");
        var ends = await here.Watch(echo);

        // Without a heartbeat of the node its uid is not known, and nothing can be quarantined.
        await way.Pieces(20).Expect("heartbeats of the watched node");
        way.Stall();

        Assert.Equal(echo, (await ends.Next<Terminated>("Terminated of the unreachable node's actor")).ActorRef);
        Assert.Equal(old.Address, (await quarantined.Next<QuarantinedEvent>("the quarantine of the node")).Address);
        way.Resume();
        var lost = here.Published<DeadLetter>();
        echo.Tell("to the quarantined");
        await lost.Next<DeadLetter>("a dead letter in place of a message to the quarantined node", letter => letter.Message is "to the quarantined");
        await old.System.Terminate();
        await using var successor = Node.Start(carrier, BehindProxy(way));
        successor.System.ActorOf<Echo>("echo");
        Assert.Equal(old.Address, successor.Address);
        Assert.Equal("again", await Eventually.Ask(here.System.ActorSelection(successor.PathOf("echo")), "again"));
    }

    [Theory]
    [MemberData(nameof(Carriers.OverTcp), MemberType = typeof(Carriers))]
    public async Task A_watch_that_the_node_knows_of_outlives_a_short_cut(Carrier carrier)
    {
        await using var way = new CuttableProxy { Target = ListeningPorts.Free() };
        await using var here = Node.Start(carrier, further: PatientDetector);
        await using var there = Node.Start(carrier, BehindProxy(way));
        there.System.ActorOf<Echo>("echo");
        var echo = await here.Find(there, "echo");
        var ends = await here.Watch(echo);

        await way.Pieces(20).Expect("heartbeats of the watched node");

        var attempt = way.TurnedAway();
        way.Cut();
        await attempt.Expect("an attempt to associate anew, on which the proxy hangs up");
        way.Mend();
        Assert.Equal("alive", await Eventually.Ask(here.System.ActorSelection(there.PathOf("echo")), "alive"));
        Assert.False(ends.TryRead(out _));
        (await here.Find(there, "echo")).Tell(PoisonPill.Instance);

        Assert.Equal(echo, (await ends.Next<Terminated>("Terminated of the actor")).ActorRef);
    }

    private static string BehindProxy(CuttableProxy way) => $"public-hostname = \"127.0.0.1\"\npublic-port = {way.Port}\nport = {way.Target}";

    [Theory]
    [MemberData(nameof(Carriers.All), MemberType = typeof(Carriers))]
    public async Task A_restart_at_the_same_port_ends_the_actors_of_before(Carrier carrier)
    {
        await using var here = Node.Start(carrier);
        var old = Node.Start(carrier);
        old.System.ActorOf<Echo>("echo");
        var before = await here.Find(old, "echo");
        var ends = await here.Watch(before);
        await old.DisposeAsync();

        await using var successor = Node.Start(carrier, $"port = {old.Port}");
        successor.System.ActorOf<Echo>("echo");

        await ends.Next<Terminated>("Terminated of the actor before the restart");
        Assert.Equal("again", await Eventually.Ask(here.System.ActorSelection(successor.PathOf("echo")), "again"));
        var after = await here.Find(successor, "echo");
        Assert.NotEqual(before.Path.Uid, after.Path.Uid);
    }
}
