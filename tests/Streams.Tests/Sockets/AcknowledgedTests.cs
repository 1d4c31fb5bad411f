using Actors;
using Actors.Streams;
using Actors.Transport;
using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.TestKit;
using Xunit.Abstractions;

namespace Streams.Tests.Sockets;

public sealed class AcknowledgedTests(ITestOutputHelper log) : StreamTestKit(log)
{
    private static readonly AcknowledgedSettings Quick = new() { Heartbeat = new HeartbeatSettings { Interval = TimeSpan.FromMilliseconds(50), Timeout = TimeSpan.FromSeconds(5) } };

    private static readonly PullSettings Pull = new() { Name = "pull", Socket = new SocketSettings { Connect = [] }, Acknowledged = Quick };

    private static readonly PushSettings Push = new() { Name = "push", Socket = Bound, Acknowledged = Quick };

    /// <summary>A sink that binds, so that sources come and go.</summary>
    private async Task<(TestPublisher.Probe<Message> In, SinkRole Role, string Endpoint)> RunSink(PushSettings? settings = null, TimeSpan? limit = null)
    {
        var (probe, role) = this.SourceProbe<Message>().ToMaterialized(ZmqSink.Push(settings ?? Push, limit ?? Patience), Keep.Both).Run(Materializer);
        return (probe, role, await EndpointOf(role));
    }

    private (SourceRole Role, TestSubscriber.Probe<Delivery> Out) RunSource(string endpoint, string name = "pull", int credit = 4096, TimeSpan? limit = null) =>
        ZmqSource.AcknowledgedPull(Pull with { Name = name, Socket = ConnectedTo(endpoint), Acknowledged = Quick with { Credit = credit } }, limit ?? Patience)
            .ToMaterialized(this.SinkProbe<Delivery>(), Keep.Both).Run(Materializer);

    private static void Send(TestPublisher.Probe<Message> probe, int count)
    {
        foreach (var message in Numbers(count)) probe.SendNext(message);
    }

    private async Task<LedgerCounts> LedgerWhen(SinkRole role, Func<LedgerCounts, bool> condition, string missing) =>
        (await StatusWhen(role, status => status.Ledger is { } ledger && condition(ledger), missing)).Ledger!.Value;

    [Fact]
    public async Task A_sink_completes_when_everything_is_acknowledged()
    {
        var push = Source.From(Numbers(5_000)).ToMaterialized(ZmqSink.Push(Push, Patience), Keep.Right).Run(Materializer);
        var seen = ZmqSource.AcknowledgedPull(Pull with { Socket = ConnectedTo(await EndpointOf(push)) })
            .Select(delivery =>
            {
                Assert.True(delivery.Acknowledge());
                return delivery.Message;
            })
            .Take(5_000).RunWith(Sink.Seq<Message>(), Materializer);

        Assert.Equal(Numbers(5_000), await Within(seen, "5,000 tasks have not come"));
        var end = await EndOf(push);
        Assert.Equal((5_000, 0, 5_000L), (end.Accepted, end.Undelivered, end.Ledger!.Value.Acknowledged));
    }

    [Fact]
    public async Task Deliveries_are_settled_in_any_order_and_from_any_thread()
    {
        var push = Source.From(Numbers(500)).ToMaterialized(ZmqSink.Push(Push, Patience), Keep.Right).Run(Materializer);
        var done = ZmqSource.AcknowledgedPull(Pull with { Socket = ConnectedTo(await EndpointOf(push)) })
            .SelectAsyncUnordered(8, delivery => Task.Run(delivery.Acknowledge)).Take(500).RunWith(Sink.Seq<bool>(), Materializer);

        Assert.DoesNotContain(false, await Within(done, "500 tasks have not come"));
        var end = await EndOf(push);
        Assert.Equal((0, 500L, 0L), (end.Undelivered, end.Ledger!.Value.Acknowledged, end.Ledger!.Value.Redelivered));
    }

    [Fact]
    public async Task The_sink_does_not_complete_while_a_delivery_is_not_settled()
    {
        var (source, push, endpoint) = await RunSink();
        var (_, probe) = RunSource(endpoint);
        Send(source, 2);
        source.SendComplete();
        var deliveries = Take(probe, 2);
        deliveries[1].Acknowledge();
        await LedgerWhen(push, ledger => ledger.Acknowledged == 1, "the second is acknowledged");
        Assert.False(push.Completion.IsCompleted);

        deliveries[0].Acknowledge();

        Assert.Equal(2, (await EndOf(push)).Ledger!.Value.Acknowledged);
    }

    [Fact]
    public async Task What_is_not_acknowledged_within_the_limit_is_told_by_the_ledger()
    {
        var (source, push, endpoint) = await RunSink(limit: TimeSpan.FromMilliseconds(50));
        var (_, probe) = RunSource(endpoint);
        Send(source, 3);
        Take(probe, 3)[0].Acknowledge();
        await LedgerWhen(push, ledger => ledger.Acknowledged == 1, "the first is acknowledged");

        source.SendComplete();

        var end = await EndOf(push);
        Assert.Equal((3, 2, 1L, 2L), (end.Accepted, end.Undelivered, end.Ledger!.Value.Acknowledged, end.Ledger!.Value.Outstanding));
    }

    [Fact]
    public async Task A_rejected_delivery_comes_again_until_its_tries_are_over()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(TaskDeadLettered));
        var (source, push, endpoint) = await RunSink(Push with { Acknowledged = Quick with { MaxTries = 2 } });
        var (_, probe) = RunSource(endpoint);
        Send(source, 1);
        source.SendComplete();

        var first = Take(probe, 1)[0];
        Assert.True(first.Reject("the disk is full"));
        Assert.False(first.Acknowledge());
        var second = Take(probe, 1)[0];
        Assert.Equal(first.Id, second.Id);
        second.Reject("still full");

        Assert.Equal("still full", ExpectMsg<TaskDeadLettered>(Patience).History[^1].Detail);
        var end = await EndOf(push);
        Assert.Equal((1, 1L), (end.Undelivered, end.Ledger!.Value.DeadLettered));
    }

    [Fact]
    public async Task Deliveries_that_are_not_settled_hold_the_sender_at_its_credit()
    {
        var (source, push, endpoint) = await RunSink();
        var (pull, probe) = RunSource(endpoint, credit: 5);
        Send(source, 20);

        var held = Take(probe, 5);
        var ledger = await LedgerWhen(push, ledger => ledger.Assigned == 5, "5 tasks are with the source");
        Assert.Equal(15, ledger.Waiting);
        Assert.Equal(5, (await StatusOf(pull)).Tasks!.InHand);

        probe.Request(1);
        held[3].Acknowledge();
        probe.ExpectNext(Patience);
        ledger = await LedgerWhen(push, ledger => ledger.Acknowledged == 1, "one is acknowledged");
        Assert.Equal((14, 5), (ledger.Waiting, ledger.Assigned));
    }

    [Fact]
    public async Task A_source_without_demand_holds_a_sink_at_its_capacity()
    {
        var asked = 0;
        var push = Source.From(Numbers(1_000)).Select(message =>
        {
            Interlocked.Increment(ref asked);
            return message;
        }).ToMaterialized(ZmqSink.Push(Push with { Outbound = new OutboundSettings(50, OverflowRule.Backpressure) }, Patience), Keep.Right).Run(Materializer);
        var (_, probe) = RunSource(await EndpointOf(push), credit: 10);

        await LedgerWhen(push, ledger => ledger.Outstanding == 50 && ledger.Assigned == 10, "the ledger is full");
        Assert.InRange(Volatile.Read(ref asked), 50, 51);

        for (var i = 0; i < 1_000; i++) Take(probe, 1)[0].Acknowledge();
        Assert.Equal(1_000, (await EndOf(push)).Ledger!.Value.Acknowledged);
    }

    [Fact]
    public async Task A_downstream_that_cancels_can_still_settle_what_it_has_and_the_rest_goes_to_another()
    {
        var (source, push, endpoint) = await RunSink(Push with { Acknowledged = Quick with { MaxTries = 1 } });
        var (first, one) = RunSource(endpoint, "one");
        Send(source, 10);
        source.SendComplete();
        var held = Take(one, 3);
        await StatusWhen(first, status => status.Tasks!.InHand == 10, "10 tasks are with the first source");

        one.Cancel();
        var (_, two) = RunSource(endpoint, "two");
        var others = Take(two, 7);
        foreach (var delivery in others) delivery.Acknowledge();
        foreach (var delivery in held) delivery.Acknowledge();

        var end = await EndOf(push);
        // No try of the others was used up, or one would be dead-lettered.
        Assert.Equal((0, 10L), (end.Undelivered, end.Ledger!.Value.Acknowledged));
        Assert.Equal(Numbers(10), held.Concat(others).Select(delivery => delivery.Message));
    }

    [Fact]
    public async Task What_a_cancelled_downstream_does_not_settle_in_time_goes_to_another()
    {
        var (source, push, endpoint) = await RunSink();
        var (_, one) = RunSource(endpoint, "one", limit: TimeSpan.FromMilliseconds(50));
        Send(source, 3);
        source.SendComplete();
        var held = Take(one, 3);

        one.Cancel();
        var (_, two) = RunSource(endpoint, "two");
        foreach (var delivery in Take(two, 3)) delivery.Acknowledge();

        Assert.Equal(3, (await EndOf(push)).Ledger!.Value.Acknowledged);
        Assert.True(held[0].Acknowledge());
    }

    [Fact]
    public async Task What_a_failing_stream_had_goes_to_another()
    {
        var (source, push, endpoint) = await RunSink();
        var (_, failed) = ZmqSource.AcknowledgedPull(Pull with { Name = "one", Socket = ConnectedTo(endpoint) }, Patience)
            .Select(delivery => delivery.Message.Text() == "5" ? throw new InvalidOperationException("told to fail") : delivery.Acknowledge())
            .ToMaterialized(Sink.Ignore<bool>(), Keep.Both).Run(Materializer);
        Send(source, 10);
        source.SendComplete();
        await Assert.ThrowsAsync<InvalidOperationException>(() => failed.WaitAsync(Patience));

        var (_, two) = RunSource(endpoint, "two");
        var others = Take(two, 5);
        foreach (var delivery in others) delivery.Acknowledge();

        Assert.Equal(["5", "6", "7", "8", "9"], others.Select(delivery => delivery.Message.Text()).Order(StringComparer.Ordinal));
        Assert.Equal(10, (await EndOf(push)).Ledger!.Value.Acknowledged);
    }

    [Fact]
    public async Task Drain_takes_no_more_tasks_and_completes_when_all_are_settled()
    {
        var (source, push, endpoint) = await RunSink();
        var (pull, one) = RunSource(endpoint, "one");
        Send(source, 10);
        source.SendComplete();
        var held = Take(one, 4);
        await StatusWhen(pull, status => status.Tasks!.InHand == 10, "10 tasks are with the source");

        var drained = pull.Drain(Patience);
        await LedgerWhen(push, ledger => ledger.Waiting == 6, "6 tasks are given back");
        Assert.False(drained.IsCompleted);
        foreach (var delivery in held) delivery.Acknowledge();

        await Within(drained, "the source has not drained");
        one.ExpectComplete();
        await LedgerWhen(push, ledger => ledger.Acknowledged == 4, "4 tasks are acknowledged");
    }
}
