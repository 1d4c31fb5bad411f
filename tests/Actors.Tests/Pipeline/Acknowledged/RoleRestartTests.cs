using Actors.Transport;
using Akka.Actor;
using Actors.Zmtp;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>A role that fails in its own code is restarted by its supervisor, and goes on with what it knew.</summary>
public sealed class RoleRestartTests(ITestOutputHelper log) : RoleTestKit(log)
{
    private static readonly AcknowledgedSettings Quick = new() { Heartbeat = new HeartbeatSettings { Interval = TimeSpan.FromMilliseconds(100), Timeout = TimeSpan.FromSeconds(30) } };

    /// <summary>Starts the role under a supervisor that restarts it whatever happens.</summary>
    private (IActorRef Role, string Endpoint) StartSupervised(Props role)
    {
        var test = TestActor;
        Sys.ActorOf(Props.Create(() => new Restarting(role, test)));
        var started = ExpectMsg<IActorRef>(Patience);
        started.Tell(WhenReady.Instance, TestActor);
        return (started, ExpectMsg<RoleReady>(Patience).Endpoints[0]);
    }

    /// <summary>Has the role throw, and waits for the next instance to be ready.</summary>
    private void Fail(IActorRef role)
    {
        var waiting = CreateTestProbe();
        role.Tell(Kill.Instance);
        role.Tell(WhenReady.Instance, waiting.Ref);
        waiting.ExpectMsg<RoleReady>(Patience);
    }

    /// <summary>An endpoint that nobody listens on now.</summary>
    private static string FreeEndpoint()
    {
        using var socket = new DealerSocket();
        return $"tcp://127.0.0.1:{socket.BindRandomPort("tcp://127.0.0.1")}";
    }

    [Fact]
    public void A_push_role_keeps_its_ledger_and_its_producers()
    {
        var endpoint = FreeEndpoint();
        var (push, _) = StartSupervised(PushRole.Props(new PushSettings
        {
            Name = "push",
            Socket = new SocketSettings { Connect = [endpoint], ReconnectInterval = TimeSpan.FromMilliseconds(20), ReconnectIntervalMax = TimeSpan.FromMilliseconds(100) },
            Outbound = new OutboundSettings(100, OverflowRule.Backpressure),
            Acknowledged = Quick,
        }));
        push.Tell(RegisterProducer.Instance, TestActor);
        Assert.Equal(100, ExpectMsg<Demand>(Patience).Messages);
        for (var n = 0; n < 10; n++) push.Tell(Message.FromText($"{n}"), TestActor);
        Assert.Equal((10, 10), (LedgerOf(push).Accepted, LedgerOf(push).Waiting));

        Fail(push);

        Assert.Equal((10, 10), (LedgerOf(push).Accepted, LedgerOf(push).Waiting));
        Assert.Equal(90, ExpectMsg<Demand>(Patience).Messages);
        push.Tell(Message.FromText("10"), TestActor);
        var received = CreateTestProbe();
        Start(PullRole.Props(new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = [endpoint] }, Acknowledged = Quick }, TellingTo(received.Ref)));
        for (var n = 0; n <= 10; n++) Assert.Equal($"{n}", received.ExpectMsg<Message>(Patience).Text());
        AwaitCondition(() => LedgerOf(push) is { Accepted: 11, Acknowledged: 11, Outstanding: 0 }, Patience);
    }

    [Fact]
    public void A_push_role_sends_again_what_a_peer_had_before()
    {
        var (push, endpoint) = StartSupervised(PushRole.Props(new PushSettings { Name = "push", Socket = new SocketSettings { Bind = [FreeEndpoint()] }, Acknowledged = Quick }));
        var gate = new ManualResetEventSlim();
        var received = CreateTestProbe();
        var (pull, _) = Start(PullRole.Props(
            new PullSettings { Name = "pull", Socket = new SocketSettings { Connect = [endpoint], ReconnectInterval = TimeSpan.FromMilliseconds(20) }, Acknowledged = Quick },
            Handler((message, _, _) =>
            {
                gate.Wait(Patience);
                received.Ref.Tell(message);
            })));
        push.Tell(Message.FromText("task"));
        AwaitCondition(() => LedgerOf(push).Assigned == 1, Patience);

        Fail(push);
        AwaitCondition(() => LedgerOf(push) is { Assigned: 1, Redelivered: 1 }, Patience, TimeSpan.FromMilliseconds(20), "the task was not sent again");
        gate.Set();

        AwaitCondition(() => LedgerOf(push) is { Accepted: 1, Acknowledged: 1 }, Patience);
        Assert.Equal("task", received.ExpectMsg<Message>(Patience).Text());
        Assert.Equal(new ReceivedCounts(1, 0, 1), ReceivedOf(pull));
    }

    [Fact]
    public void A_pull_role_knows_repeats_of_what_it_did_before()
    {
        var endpoint = FreeEndpoint();
        var (pull, _) = StartSupervised(PullRole.Props(
            new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = [endpoint] }, Acknowledged = Quick }, TellingTo(TestActor)));
        SendTask(endpoint);
        ExpectMsg<Message>(Patience);

        Fail(pull);
        SendTask(endpoint);

        Assert.Equal(new ReceivedCounts(1, 0, 1), ReceivedOf(pull));
    }

    /// <summary>Sends the task "id" in a session of its own, and waits until it is acknowledged.</summary>
    private static void SendTask(string endpoint)
    {
        using var peer = new DealerSocket(">" + endpoint);
        peer.SendFrame(Convert.FromHexString("48504950450153000000070000EA60"));
        AwaitCommand(peer, 'R');
        peer.SendMultipartBytes(Convert.FromHexString("54000000016964"), "task"u8.ToArray());
        AwaitCommand(peer, 'A');
    }

    private static void AwaitCommand(DealerSocket peer, char command)
    {
        var message = new ZmqMessage();
        do
        {
            message.Clear();
            Assert.True(peer.TryReceiveMultipartMessage(Patience, ref message), $"no '{command}' came");
        }
        while (message[0].ToByteArray()[0] != command);
    }

    private sealed class Restarting(Props role, IActorRef test) : UntypedActor
    {
        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Restart);

        protected override void PreStart() => test.Tell(Context.ActorOf(role, "role"));

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
