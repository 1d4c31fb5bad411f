using Actors.Transport;
using Akka.Actor;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>A handler of a pool that stops takes only its own task with it, and the rest of the pool goes on.</summary>
public sealed class StoppedHandlerTests(ITestOutputHelper log) : RoleTestKit(log, "akka.loglevel = WARNING")
{
    private const int Tasks = 400;

    private static WorkerSettings Worker(string sink, AcknowledgedSettings? acknowledged = null) => new()
    {
        Name = "worker",
        Pull = new SocketSettings { Bind = [AnyPort] },
        Push = new SocketSettings { Connect = [sink] },
        Workers = 4,
        Acknowledged = acknowledged,
    };

    /// <summary>Passes tasks on; three times, a handler of another worker stops instead.</summary>
    private static Props StoppingThreeTimes(string way)
    {
        var left = 3;
        return Handler((task, sender, self) =>
        {
            if (int.Parse(task.Text(), System.Globalization.CultureInfo.InvariantCulture) % 41 != 40 || Interlocked.Decrement(ref left) < 0)
                sender.Tell(task, self);
            else if (way == "killed")
                throw new ActorKilledException("it was killed");
            else
                ((IInternalActorRef)self).Stop();
        });
    }

    [Theory]
    [InlineData("stopped")]
    [InlineData("killed")]
    public void Each_task_is_passed_on_or_counted_when_handlers_stop(string way)
    {
        var results = CreateTestProbe();
        var drops = CreateTestProbe();
        Sys.EventStream.Subscribe(drops.Ref, typeof(MessagesDropped));
        var (_, sink) = Start(PullRole.Props(new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = [AnyPort] } }, TellingTo(results.Ref)));
        var (worker, source) = Start(WorkerRole.Props(Worker(sink), StoppingThreeTimes(way)));
        var (push, _) = Start(PushRole.Props(new PushSettings { Name = "push", Socket = new SocketSettings { Connect = [source] } }));
        for (var n = 0; n < Tasks; n++) push.Tell(Message.FromText($"{n}"));

        worker.Tell(DrainRole.Instance, TestActor);
        AwaitCondition(() => StatusOf(worker) is { Received: Tasks, Waiting: 0 }, Patience, "the tasks to be done");
        ExpectMsg<RoleDrained>(Patience);
        var dropped = 0L;
        var failed = 0L;
        while (drops.HasMessages)
        {
            var drop = drops.ExpectMsg<MessagesDropped>(Patience);
            Assert.Equal("worker", drop.Source);
            if (drop.Reason == DropReason.HandlerFailed) failed += drop.Count;
            else Assert.Equal(DropReason.Stopped, drop.Reason);
            dropped += drop.Count;
        }
        // A handler that stops itself has worked on its task; one that is killed has failed on it.
        Assert.Equal(way == "killed" ? 3 : 0, failed);
        var passed = Tasks - dropped - (way == "killed" ? 0 : 3);
        for (var n = 0; n < passed; n++) results.ExpectMsg<Message>(Patience);
        AwaitCondition(() => StatusOf(worker).Sent == passed, Patience, "the results to be sent");
    }

    [Theory]
    [InlineData("stopped")]
    [InlineData("killed")]
    public void Acknowledged_tasks_are_done_by_others_when_handlers_stop(string way)
    {
        var results = CreateTestProbe();
        var (_, sink) = Start(PullRole.Props(new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = [AnyPort] }, Acknowledged = new() }, TellingTo(results.Ref)));
        var (_, source) = Start(WorkerRole.Props(Worker(sink, new()), StoppingThreeTimes(way)));
        var (push, _) = Start(PushRole.Props(new PushSettings { Name = "push", Socket = new SocketSettings { Connect = [source] }, Acknowledged = new() }));
        for (var n = 0; n < Tasks; n++) push.Tell(Message.FromText($"{n}"));

        var done = Enumerable.Range(0, Tasks).Select(_ => results.ExpectMsg<Message>(Patience).Text()).ToHashSet();
        Assert.Equal(Tasks, done.Count);
        AwaitCondition(() => LedgerOf(push).Acknowledged == Tasks, Patience, "all tasks to be acknowledged");
    }
}
