using Actors.Transport;
using Akka.Actor;

namespace Actors.Tests.Telemetry;

/// <summary>What roles count on simulated sockets, where each call has had its effects when it returns.</summary>
public sealed class SimulatedStatisticsTests : SimulatedRoleTests
{
    private RoleStatistics StatisticsOf(string role) => RoleTelemetry.Of(Sys).Find(role) ?? throw new InvalidOperationException($"nothing is known of a role {role}");

    private static PushSettings Push(int capacity = 1000, OverflowRule rule = OverflowRule.Backpressure) =>
        new() { Name = "push", Socket = new SocketSettings { Connect = ["tcp://here:1"], OutboundWindow = 4 }, Outbound = new OutboundSettings(capacity, rule) };

    private static void Send(IActorRef role, int messages)
    {
        for (var i = 0; i < messages; i++) role.Tell(Text($"{i}"));
    }

    [Fact]
    public void Every_message_told_to_a_push_role_is_sent_or_waits_or_is_dropped()
    {
        var push = Sys.ActorOf(PushRole.Props(Push(10, OverflowRule.DropOldest)));
        Send(push, 20);
        var alone = StatisticsOf("push");
        Assert.Equal((0, 14, 0), (alone.Sent, alone.Waiting, alone.Peers));
        Assert.Equal(new KeyValuePair<DropReason, long>(DropReason.QueueFullOldest, 6), Assert.Single(alone.Dropped));

        Network.Socket("push").Connect();
        Send(push, 5);
        var connected = StatisticsOf("push");
        Assert.Equal((19, 0, 1), (connected.Sent, connected.Waiting, connected.Peers));
        Assert.Equal(19, Network.Socket("push").Sent.Count);
    }

    [Fact]
    public void What_waits_when_a_role_stops_is_counted_as_stopped_and_the_counts_stay()
    {
        var push = Watch(Sys.ActorOf(PushRole.Props(Push())));
        Send(push, 7);
        Sys.Stop(push);
        ExpectTerminated(push);

        AwaitCondition(() => StatisticsOf("push").Dropped.GetValueOrDefault(DropReason.Stopped) == 7, TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(5), "seven messages that a stopped role has dropped");
        Assert.Equal((false, 0, 0), (StatisticsOf("push").IsRunning, StatisticsOf("push").Waiting, StatisticsOf("push").Peers));
    }

    [Fact]
    public void Counts_go_on_when_a_role_is_started_again_under_its_name()
    {
        for (var run = 1; run <= 2; run++)
        {
            var push = Watch(Sys.ActorOf(PushRole.Props(Push())));
            Network.Socket("push").Connect();
            Send(push, 3);
            Assert.Equal((3 * run, 1, true), (StatisticsOf("push").Sent, StatisticsOf("push").Peers, StatisticsOf("push").IsRunning));
            Sys.Stop(push);
            ExpectTerminated(push);
        }

        Assert.Equal((6, 0, false), (StatisticsOf("push").Sent, StatisticsOf("push").Peers, StatisticsOf("push").IsRunning));
        Assert.Single(RoleTelemetry.Of(Sys).Read());
    }

    [Fact]
    public void What_a_socket_of_a_role_drops_is_counted_for_the_role()
    {
        var settings = new StreamerSettings { Name = "streamer", Frontend = Bound, Backend = new SocketSettings { Bind = ["tcp://*:5556"] }, InboundWindow = 2 };
        Sys.ActorOf(StreamerRole.Props(settings));
        Network.Socket("streamer.frontend").Connect().Send(Text("1"), Text("2"), Text("3"));
        Assert.Equal((2, 2), (StatisticsOf("streamer").Received, StatisticsOf("streamer").Waiting));
        Network.Socket("streamer.frontend").Fail(new InvalidOperationException("told to fail"));

        Assert.Equal(new KeyValuePair<DropReason, long>(DropReason.Unread, 1), Assert.Single(StatisticsOf("streamer").Dropped));
        Assert.Equal("streamer", Assert.Single(RoleTelemetry.Of(Sys).Read()).Role);
    }

    [Fact]
    public void A_connection_that_is_made_again_counts_and_one_more_peer_at_a_bound_endpoint_does_not()
    {
        Sys.ActorOf(PushRole.Props(Push()));
        Network.Socket("push").Connect().Disconnect();
        Assert.Equal((0, 0), (StatisticsOf("push").Peers, StatisticsOf("push").Reconnects));
        Network.Socket("push").Connect();
        Assert.Equal((1, 1), (StatisticsOf("push").Peers, StatisticsOf("push").Reconnects));

        Sys.ActorOf(PullRole.Props(new PullSettings { Name = "pull", Socket = Bound }, Telling));
        Network.Socket("pull").Connect();
        Network.Socket("pull").Connect();
        Assert.Equal((2, 0), (StatisticsOf("pull").Peers, StatisticsOf("pull").Reconnects));
    }

    [Fact]
    public void What_is_in_the_hands_of_a_handler_waits()
    {
        Sys.ActorOf(ReplyRole.Props(new ReplySettings { Name = "reply", Socket = Bound }, Telling));
        Network.Socket("reply").Connect().Send(Text("", "hello"));

        Assert.Equal((1, 1, 0), (StatisticsOf("reply").Received, StatisticsOf("reply").Waiting, StatisticsOf("reply").Sent));
    }

    [Fact]
    public async Task Messages_that_wait_for_retained_subscribers_are_read_from_any_thread_while_subscribers_come_and_go()
    {
        var publish = Sys.ActorOf(PublishRole.Props(new PublishSettings { Name = "publish", Socket = Bound, Retained = new() { Socket = new SocketSettings { Bind = ["tcp://*:5556"] } } }));
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested) Assert.InRange(StatisticsOf("publish").Waiting, 0, 1_000_000);
        });
        for (var i = 0; i < 200; i++)
        {
            var peer = Network.Socket("publish.retained").Connect();
            peer.Send(BroadcastCodec.Write(new BroadcastCommand.Subscribe(BroadcastCodec.Version, (uint)i + 1, TimeSpan.FromSeconds(1), 0, 0, 10, "", [ReadOnlyMemory<byte>.Empty])));
            publish.Tell(Text("a"));
            peer.Disconnect();
        }
        await stop.CancelAsync();

        await reader.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Drops_of_an_actor_that_is_no_role_are_counted_under_its_own_name()
    {
        _ = RoleTelemetry.Of(Sys);
        Sys.EventStream.Publish(new MessagesDropped("somebody", 2, DropReason.Stopped));

        var somebody = StatisticsOf("somebody");
        Assert.Equal(("", 2, false), (somebody.Pattern, somebody.DroppedInAll, somebody.IsRunning));
    }

    [Fact]
    public void Roles_that_come_and_go_under_ever_new_names_are_forgotten()
    {
        var telemetry = RoleTelemetry.Of(Sys);
        for (var i = 0; i < 3000; i++) Sys.EventStream.Publish(new MessagesDropped($"gone-{i}", 1, DropReason.Stopped));

        Assert.InRange(telemetry.Read().Count, 1, 1000);
        Assert.Equal(1, StatisticsOf("gone-2999").DroppedInAll);
    }

    [Fact]
    public void A_pattern_has_the_name_that_configuration_files_give_it() => Assert.Equal(
        ["dealer", "forwarder", "pair", "publish", "pull", "push", "queue", "reply", "request", "router", "streamer", "subscribe", "worker"],
        typeof(RoleSettings).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(RoleSettings)) && !type.IsAbstract)
            .Select(type => ((RoleSettings)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type)).Pattern)
            .Order(StringComparer.Ordinal));
}
