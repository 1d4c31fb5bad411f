using System.Collections.Concurrent;
using Actors.Transport;
using Akka.Actor;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>Push and pull roles with journals, over tcp in one process; a stopped role's successor stands for a restarted host.</summary>
public sealed class JournalledPipelineTests(ITestOutputHelper log) : JournalTestKit(log)
{
    private static readonly AcknowledgedSettings Quick = new() { Heartbeat = new HeartbeatSettings { Interval = TimeSpan.FromMilliseconds(100), Timeout = TimeSpan.FromSeconds(5) } };

    private PushSettings Push(SocketSettings socket, int capacity = 10_000) => new()
    {
        Name = "push",
        Socket = socket,
        Outbound = new OutboundSettings(capacity, OverflowRule.Backpressure),
        Acknowledged = Quick,
        Journal = new JournalSettings(PathOf("push.journal")) { RetryInterval = TimeSpan.FromMilliseconds(20), RetryIntervalMax = TimeSpan.FromMilliseconds(50) },
    };

    private PullSettings Pull(SocketSettings socket) =>
        new() { Name = "pull", Socket = socket, Acknowledged = Quick, Journal = new JournalSettings(PathOf("pull.journal")) };

    private void AwaitLedger(IActorRef role, Func<LedgerCounts, bool> condition, string what) =>
        AwaitCondition(() => condition(LedgerOf(role)), Patience, TimeSpan.FromMilliseconds(20), $"the ledger did not come to: {what}");

    private void StopAndWait(IActorRef role)
    {
        Watch(role);
        Sys.Stop(role);
        FishForMessage<Terminated>(ended => ended.ActorRef.Equals(role), Patience, "the role's end");
    }

    private void ExpectTexts(IEnumerable<string> expected)
    {
        var missing = expected.ToHashSet();
        while (missing.Count > 0)
        {
            var text = FishForMessage<Message>(_ => true, Patience, $"one of {missing.Count} messages").Text();
            Assert.True(missing.Remove(text), $"\"{text}\" came twice, or was not expected");
        }
    }

    [Fact]
    public void What_a_stopped_push_role_had_not_got_rid_of_its_successor_sends()
    {
        var (push, _) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] })));
        for (var n = 0; n < 500; n++) push.Tell(Message.FromText($"{n}"));
        AwaitLedger(push, counts => counts.Accepted == 500, "500 accepted");
        StopAndWait(push);

        var (again, endpoint) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] })));
        Assert.Equal((500, 500), (LedgerOf(again).Accepted, LedgerOf(again).Waiting));
        again.Tell(Message.FromText("new"));
        Start(PullRole.Props(Pull(new SocketSettings { Connect = [endpoint] }), TellingTo(TestActor)));
        ExpectTexts([.. Enumerable.Range(0, 500).Select(n => $"{n}"), "new"]);
        AwaitLedger(again, counts => counts.Acknowledged == 501, "501 acknowledged");
        StopAndWait(again);

        // What has ended stays ended, and is still counted.
        var (third, _) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] })));
        Assert.Equal((501, 501, 0), (LedgerOf(third).Accepted, LedgerOf(third).Acknowledged, LedgerOf(third).Outstanding));
    }

    [Fact]
    public void Messages_told_before_the_journal_is_open_are_accepted_when_it_is()
    {
        var push = Sys.ActorOf(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] })));
        for (var n = 0; n < 10; n++) push.Tell(Message.FromText($"{n}"));
        AwaitLedger(push, counts => counts.Accepted == 10, "10 accepted");
        StopAndWait(push);

        var again = Sys.ActorOf(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] })));
        for (var n = 10; n < 20; n++) again.Tell(Message.FromText($"{n}"));
        again.Tell(WhenReady.Instance, TestActor);
        var endpoint = ExpectMsg<RoleReady>(Patience).Endpoints[0];
        Start(PullRole.Props(Pull(new SocketSettings { Connect = [endpoint] }), TellingTo(TestActor)));
        ExpectTexts(Enumerable.Range(0, 20).Select(n => $"{n}"));
    }

    [Fact]
    public void A_task_keeps_its_tries_and_their_history()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(TaskDeadLettered));
        var settings = Push(new SocketSettings { Bind = [AnyPort] }) with { Acknowledged = Quick with { MaxTries = 3 } };
        var failures = 0;
        var failed = CreateTestProbe();
        // Fails twice, and then holds the task for good.
        var never = new ManualResetEventSlim();
        var failing = Handler((_, _, _) =>
        {
            if (Interlocked.Increment(ref failures) <= 2) throw new InvalidOperationException($"failure {failures}");
            failed.Ref.Tell("twice");
            never.Wait(Patience);
        });
        var (push, endpoint) = Start(PushRole.Props(settings));
        var (pull, _) = Start(PullRole.Props(Pull(new SocketSettings { Connect = [endpoint] }), failing));
        push.Tell(Message.FromText("bad"));
        failed.ExpectMsg("twice", Patience);
        StopAndWait(push);
        Sys.Stop(pull);
        never.Set();

        var (_, second) = Start(PushRole.Props(settings));
        Start(PullRole.Props(Pull(new SocketSettings { Connect = [second] }) with { Journal = null }, Handler((_, _, _) => throw new InvalidOperationException("the last"))));
        var dead = FishForMessage<TaskDeadLettered>(_ => true, Patience, "the dead letter");
        Assert.Equal(["failure 1", "failure 2", "the last"], dead.History.Select(one => one.Detail));
        Assert.Equal([1, 2, 3], dead.History.Select(one => one.Number));
    }

    [Fact]
    public void A_producer_is_told_where_to_begin_and_what_is_stored()
    {
        var (push, _) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] })));
        push.Tell(new RegisterProducer("numbers"), TestActor);
        Assert.Null(ExpectMsg<BeginBehind>(Patience).Position);
        Assert.Equal(10_000, ExpectMsg<Demand>(Patience).Messages);
        for (var n = 1; n <= 100; n++) push.Tell(new SourceMessage(Message.FromText($"{n}"), n * 10), TestActor);
        FishForMessage<StoredUpTo>(stored => stored.Position == 1000, Patience, "the last position stored");
        Assert.Equal(100, LedgerOf(push).Accepted);
        StopAndWait(push);

        var (again, _) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] })));
        // Not registered with this role yet: it is told to begin behind 1000, and sends it then.
        again.Tell(new SourceMessage(Message.FromText("stray"), 1010), TestActor);
        again.Tell(new RegisterProducer("others"), CreateTestProbe().Ref);
        again.Tell(new RegisterProducer("numbers"), TestActor);
        Assert.Equal(1000, ExpectMsg<BeginBehind>(Patience).Position);
        Assert.Equal(100, LedgerOf(again).Accepted);
    }

    [Fact]
    public void A_role_without_a_journal_asks_no_producer_to_begin_anywhere()
    {
        var (push, _) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] }) with { Journal = null }));
        push.Tell(new RegisterProducer("numbers"), TestActor);
        ExpectMsg<Demand>(Patience);
    }

    [Fact]
    public void A_restarted_pull_role_drops_repeats_of_what_was_recorded()
    {
        var (pull, _) = Start(PullRole.Props(Pull(new SocketSettings { Bind = [AnyPort] }), TellingTo(TestActor)));
        StopAndWait(pull);
        // A push role whose journal does not hear of the acknowledgements sends everything again.
        var (first, endpoint) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] })));
        for (var n = 0; n < 200; n++) first.Tell(Message.FromText($"{n}"));
        AwaitLedger(first, counts => counts.Accepted == 200, "200 accepted");
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(PathOf("x"))!, "push.journal*")) File.Copy(file, file.Replace("push.journal", "copy.journal", StringComparison.Ordinal));
        var (doing, _) = Start(PullRole.Props(Pull(new SocketSettings { Connect = [endpoint] }), TellingTo(TestActor)));
        ExpectTexts(Enumerable.Range(0, 200).Select(n => $"{n}"));
        AwaitLedger(first, counts => counts.Acknowledged == 200, "200 acknowledged");
        StopAndWait(doing);
        StopAndWait(first);

        var (copy, second) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] }) with { Journal = new JournalSettings(PathOf("copy.journal")) }));
        Assert.Equal(200, LedgerOf(copy).Waiting);
        var (again, _) = Start(PullRole.Props(Pull(new SocketSettings { Connect = [second] }), TellingTo(TestActor)));
        AwaitLedger(copy, counts => counts.Acknowledged == 200, "200 acknowledged");
        Assert.Equal(new ReceivedCounts(200, 0, 200), ReceivedOf(again));
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_handler_that_is_told_the_ids_knows_a_task_that_its_predecessor_had_done_unrecorded()
    {
        var (push, endpoint) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] })));
        var done = new ConcurrentDictionary<TaskId, string>();
        var told = CreateTestProbe();
        var handler = Props.Create(() => new RecordingHandler(done, told.Ref));
        var settings = Pull(new SocketSettings { Connect = [endpoint] }) with { TellTaskIds = true };
        // Fails after its work, so nothing goes on record.
        done.TryAdd(default, "fail");
        var (first, _) = Start(PullRole.Props(settings, handler));
        for (var n = 0; n < 10; n++) push.Tell(Message.FromText($"{n}"));
        for (var n = 0; n < 10; n++) told.ExpectMsg("done", Patience);
        StopAndWait(first);
        done.TryRemove(default, out _);

        var (second, _) = Start(PullRole.Props(settings, handler));
        AwaitLedger(push, counts => counts.Acknowledged == 10, "10 acknowledged");
        Assert.Equal(10, ReceivedOf(second).Received);
        // Told again, and not done again.
        Assert.Equal(Enumerable.Range(0, 10).Select(n => $"{n}"), done.Values.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_successor_of_a_push_role_gives_no_id_again()
    {
        var ids = new HashSet<TaskId>();
        var (pull, endpoint) = Start(PullRole.Props(Pull(new SocketSettings { Bind = [AnyPort] }) with { TellTaskIds = true }, Props.Create(() => new ForwardingHandler(TestActor))));
        for (var run = 0; run < 3; run++)
        {
            var (push, _) = Start(PushRole.Props(Push(new SocketSettings { Connect = [endpoint] })));
            for (var n = 0; n < 10; n++) push.Tell(Message.FromText("same"));
            for (var n = 0; n < 10; n++) Assert.True(ids.Add(ExpectMsg<ReceivedTask>(Patience).Id), "an id came twice");
            AwaitLedger(push, counts => counts.Acknowledged == 10 * (run + 1), "all acknowledged");
            StopAndWait(push);
        }
        Assert.Equal(30, ReceivedOf(pull).Received);
    }

    [Fact]
    public void A_full_journal_holds_the_producer_back_and_goes_on_when_there_is_room()
    {
        var events = CreateTestProbe();
        Sys.EventStream.Subscribe(events.Ref, typeof(JournalFailed));
        Sys.EventStream.Subscribe(events.Ref, typeof(JournalRecovered));
        var settings = Push(new SocketSettings { Bind = [AnyPort] }, capacity: 200);
        var (push, endpoint) = Start(PushRole.Props(settings with { Journal = settings.Journal! with { MaxSize = 64 * 1024 } }));
        var producer = CreateTestProbe();
        push.Tell(RegisterProducer.Instance, producer.Ref);
        var demand = producer.ExpectMsg<Demand>(Patience).Messages;
        Assert.Equal(200, demand);
        for (var n = 0; n < demand; n++) push.Tell(new Message(new byte[1000]), producer.Ref);

        var failed = events.FishForMessage<JournalFailed>(_ => true, Patience, "the journal's failure");
        Assert.Equal("push", failed.Role);
        Assert.Contains("push.journal has no room", failed.Cause.Message, StringComparison.Ordinal);
        Assert.InRange(LedgerOf(push).Accepted, 10, 60);
        producer.ExpectNoMsg(TimeSpan.Zero);

        var received = CreateTestProbe();
        Start(PullRole.Props(Pull(new SocketSettings { Connect = [endpoint] }), TellingTo(received.Ref)));
        events.FishForMessage<JournalRecovered>(_ => true, Patience, "the journal's recovery");
        for (var n = 0; n < demand; n++) received.ExpectMsg<Message>(Patience);
        AwaitLedger(push, counts => counts is { Accepted: 200, Acknowledged: 200 }, "200 acknowledged");
        producer.ExpectMsg<Demand>(Patience);
    }

    [Fact]
    public void A_journal_that_cannot_be_opened_stops_the_role_and_tells_who_waits()
    {
        StopAndWait(Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] }))).Role);
        using var other = Connect(PathOf("push.journal"));
        using var transaction = other.BeginTransaction();
        Sys.EventStream.Subscribe(TestActor, typeof(RoleFailed));
        var push = Watch(Sys.ActorOf(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] }))));
        push.Tell(WhenReady.Instance, TestActor);

        var failed = ExpectMsg<RoleFailed>(Patience);
        Assert.Equal(Timeout.InfiniteTimeSpan, failed.RetryIn);
        Assert.Equal(PathOf("push.journal"), Assert.IsType<JournalException>(failed.Cause).File);
        Assert.Same(failed.Cause, ExpectMsg<Status.Failure>(Patience).Cause);
        ExpectTerminated(push, Patience);
    }

    [Theory]
    [InlineData("", null, "journal-file")]
    [InlineData("x", 100L, "journal-max-size")]
    public void Settings_that_cannot_work_are_named(string file, long? maxSize, string option) => Assert.Equal(
        option,
        Assert.Throws<SocketSettingsException>(() => (Push(new SocketSettings { Bind = [AnyPort] }) with { Journal = new JournalSettings(file) { MaxSize = maxSize } }).Validate()).Option);

    /// <summary>Does each task once by its id, in a store of its own that outlives it.</summary>
    private sealed class RecordingHandler : ReceiveActor
    {
        public RecordingHandler(ConcurrentDictionary<TaskId, string> done, IActorRef told) => Receive<ReceivedTask>(task =>
        {
            if (!done.TryAdd(task.Id, task.Payload.Text())) return;
            told.Tell("done");
            if (done.ContainsKey(default)) throw new InvalidOperationException("killed behind its work");
        });
    }

    private sealed class ForwardingHandler : ReceiveActor
    {
        public ForwardingHandler(IActorRef receiver) => Receive<ReceivedTask>(receiver.Tell);
    }
}
