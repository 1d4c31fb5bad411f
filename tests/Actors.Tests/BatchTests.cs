using Actors.Transport;
using Akka.Actor;
using Akka.TestKit;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>Producers that tell a role batches, and handlers that are told batches.</summary>
public sealed class BatchTests(ITestOutputHelper log) : RoleTestKit(log)
{
    private const int Batches = 50;
    private const int BatchSize = 37;
    private const int Messages = Batches * BatchSize;

    private static readonly AcknowledgedSettings Acknowledged = new() { MaxTries = 2 };

    private static PullSettings Pull() => new() { Name = "pull", Socket = new SocketSettings { Bind = [AnyPort] } };

    private static PushSettings Push(SocketSettings socket) => new() { Name = "push", Socket = socket, Outbound = new OutboundSettings(10_000, OverflowRule.Backpressure) };

    private static SocketSettings To(string endpoint) => new() { Connect = [endpoint] };

    private static MessageBatch Numbers(int first, int count) => new([.. Enumerable.Range(first, count).Select(n => Message.FromText($"{n}"))]);

    private static void TellNumbers(IActorRef role)
    {
        for (var n = 0; n < Messages; n += BatchSize) role.Tell(Numbers(n, BatchSize));
    }

    private static Props BatchesTo(IActorRef receiver) => Props.Create(() => new BatchHandler(receiver));

    private void ExpectBatchesOfNumbers() => ExpectBatchesOfNumbers(this);

    private static void ExpectBatchesOfNumbers(TestKitBase receiver)
    {
        for (var next = 0; next < Messages;)
            foreach (var message in receiver.ExpectMsg<MessageBatch>(Patience)) Assert.Equal($"{next++}", message.Text());
    }

    [Fact]
    public void Batches_arrive_in_order_as_single_messages_at_a_handler_of_single_messages()
    {
        var (_, endpoint) = Start(PullRole.Props(Pull(), TellingTo(TestActor)));
        var (push, _) = Start(PushRole.Props(Push(To(endpoint))));

        TellNumbers(push);

        for (var n = 0; n < Messages; n++) Assert.Equal($"{n}", ExpectMsg<Message>(Patience).Text());
    }

    [Fact]
    public void Single_messages_and_batches_keep_their_order_up_to_a_handler_of_batches()
    {
        var (_, endpoint) = Start(PullRole.Props(Pull(), BatchesTo(TestActor)));
        var (push, _) = Start(PushRole.Props(Push(To(endpoint))));

        for (var n = 0; n < Messages; n += BatchSize)
        {
            push.Tell(Message.FromText($"{n}"));
            push.Tell(Numbers(n + 1, BatchSize - 1));
        }

        ExpectBatchesOfNumbers();
    }

    [Fact]
    public void A_handler_of_batches_holds_the_socket_to_its_window()
    {
        var held = new ManualResetEventSlim();
        var (pull, endpoint) = Start(PullRole.Props(Pull() with { InboundWindow = 10 }, Props.Create(() => new HeldHandler(held))));
        var (push, _) = Start(PushRole.Props(Push(To(endpoint))));
        WatchDrops();

        TellNumbers(push);
        AwaitCondition(() => StatusOf(pull).Received == 10, Patience);
        held.Set();

        AwaitCondition(() => StatusOf(pull).Received == Messages, Patience);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_failing_handler_loses_and_counts_its_whole_batch_and_nothing_else()
    {
        WatchDrops();
        var (_, endpoint) = Start(PullRole.Props(Pull(), BatchesTo(TestActor)));
        var (push, _) = Start(PushRole.Props(Push(To(endpoint))));

        TellNumbers(push);
        push.Tell(new MessageBatch(Message.FromText("bad"), Message.FromText("beside it")));
        TellNumbers(push);

        long dropped = 0;
        var told = 0;
        while (told + dropped < (2 * Messages) + 2)
        {
            switch (ReceiveOne(Patience))
            {
                case MessageBatch batch: told += batch.Count; break;
                case MessagesDropped { Reason: DropReason.HandlerFailed, Source: "pull" } lost: dropped += lost.Count; break;
                case var other: Assert.Fail($"{told} messages and {dropped} drops came, and then {other ?? "nothing"}"); break;
            }
        }
        Assert.Equal((2 * Messages) + 2, told + dropped);
        Assert.True(dropped >= 1, "the failure was not counted");
    }

    [Theory]
    [InlineData(OverflowRule.DropNewest, DropReason.QueueFullNewest, 5)]
    [InlineData(OverflowRule.DropOldest, DropReason.QueueFullOldest, 5)]
    [InlineData(OverflowRule.Fail, DropReason.Refused, 15)]
    [InlineData(OverflowRule.Backpressure, DropReason.Refused, 15)]
    public void A_batch_at_a_full_queue_follows_the_rule_and_is_refused_only_as_a_whole(OverflowRule rule, DropReason reason, int drops)
    {
        var settings = Push(new SocketSettings { Bind = [AnyPort], OutboundWindow = 10 }) with { Outbound = new OutboundSettings(10, rule) };
        var (push, _) = Start(PushRole.Props(settings));
        WatchDrops();
        push.Tell(Numbers(0, 10), TestActor);
        AwaitCondition(() => StatusOf(push).Waiting == 10, Patience);

        push.Tell(Numbers(10, 15), TestActor);

        Assert.Equal(drops, ExpectDropped(reason).Count);
        if (reason == DropReason.Refused) Assert.IsType<OutboundOverflowException>(ExpectMsg<Status.Failure>(Patience).Cause);
        Assert.Equal(drops, StatusOf(push).Dropped);
    }

    [Fact]
    public void A_producer_of_batches_is_granted_demand_again()
    {
        var (_, endpoint) = Start(PullRole.Props(Pull(), BatchesTo(TestActor)));
        var (push, _) = Start(PushRole.Props(Push(To(endpoint)) with { Outbound = new OutboundSettings(BatchSize, OverflowRule.Backpressure) }));

        Sys.ActorOf(Props.Create(() => new BatchProducer(push)));

        ExpectBatchesOfNumbers();
    }

    [Fact]
    public void A_subscriber_is_told_batches()
    {
        var (publish, endpoint) = Start(PublishRole.Props(new PublishSettings { Name = "publish", Socket = new SocketSettings { Bind = [AnyPort] }, Outbound = new OutboundSettings(10_000, OverflowRule.Backpressure) }));
        Start(SubscribeRole.Props(new SubscribeSettings { Name = "subscribe", Socket = To(endpoint), Topics = [""] }, BatchesTo(TestActor)));

        publish.Tell(Numbers(0, BatchSize));

        for (var next = 0; next < BatchSize;)
            foreach (var message in ExpectMsg<MessageBatch>(Patience)) Assert.Equal($"{next++}", message.Text());
    }

    [Fact]
    public void A_retained_subscriber_is_told_batches_of_what_it_missed()
    {
        var settings = new PublishSettings
        {
            Name = "publish",
            Socket = new SocketSettings { Bind = [AnyPort] },
            Retained = new RetainedSettings { Socket = new SocketSettings { Bind = [AnyPort] } },
        };
        var publish = Sys.ActorOf(PublishRole.Props(settings));
        publish.Tell(WhenReady.Instance, TestActor);
        var endpoint = ExpectMsg<RoleReady>(Patience).Endpoints[1];
        TellNumbers(publish);

        var receiver = CreateTestProbe();
        var (subscribe, _) = Start(SubscribeRole.Props(new SubscribeSettings { Name = "subscribe", Socket = To(endpoint), Topics = [""], InboundWindow = 100, Retained = new() }, BatchesTo(receiver.Ref)));

        ExpectBatchesOfNumbers(receiver);
        Assert.Equal(Messages, StatusOf(subscribe).Subscription!.Received);
    }

    [Fact]
    public void Acknowledged_tasks_are_done_when_their_batch_is()
    {
        var (pull, endpoint) = Start(PullRole.Props(Pull() with { Acknowledged = Acknowledged }, BatchesTo(TestActor)));
        var (push, _) = Start(PushRole.Props(Push(To(endpoint)) with { Acknowledged = Acknowledged }));

        TellNumbers(push);

        ExpectBatchesOfNumbers();
        AwaitCondition(() => LedgerOf(push).Acknowledged == Messages, Patience);
        Assert.Equal(new ReceivedCounts(Messages, 0, 0), ReceivedOf(pull));
    }

    [Fact]
    public void A_batch_that_its_handler_fails_on_is_given_back_as_a_whole()
    {
        var (_, endpoint) = Start(PullRole.Props(Pull() with { Acknowledged = Acknowledged }, BatchesTo(TestActor)));
        var (push, _) = Start(PushRole.Props(Push(To(endpoint)) with { Acknowledged = Acknowledged }));
        Sys.EventStream.Subscribe(TestActor, typeof(TaskDeadLettered));

        push.Tell(new MessageBatch(Message.FromText("bad"), Message.FromText("beside it")));

        var dead = new[] { ExpectMsg<TaskDeadLettered>(Patience), ExpectMsg<TaskDeadLettered>(Patience) };
        Assert.All(dead, task => Assert.All(task.History, ended => Assert.Equal(TryOutcome.Returned, ended.Outcome)));
        Assert.Equal(2, LedgerOf(push).DeadLettered);
    }

    private sealed class BatchHandler : ReceiveActor, IReceiveBatches
    {
        public BatchHandler(IActorRef receiver) => Receive<MessageBatch>(batch =>
        {
            if (batch.Any(message => message.Text() == "bad")) throw new InvalidOperationException("a bad message");
            receiver.Tell(batch);
        });
    }

    private sealed class HeldHandler : ReceiveActor, IReceiveBatches
    {
        public HeldHandler(ManualResetEventSlim held) => Receive<MessageBatch>(_ => held.Wait(Patience));
    }

    private sealed class BatchProducer : ReceiveActor
    {
        private int _next;

        public BatchProducer(IActorRef role)
        {
            role.Tell(RegisterProducer.Instance);
            Receive<Demand>(demand =>
            {
                var count = Math.Min(demand.Messages, Messages - _next);
                if (count == 0) return;
                role.Tell(Numbers(_next, count));
                _next += count;
            });
        }
    }
}
