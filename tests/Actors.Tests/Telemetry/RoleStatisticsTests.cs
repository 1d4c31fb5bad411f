using System.Collections.Concurrent;
using Actors.Transport;
using Akka.Actor;
using Xunit.Abstractions;

namespace Actors.Tests.Telemetry;

/// <summary>What roles count on real sockets.</summary>
public sealed class RoleStatisticsTests(ITestOutputHelper log) : RoleTestKit(log)
{
    private RoleStatistics StatisticsOf(string role) => RoleTelemetry.Of(Sys).Find(role) ?? throw new InvalidOperationException($"nothing is known of a role {role}");

    private static PushSettings Push(string endpoint) =>
        new() { Name = "push", Socket = new SocketSettings { Connect = [endpoint], ReconnectInterval = TimeSpan.FromMilliseconds(10) }, Outbound = new OutboundSettings(10_000, OverflowRule.Backpressure) };

    private Props Pull(string endpoint, Props? handler = null) =>
        PullRole.Props(new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = [endpoint] } }, handler ?? TellingTo(TestActor));

    [Fact]
    public void Roles_count_what_they_have_sent_and_received_and_with_whom()
    {
        var (_, endpoint) = Start(Pull(AnyPort));
        var (push, _) = Start(PushRole.Props(Push(endpoint)));
        for (var i = 0; i < 1000; i++) push.Tell(Message.FromText($"{i}"), TestActor);
        for (var i = 0; i < 1000; i++) ExpectMsg<Message>(Patience);

        AwaitCondition(() => StatisticsOf("push") is { Sent: 1000, Waiting: 0, Peers: 1 }, Patience, "a push role that has sent 1,000 messages and has a peer");
        AwaitCondition(() => StatisticsOf("pull") is { Received: 1000, Waiting: 0, Peers: 1 }, Patience, "a pull role that has received 1,000 messages and has a peer");
        Assert.Equal(("push", "pull"), (StatisticsOf("push").Pattern, StatisticsOf("pull").Pattern));
        Assert.Equal((0, 0), (StatisticsOf("push").DroppedInAll, StatisticsOf("pull").DroppedInAll));
        Assert.Equal((0, 0), (StatisticsOf("push").Received, StatisticsOf("pull").Sent));
    }

    [Fact]
    public void A_request_and_its_reply_are_counted_at_both_ends()
    {
        var (_, endpoint) = Start(ReplyRole.Props(new ReplySettings { Name = "reply", Socket = new SocketSettings { Bind = [AnyPort] } }, Handler((message, sender, _) => sender.Tell(message))));
        var (request, _) = Start(RequestRole.Props(new RequestSettings { Name = "request", Socket = new SocketSettings { Connect = [endpoint] } }));
        for (var i = 0; i < 20; i++) request.Tell(Message.FromText("hello"), TestActor);
        for (var i = 0; i < 20; i++) ExpectMsg<Message>(Patience);

        AwaitCondition(() => StatisticsOf("request") is { Sent: 20, Received: 20, Waiting: 0 }, Patience, "20 requests and replies of the request role");
        AwaitCondition(() => StatisticsOf("reply") is { Sent: 20, Received: 20, Waiting: 0 }, Patience, "20 requests and replies of the reply role");
    }

    [Fact]
    public void A_message_without_a_peer_waits_and_what_has_no_room_is_counted_by_its_reason()
    {
        var settings = Push("tcp://127.0.0.1:9") with { Outbound = new OutboundSettings(10, OverflowRule.DropNewest) };
        var (push, _) = Start(PushRole.Props(settings with { Socket = settings.Socket with { OutboundWindow = 5, SendHighWaterMark = 1 } }));
        var published = new ConcurrentQueue<MessagesDropped>();
        Sys.EventStream.Subscribe(Sys.ActorOf(Props.Create(() => new Collecting(published))), typeof(MessagesDropped));
        for (var i = 0; i < 100; i++) push.Tell(Message.FromText("m"), TestActor);

        AwaitCondition(() => StatisticsOf("push") is { } now && now.Waiting + now.Sent + now.DroppedInAll == 100, Patience, "100 messages that wait, were taken or are dropped");
        var dropped = StatisticsOf("push").Dropped;
        Assert.Equal([DropReason.QueueFullNewest], dropped.Keys);
        Assert.True(dropped[DropReason.QueueFullNewest] >= 80, $"{dropped[DropReason.QueueFullNewest]} messages were dropped");
        AwaitCondition(() => published.Sum(one => one.Count) == dropped[DropReason.QueueFullNewest], Patience, "as many dropped messages on the event stream as were counted");
    }

    [Fact]
    public void A_message_that_the_handler_fails_on_is_counted_as_dropped()
    {
        var (_, endpoint) = Start(Pull(AnyPort, Handler((_, _, _) => throw new InvalidOperationException("told to fail"))));
        var (push, _) = Start(PushRole.Props(Push(endpoint)));
        for (var i = 0; i < 3; i++) push.Tell(Message.FromText("m"), TestActor);

        AwaitCondition(() => StatisticsOf("pull").Dropped.GetValueOrDefault(DropReason.HandlerFailed) == 3, Patience, "three messages that the handler failed on");
        Assert.Equal(3, StatisticsOf("pull").Received);
    }

    [Fact]
    public void A_connection_that_is_made_again_is_counted_where_it_is_made()
    {
        var (first, endpoint) = Start(Pull(AnyPort));
        Start(PushRole.Props(Push(endpoint)));
        AwaitCondition(() => StatisticsOf("push") is { Peers: 1, Reconnects: 0 }, Patience, "the first connection");
        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first, Patience);
        AwaitCondition(() => StatisticsOf("push").Peers == 0, Patience, "the end of the first connection");
        Start(Pull(endpoint));

        AwaitCondition(() => StatisticsOf("push") is { Peers: 1, Reconnects: 1 }, Patience, "the connection made again");
        AwaitCondition(() => StatisticsOf("pull") is { Peers: 1 }, Patience, "the connection at the bound end");
        Assert.Equal(0, StatisticsOf("pull").Reconnects);
    }

    [Fact]
    public void A_bound_role_with_several_peers_counts_no_reconnects()
    {
        var (_, endpoint) = Start(Pull(AnyPort));
        for (var i = 0; i < 3; i++) Start(PushRole.Props(Push(endpoint) with { Name = $"push-{i}" }));

        AwaitCondition(() => StatisticsOf("pull").Peers == 3, Patience, "three peers");
        Assert.Equal(0, StatisticsOf("pull").Reconnects);
    }

    private sealed class Collecting : ReceiveActor
    {
        public Collecting(ConcurrentQueue<MessagesDropped> into) => Receive<MessagesDropped>(into.Enqueue);
    }
}
