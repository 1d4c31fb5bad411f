using Actors.Transport;
using Akka.Actor;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>The three roles together, over tcp in one process.</summary>
public sealed class AcknowledgedPipelineTests(ITestOutputHelper log) : RoleTestKit(log)
{
    private static readonly AcknowledgedSettings Quick = new() { Heartbeat = new HeartbeatSettings { Interval = TimeSpan.FromMilliseconds(100), Timeout = TimeSpan.FromSeconds(5) } };

    private static PushSettings Push(SocketSettings socket) =>
        new() { Name = "push", Socket = socket, Outbound = new OutboundSettings(100_000, OverflowRule.Backpressure), Acknowledged = Quick };

    private static PullSettings Pull(SocketSettings socket) => new() { Name = "pull", Socket = socket, Acknowledged = Quick };

    private static WorkerSettings Worker(string from, string to, int workers = 1) =>
        new() { Name = "worker", Pull = new SocketSettings { Connect = [from] }, Push = new SocketSettings { Connect = [to] }, Workers = workers, Acknowledged = Quick };

    private static Props Echo() => Handler((message, sender, self) => sender.Tell(message, self));

    private void AwaitLedger(IActorRef role, Func<LedgerCounts, bool> condition, string what)
    {
        var last = default(LedgerCounts);
        AwaitCondition(() => condition(last = LedgerOf(role)), Patience, TimeSpan.FromMilliseconds(20), $"the ledger did not come to: {what}");
    }

    private void ExpectNumbers(int count)
    {
        var seen = new HashSet<string>();
        for (var n = 0; n < count; n++) Assert.True(seen.Add(ExpectMsg<Message>(Patience).Text()), "a message came twice");
        Assert.Equal(Enumerable.Range(0, count).Select(n => $"{n}").Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Push_to_pull_whichever_end_binds(bool pushBinds)
    {
        IActorRef push, pull;
        string endpoint;
        if (pushBinds)
        {
            (push, endpoint) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] })));
            (pull, _) = Start(PullRole.Props(Pull(new SocketSettings { Connect = [endpoint] }), TellingTo(TestActor)));
        }
        else
        {
            (pull, endpoint) = Start(PullRole.Props(Pull(new SocketSettings { Bind = [AnyPort] }), TellingTo(TestActor)));
            (push, _) = Start(PushRole.Props(Push(new SocketSettings { Connect = [endpoint] })));
        }
        for (var n = 0; n < 1000; n++) push.Tell(Message.FromText($"{n}"));

        for (var n = 0; n < 1000; n++) Assert.Equal($"{n}", ExpectMsg<Message>(Patience).Text());
        AwaitLedger(push, counts => counts.Acknowledged == 1000, "1000 acknowledged");
        Assert.Equal(new ReceivedCounts(1000, 0, 0), ReceivedOf(pull));
    }

    [Fact]
    public void Push_worker_pull()
    {
        var (push, first) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] })));
        var (_, second) = Start(PullRole.Props(Pull(new SocketSettings { Bind = [AnyPort] }), TellingTo(TestActor)));
        var (worker, _) = Start(WorkerRole.Props(Worker(first, second, workers: 3), Echo()));
        for (var n = 0; n < 1000; n++) push.Tell(Message.FromText($"{n}"));

        ExpectNumbers(1000);
        AwaitLedger(push, counts => counts.Acknowledged == 1000, "1000 acknowledged");
        Assert.Equal(1000, LedgerOf(worker).Acknowledged);
        Assert.Equal(new ReceivedCounts(1000, 0, 0), ReceivedOf(worker));
    }

    [Fact]
    public void A_worker_acknowledges_only_what_was_acknowledged_downstream()
    {
        var gate = new ManualResetEventSlim();
        var (push, first) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] })));
        var receiver = TestActor;
        var (_, second) = Start(PullRole.Props(Pull(new SocketSettings { Bind = [AnyPort] }), Handler((message, _, _) =>
        {
            receiver.Tell(message);
            gate.Wait(Patience);
        })));
        var (worker, _) = Start(WorkerRole.Props(Worker(first, second), Echo()));
        push.Tell(Message.FromText("0"));

        // The pull end has it in hand and has not worked yet.
        ExpectMsg<Message>(Patience);
        Assert.Equal(1, LedgerOf(worker).Assigned);
        Assert.Equal(1, LedgerOf(push).Assigned);
        gate.Set();
        AwaitLedger(push, counts => counts.Acknowledged == 1, "1 acknowledged");
    }

    [Fact]
    public void A_task_without_a_result_is_acknowledged_and_one_with_several_when_all_are()
    {
        var (push, first) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] })));
        var (_, second) = Start(PullRole.Props(Pull(new SocketSettings { Bind = [AnyPort] }), TellingTo(TestActor)));
        Start(WorkerRole.Props(Worker(first, second), Handler((message, sender, self) =>
        {
            for (var n = 0; n < int.Parse(message.Text(), System.Globalization.CultureInfo.InvariantCulture); n++) sender.Tell(Message.FromText($"{n}"), self);
        })));
        push.Tell(Message.FromText("0"));
        push.Tell(Message.FromText("3"));

        ExpectNumbers(3);
        AwaitLedger(push, counts => counts.Acknowledged == 2, "2 acknowledged");
    }

    [Fact]
    public void What_a_stopped_worker_had_goes_to_another_and_nothing_is_lost_or_repeated()
    {
        var (push, first) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] })));
        var (pull, second) = Start(PullRole.Props(Pull(new SocketSettings { Bind = [AnyPort] }), TellingTo(TestActor)));
        var never = new ManualResetEventSlim();
        var taken = CreateTestProbe();
        // Takes its credit in tasks and finishes none of them.
        var (stuck, _) = Start(WorkerRole.Props(Worker(first, second) with { Name = "stuck" }, Handler((message, _, _) =>
        {
            taken.Ref.Tell(message);
            never.Wait(Patience);
        })));
        for (var n = 0; n < 1000; n++) push.Tell(Message.FromText($"{n}"));
        taken.ExpectMsg<Message>(Patience);
        AwaitLedger(push, counts => counts.Assigned == 16, "the stuck worker's credit used");

        // Its system messages come before what its handlers tell it, while the system's Stop goes by way of the guardian.
        ((IInternalActorRef)stuck).Stop();
        never.Set();
        Start(WorkerRole.Props(Worker(first, second), Echo()));

        ExpectNumbers(1000);
        AwaitLedger(push, counts => counts.Acknowledged == 1000, "1000 acknowledged");
        Assert.True(LedgerOf(push).Redelivered >= 15, LedgerOf(push).ToString());
        Assert.Equal(1000, ReceivedOf(pull).Received);
    }

    [Fact]
    public void A_slow_worker_gets_less()
    {
        var (push, first) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] })));
        var (_, second) = Start(PullRole.Props(Pull(new SocketSettings { Bind = [AnyPort] }), TellingTo(TestActor)));
        var gate = new ManualResetEventSlim();
        var (slow, _) = Start(WorkerRole.Props(
            Worker(first, second) with { Name = "slow", Acknowledged = Quick with { Credit = 5 } },
            Handler((message, sender, self) =>
            {
                gate.Wait(Patience);
                sender.Tell(message, self);
            })));
        Start(WorkerRole.Props(Worker(first, second), Echo()));
        for (var n = 0; n < 500; n++) push.Tell(Message.FromText($"{n}"));

        AwaitLedger(push, counts => counts.Acknowledged >= 495, "all acknowledged that the slow worker does not hold");
        Assert.InRange(ReceivedOf(slow).Received, 0, 5);
        gate.Set();
        ExpectNumbers(500);
    }

    [Fact]
    public void A_task_that_fails_again_and_again_is_dead_lettered_with_its_history()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(TaskDeadLettered));
        var receiver = TestActor;
        var (push, endpoint) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] }) with { Acknowledged = Quick with { MaxTries = 3 } }));
        Start(PullRole.Props(Pull(new SocketSettings { Connect = [endpoint] }), Handler((message, _, _) =>
        {
            if (message.Text() == "bad") throw new InvalidOperationException("cannot be eaten");
            receiver.Tell(message);
        })));
        push.Tell(Message.FromText("bad"));
        push.Tell(Message.FromText("good"));

        var dead = FishForMessage<TaskDeadLettered>(_ => true, Patience, "the dead letter");
        Assert.Equal(("push", "bad"), (dead.Role, dead.Payload.Text()));
        Assert.Equal([1, 2, 3], dead.History.Select(one => one.Number));
        Assert.All(dead.History, one => Assert.Equal((TryOutcome.Returned, "cannot be eaten"), (one.Outcome, one.Detail)));
        AwaitLedger(push, counts => counts is { Acknowledged: 1, DeadLettered: 1, Outstanding: 0 }, "one acknowledged, one dead-lettered");
    }

    [Fact]
    public void A_failed_task_does_not_take_its_neighbours_along()
    {
        var receiver = TestActor;
        var failedOnce = new HashSet<string>();
        var (push, endpoint) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] })));
        Start(PullRole.Props(Pull(new SocketSettings { Connect = [endpoint] }), Handler((message, _, _) =>
        {
            if (message.Text().EndsWith('7') && failedOnce.Add(message.Text())) throw new InvalidOperationException("the first time");
            receiver.Tell(message);
        })));
        for (var n = 0; n < 200; n++) push.Tell(Message.FromText($"{n}"));

        ExpectNumbers(200);
        AwaitLedger(push, counts => counts.Acknowledged == 200, "200 acknowledged");
        Assert.Equal(20, LedgerOf(push).Redelivered);
    }

    [Fact]
    public void A_task_that_outruns_its_deadline_is_sent_again_and_done_once()
    {
        var gate = new ManualResetEventSlim();
        var receiver = TestActor;
        var (push, endpoint) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] }) with { Acknowledged = Quick with { TaskDeadline = TimeSpan.FromMilliseconds(200), MaxTries = int.MaxValue } }));
        var (pull, _) = Start(PullRole.Props(Pull(new SocketSettings { Connect = [endpoint] }), Handler((message, _, _) =>
        {
            gate.Wait(Patience);
            receiver.Tell(message);
        })));
        push.Tell(Message.FromText("0"));

        AwaitLedger(push, counts => counts.Redelivered >= 1, "sent again");
        AwaitCondition(() => ReceivedOf(pull).Repeats >= 1, Patience);
        gate.Set();
        ExpectNumbers(1);
        AwaitLedger(push, counts => counts.Acknowledged == 1, "1 acknowledged");
        Assert.Equal(1, ReceivedOf(pull).Received);
    }

    [Fact]
    public async Task More_than_the_capacity_is_refused_and_not_in_the_ledger()
    {
        var (push, _) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] }) with { Outbound = new OutboundSettings(2, OverflowRule.Fail) }));
        push.Tell(Message.FromText("0"));
        push.Tell(Message.FromText("1"));

        await Assert.ThrowsAsync<OutboundOverflowException>(() => push.Ask<Message>(Message.FromText("2"), Patience));
        Assert.Equal((2, 2), (LedgerOf(push).Accepted, LedgerOf(push).Waiting));
    }

    [Fact]
    public void Rules_that_drop_are_not_for_an_acknowledged_push() => Assert.Equal(
        "outbound.overflow",
        Assert.Throws<SocketSettingsException>(() => (Push(new SocketSettings { Bind = [AnyPort] }) with { Outbound = new OutboundSettings(1, OverflowRule.DropOldest) }).Validate()).Option);
}
