using System.Net;
using System.Net.Sockets;
using Actors.Transport;
using Akka.Actor;
using Xunit.Abstractions;

namespace Actors.Tests;

public sealed class RoleLifecycleTests(ITestOutputHelper log) : RoleTestKit(log)
{
    private static PullSettings Pull(SocketSettings socket) => new() { Name = "pull", Socket = socket };

    private static PushSettings Push(SocketSettings socket) => new() { Name = "push", Socket = socket };

    [Fact]
    public void A_role_says_which_port_it_was_given()
    {
        var (_, endpoint) = Start(PullRole.Props(Pull(new SocketSettings { Bind = [AnyPort] }), TellingTo(TestActor)));

        Assert.Matches(@"^tcp://127\.0\.0\.1:[1-9]\d*$", endpoint);
    }

    [Fact]
    public void A_port_in_use_is_tried_again_until_it_is_free()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endpoint = $"tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        Sys.EventStream.Subscribe(TestActor, typeof(RoleFailed));
        var pull = Sys.ActorOf(PullRole.Props(Pull(new SocketSettings { Bind = [endpoint], RestartBackoff = TimeSpan.FromMilliseconds(20) }), TellingTo(TestActor)));
        pull.Tell(WhenReady.Instance, TestActor);

        var failed = ExpectMsg<RoleFailed>(Patience);
        Assert.Equal(endpoint, Assert.IsType<EndpointInUseException>(failed.Cause).Endpoint);
        Assert.NotEqual(Timeout.InfiniteTimeSpan, failed.RetryIn);
        listener.Stop();
        FishForMessage<RoleReady>(_ => true, Patience, "the role to be ready once the port is free");
    }

    [Fact]
    public void An_address_of_another_machine_cannot_be_bound_and_the_failure_names_the_endpoint()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(RoleFailed));
        Sys.ActorOf(PullRole.Props(Pull(new SocketSettings { Bind = ["tcp://192.0.2.1:7000"] }), TellingTo(TestActor)));

        var failed = ExpectMsg<RoleFailed>(Patience);

        Assert.Equal("tcp://192.0.2.1:7000", Assert.IsType<EndpointUnavailableException>(failed.Cause).Endpoint);
        Assert.NotEqual(Timeout.InfiniteTimeSpan, failed.RetryIn);
    }

    [Fact]
    public void A_name_that_is_not_known_yet_is_looked_up_again_while_the_role_is_open()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(PeerRetried));
        var (_, endpoint) = Start(PushRole.Props(Push(new SocketSettings { Connect = ["tcp://no-such-host.invalid:7000"], ReconnectInterval = TimeSpan.FromMilliseconds(10) })));

        var first = ExpectMsg<PeerRetried>(Patience);
        var second = ExpectMsg<PeerRetried>(Patience);

        Assert.Equal(endpoint, first.Endpoint);
        Assert.True(second.RetryIn >= first.RetryIn, $"the waits are {first.RetryIn} and {second.RetryIn}");
    }

    [Fact]
    public void Settings_that_cannot_work_fail_when_the_role_is_made() =>
        Assert.Equal("bind", Assert.Throws<SocketSettingsException>(() => Pull(new SocketSettings { Bind = ["nonsense"] }).Validate()).Option);

    [Theory]
    [InlineData("nonsense")]
    [InlineData("tcp://*:65536")]
    [InlineData("tcp://no port")]
    public void A_malformed_endpoint_reaches_who_makes_the_props_of_any_role(string endpoint)
    {
        var socket = new SocketSettings { Bind = [endpoint] };
        var nobody = TellingTo(TestActor);
        Func<Props>[] roles =
        [
            () => PullRole.Props(Pull(socket), nobody),
            () => PullRole.Props(Pull(socket) with { Acknowledged = new() }, nobody),
            () => PushRole.Props(Push(socket)),
            () => PushRole.Props(Push(socket) with { Acknowledged = new() }),
            () => WorkerRole.Props(new WorkerSettings { Name = "worker", Pull = socket, Push = socket }, nobody),
            () => PublishRole.Props(new PublishSettings { Name = "publish", Socket = socket }),
            () => SubscribeRole.Props(new SubscribeSettings { Name = "subscribe", Socket = socket }, nobody),
            () => RequestRole.Props(new RequestSettings { Name = "request", Socket = socket }),
            () => ReplyRole.Props(new ReplySettings { Name = "reply", Socket = socket }, nobody),
            () => QueueRole.Props(new QueueSettings { Name = "queue", Clients = socket, Servers = socket }),
        ];

        Assert.All(roles, role => Assert.Contains(endpoint, Assert.Throws<SocketSettingsException>(role).Message, StringComparison.Ordinal));
    }

    [SkippableFact]
    public void An_endpoint_that_the_engine_cannot_use_reaches_who_asks_for_the_role()
    {
        Skip.If(EngineUnderTest.IsZmtp, "the engine zmtp has every transport");
        Sys.EventStream.Subscribe(TestActor, typeof(RoleFailed));
        var role = Watch(Sys.ActorOf(PullRole.Props(Pull(new SocketSettings { Bind = ["ws://127.0.0.1:0/"] }), TellingTo(TestActor))));
        // Also who asks after the failure is told.
        var failed = ExpectMsg<RoleFailed>(Patience);
        role.Tell(WhenOpen.Instance, TestActor);

        Assert.Equal(Timeout.InfiniteTimeSpan, failed.RetryIn);
        Assert.Equal("bind", Assert.IsType<SocketSettingsException>(ExpectMsg<Status.Failure>(Patience).Cause).Option);
        ExpectTerminated(role, Patience);
    }

    [SkippableFact]
    public void A_role_that_failed_and_that_nobody_asks_for_stops()
    {
        Skip.If(EngineUnderTest.IsZmtp, "the engine zmtp has every transport");

        ExpectTerminated(Watch(Sys.ActorOf(PullRole.Props(Pull(new SocketSettings { Bind = ["ws://127.0.0.1:0/"] }), TellingTo(TestActor)))), Patience);
    }

    [Fact]
    public void A_printed_event_shows_its_endpoints()
    {
        Assert.Equal("RoleReady { Role = a, Endpoints = [tcp://x:1, tcp://y:2] }", new RoleReady("a", ["tcp://x:1", "tcp://y:2"]).ToString());
        Assert.Equal("RoleOpen { Role = a, Endpoints = [tcp://x:1] }", new RoleOpen("a", ["tcp://x:1"]).ToString());
        Assert.Equal("RoleStatus { Role = a, Endpoints = [tcp://x:1], Received = 1, Sent = 2, Waiting = 3, Dropped = 4, Peers = 5 }", new RoleStatus("a", ["tcp://x:1"], 1, 2, 3, 4, 5).ToString());
    }

    [Theory]
    [InlineData(OverflowRule.Backpressure)]
    [InlineData(OverflowRule.DropNewest)]
    [InlineData(OverflowRule.DropOldest)]
    [InlineData(OverflowRule.Fail)]
    public void A_producer_is_granted_no_more_than_there_is_room_for_by_any_rule(OverflowRule rule)
    {
        var outbound = new OutboundSettings(10, rule);
        var socket = new SocketSettings { Bind = [AnyPort], OutboundWindow = 5 };
        Props[] roles =
        [
            PushRole.Props(Push(socket) with { Outbound = outbound }),
            PublishRole.Props(new PublishSettings { Name = "publish", Socket = socket, Outbound = outbound }),
            RequestRole.Props(new RequestSettings { Name = "request", Socket = socket, Outbound = outbound }),
        ];

        Assert.All(roles, props =>
        {
            var producer = CreateTestProbe();
            Start(props).Role.Tell(RegisterProducer.Instance, producer.Ref);
            Assert.InRange(producer.ExpectMsg<Demand>(Patience).Messages, 1, 15);
        });
    }

    [Fact]
    public void Draining_ends_when_everything_has_been_taken()
    {
        var (push, endpoint) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] })));
        for (var n = 0; n < 100; n++) push.Tell(Message.FromText($"{n}"));
        var drained = CreateTestProbe();
        push.Tell(DrainRole.Instance, drained.Ref);
        push.Tell(GetRoleStatus.Instance, TestActor);
        Assert.Equal(100, ExpectMsg<RoleStatus>(Patience).Waiting);

        Start(PullRole.Props(Pull(new SocketSettings { Connect = [endpoint] }), TellingTo(TestActor)));
        Assert.Equal("push", drained.ExpectMsg<RoleDrained>(Patience).Role);
        for (var n = 0; n < 100; n++) ExpectMsg<Message>(Patience);
        push.Tell(GetRoleStatus.Instance, TestActor);
        var status = ExpectMsg<RoleStatus>(Patience);
        Assert.Equal((100, 0), (status.Sent, status.Waiting));
    }

    [Fact]
    public void What_waits_when_a_role_stops_is_counted()
    {
        WatchDrops();
        var (push, _) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort], OutboundWindow = 3 })));
        for (var n = 0; n < 10; n++) push.Tell(Message.FromText($"{n}"));
        push.Tell(PoisonPill.Instance);

        long dropped = 0;
        while (dropped < 10) dropped += ExpectDropped(DropReason.Stopped).Count;
        Assert.Equal(10, dropped);
    }

    [Fact]
    public void Connections_are_counted_and_published()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(PeerEvent));
        var (pull, endpoint) = Start(PullRole.Props(Pull(new SocketSettings { Bind = [AnyPort] }), TellingTo(TestActor)));
        var push = Sys.ActorOf(PushRole.Props(Push(new SocketSettings { Connect = [endpoint] })));
        FishForMessage<PeerConnected>(seen => seen.Socket == "pull", Patience, "the connection");
        AwaitAssert(() => Assert.Equal(1, StatusOf(pull).Peers), Patience);

        push.Tell(PoisonPill.Instance);
        FishForMessage<PeerDisconnected>(seen => seen.Socket == "pull", Patience, "the end of the connection");
        AwaitAssert(() => Assert.Equal(0, StatusOf(pull).Peers), Patience);
    }

    [Fact]
    public void A_closed_port_can_be_bound_again()
    {
        var (first, endpoint) = Start(PullRole.Props(Pull(new SocketSettings { Bind = [AnyPort] }), TellingTo(TestActor)));
        Watch(first);
        first.Tell(PoisonPill.Instance);
        ExpectTerminated(first, Patience);

        Assert.Equal(endpoint, Start(PullRole.Props(Pull(new SocketSettings { Bind = [endpoint], RestartBackoff = TimeSpan.FromMilliseconds(20) }), TellingTo(TestActor))).Endpoint);
    }
}
