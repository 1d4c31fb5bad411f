using System.Buffers.Binary;
using Actors.Transport;
using Akka.Actor;
using Akka.Event;
using Akka.Routing;

namespace Actors;

/// <summary>A worker role that acknowledges a task when all its results have been acknowledged.</summary>
internal sealed class AcknowledgedWorkerActor : AcknowledgedActor
{
    private readonly ReceivingEnd _tasks;
    private readonly SendingEnd _results;
    private readonly WorkerSettings _settings;
    private readonly Props _handlerProps;

    /// <summary>The number of results of each task that are not acknowledged yet.</summary>
    private readonly Dictionary<TaskId, int> _unacknowledged = [];
    private readonly Dictionary<TaskId, TaskId> _taskOf = [];
    private readonly TaskIdReader _resultIds = new();
    private IActorRef _pool = ActorRefs.Nobody;

    public AcknowledgedWorkerActor(WorkerSettings settings, AcknowledgedSettings acknowledged, Props handler)
        : base(settings, acknowledged)
    {
        _settings = settings;
        _handlerProps = handler;
        _tasks = new ReceivingEnd(Name, acknowledged, Self, Log, Time, settings.Workers, ShareOut);
        _results = new SendingEnd(Name, acknowledged, Self, Log, Time, OnResultAcknowledged, OnResultDeadLettered);
        Counters.Ledger = () => _results.Ledger.Counts;
        AddEnd(_tasks, settings.AcknowledgedPullSockets);
        WaitsForPeers(AddEnd(_results, settings.AcknowledgedPushSockets), () => _results.Ledger.Outstanding);
    }

    protected override long WaitingInRole => _tasks.InHand;

    protected override RoleStatus Describe(RoleStatus status) => base.Describe(status) with { Ledger = _results.Ledger.Counts, Tasks = _tasks.Counts };

    protected override void PreStart()
    {
        var role = Self;
        var handler = _handlerProps;
        var (name, pattern) = (Name, Counters.Pattern);
        _pool = Context.Watch(Context.ActorOf(_settings.InPool(Props.Create(() => new TaskWorker(role, handler, false, false, name, pattern))), "workers"));
        base.PreStart();
    }

    protected override void PostStop()
    {
        Log.Info("{0}: received {1}, in hand {2}, repeats dropped {3}; results: {4}", Name, _tasks.Received, _tasks.InHand, _tasks.Repeats, _results.Ledger.Counts);
        base.PostStop();
    }

    protected override void OnOther(object message)
    {
        switch (message)
        {
            case TasksRan ran: OnRan(ran.Tasks); break;
            case TasksNotBegun back: OnNotBegun(back.Ids); break;
            default: base.OnOther(message); break;
        }
    }

    protected override void OnDraining()
    {
        _tasks.Drain();
        _pool.Tell(new Broadcast(ReturnWaiting.Instance), Self);
        Settled();
    }

    /// <summary>Gives each worker of the pool a part.</summary>
    private void ShareOut(IReadOnlyList<SentTask> tasks)
    {
        var share = 1 + ((tasks.Count - 1) / _settings.Workers);
        foreach (var part in tasks.Chunk(share)) _pool.Tell(new RunTasks(part), Self);
    }

    private void OnNotBegun(IReadOnlyList<TaskId> ids)
    {
        foreach (var id in ids) _tasks.Return(id, TaskReturn.NotBegun, "its worker stops");
        SettleSoon();
    }

    private void OnRan(IReadOnlyList<TaskRan> tasks)
    {
        foreach (var ran in tasks) OnRan(ran);
        SettleSoon();
    }

    private void OnRan(TaskRan ran)
    {
        if (ran.Failure is { } failure)
        {
            _tasks.Return(ran.Id, TaskReturn.Failed, failure.Message);
        }
        else if (ran.Results is null)
        {
            _tasks.Acknowledge(ran.Id);
        }
        else if (ran.Id.Length + sizeof(uint) > TaskId.MaxLength)
        {
            _tasks.Return(ran.Id, TaskReturn.Refused, $"its id has {ran.Id.Length} octets, which leaves no room to number its results: expected at most {TaskId.MaxLength - sizeof(uint)}");
        }
        else
        {
            // Counted before the first is sent, because an acknowledgement may end the task.
            _unacknowledged[ran.Id] = ran.Results.Count;
            for (var i = 0; i < ran.Results.Count; i++)
            {
                var id = ResultId(ran.Id, i);
                _taskOf[id] = ran.Id;
                // A result may be outstanding from an earlier try of the task; its acknowledgement counts for this one.
                _results.Accept(id, ran.Results[i]);
            }
        }
    }

    private void OnResultAcknowledged(TaskId result)
    {
        if (!_taskOf.Remove(result, out var task) || !_unacknowledged.TryGetValue(task, out var count)) return;
        if (count > 1)
        {
            _unacknowledged[task] = count - 1;
            return;
        }
        _unacknowledged.Remove(task);
        _tasks.Acknowledge(task);
    }

    private void OnResultDeadLettered(LedgerTask result)
    {
        Log.Warning("{0}: result {1} is dead-lettered after {2} tries", Name, result.Id, result.Tries);
        Events.Publish(new TaskDeadLettered(Name, result.Id, result.Payload, result.History));
        if (!_taskOf.Remove(result.Id, out var task) || !_unacknowledged.Remove(task)) return;
        _tasks.Return(task, TaskReturn.Refused, $"its result was dead-lettered after {result.Tries} tries: {result.History[^1].Detail ?? result.History[^1].Outcome.ToString()}");
    }

    /// <summary>The id of a result. The index comes first, so that the results of consecutive tasks have consecutive ids.</summary>
    private TaskId ResultId(TaskId task, int index)
    {
        Span<byte> id = stackalloc byte[sizeof(uint) + task.Length];
        BinaryPrimitives.WriteUInt32BigEndian(id, (uint)index);
        task.CopyTo(id[sizeof(uint)..]);
        return _resultIds.Read(id);
    }
}
