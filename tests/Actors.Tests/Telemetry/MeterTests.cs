using Actors.Transport;
using Akka.Actor;

namespace Actors.Tests.Telemetry;

/// <summary>The meter <c>Actors</c> on simulated sockets. Its measurements are of the whole process, so each role has a name of its own.</summary>
public sealed class MeterTests : SimulatedRoleTests
{
    private readonly string _name = $"role-{Guid.NewGuid():N}";

    [Fact]
    public void The_observed_instruments_say_what_a_role_has_counted()
    {
        using var measured = new Measured();
        var push = Sys.ActorOf(PushRole.Props(new PushSettings
        {
            Name = _name,
            Socket = new SocketSettings { Connect = ["tcp://here:1"], OutboundWindow = 4 },
            Outbound = new OutboundSettings(10, OverflowRule.DropNewest),
        }));
        for (var i = 0; i < 20; i++) push.Tell(Text($"{i}"));
        Network.Socket(_name).Connect().Disconnect();
        Network.Socket(_name).Connect();
        for (var i = 0; i < 3; i++) push.Tell(Text($"{i}"));

        Assert.Equal(
            new Dictionary<string, double>
            {
                ["actors.messages.received"] = 0,
                ["actors.messages.sent"] = 17,
                ["actors.messages.waiting"] = 0,
                ["actors.messages.dropped queue_full_newest"] = 6,
                ["actors.peers"] = 1,
                ["actors.reconnects"] = 1,
            },
            measured.Of(_name));
    }

    [Fact]
    public void The_roles_of_a_system_that_has_ended_are_measured_no_more()
    {
        using var measured = new Measured();
        Sys.ActorOf(PullRole.Props(new PullSettings { Name = _name, Socket = Bound }, Telling));
        Assert.NotEmpty(measured.Of(_name));
        Shutdown();

        AwaitCondition(() => measured.Of(_name).Count == 0, TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(5), "the end of the measurements of a system that has ended");
    }

    [Fact]
    public void A_ledger_is_measured_while_its_tasks_are_outstanding()
    {
        using var measured = new Measured();
        var push = Sys.ActorOf(PushRole.Props(new PushSettings { Name = _name, Socket = Bound, Acknowledged = new() }));
        for (var i = 0; i < 5; i++) push.Tell(Text($"{i}"));

        var seen = measured.Of(_name);
        Assert.Equal((5, 0, 0), (seen["actors.ledger.outstanding"], seen["actors.ledger.acknowledged"], seen["actors.ledger.dead_lettered"]));
        Assert.Equal(5, seen["actors.messages.waiting"]);
    }

    [Fact]
    public void The_time_of_a_reply_is_that_of_its_handler()
    {
        using var measured = new Measured();
        var told = new List<IActorRef>();
        Sys.ActorOf(ReplyRole.Props(new ReplySettings { Name = _name, Socket = Bound }, Props.Create(() => new Keeping(told))));
        Network.Socket(_name).Connect().Send(Text("", "hello"));
        Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Single(told).Tell(Text("done"));

        var duration = Assert.Single(measured.Durations(_name));
        Assert.Equal((2, "reply"), (duration.Value, duration.Tags["pattern"]));
    }

    [Theory]
    [InlineData("pull")]
    [InlineData("dealer")]
    [InlineData("worker")]
    [InlineData("subscribe")]
    public void Handlers_that_are_told_messages_are_measured(string pattern)
    {
        using var measured = new Measured();
        var role = pattern switch
        {
            "pull" => PullRole.Props(new PullSettings { Name = _name, Socket = Bound }, Advancing),
            "dealer" => DealerRole.Props(new DealerSettings { Name = _name, Socket = Bound }, Advancing),
            "subscribe" => SubscribeRole.Props(new SubscribeSettings { Name = _name, Socket = Bound, Topics = [""] }, Advancing),
            _ => WorkerRole.Props(new WorkerSettings { Name = _name, Pull = Bound, Push = new SocketSettings { Bind = ["tcp://*:5556"] }, Workers = 1 }, Advancing),
        };
        Sys.ActorOf(role);
        Network.Socket(pattern == "worker" ? $"{_name}.pull" : _name).Connect().Send(Text("work"));

        var duration = Assert.Single(measured.Durations(_name));
        Assert.Equal((0.01, pattern), (duration.Value, duration.Tags["pattern"]));
    }

    [Fact]
    public void Without_a_listener_no_time_is_taken()
    {
        // Other tests may listen at this moment; then there is nothing to see.
        if (RoleMeter.HandlerDuration.Enabled) return;
        Assert.Equal(0, HandlerTimes.Now(TimeProvider.System));
    }

    /// <summary>Works for 10 ms on each message.</summary>
    private Props Advancing => Props.Create(() => new Working(Time));

    private sealed class Working : ReceiveActor
    {
        public Working(Actors.TestKit.VirtualTime time) => Receive<Message>(_ => time.Advance(TimeSpan.FromMilliseconds(10)));
    }

    private sealed class Keeping : ReceiveActor
    {
        public Keeping(List<IActorRef> told) => Receive<Message>(_ => told.Add(Sender));
    }
}
