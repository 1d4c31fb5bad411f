using System.Buffers.Binary;
using Actors.Transport;
using Akka.Actor;
using Akka.Event;
using Akka.Routing;

namespace Actors;

/// <summary>The settings of an <see cref="AcknowledgedWorkerRole"/>.</summary>
public sealed record AcknowledgedWorkerSettings : RoleSettings
{
    /// <summary>Where the tasks come from.</summary>
    public required SocketSettings Pull { get; init; }

    /// <summary>Where the results go.</summary>
    public required SocketSettings Push { get; init; }

    /// <summary>How many workers share the tasks. Default 1.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>How they share them. Default in turn.</summary>
    public WorkerPool Pool { get; init; } = WorkerPool.RoundRobin;

    /// <summary>Of both ends.</summary>
    public AcknowledgedSettings Acknowledged { get; init; } = new();

    internal SocketSettings PullSocket => SocketOf(Pull, SocketKind.Router, "pull");

    internal SocketSettings PushSocket => SocketOf(Push, SocketKind.Router, "push");

    /// <inheritdoc/>
    public override RoleContract Contract => new(
        $"a task is acknowledged when every result of it was; each goes to one of {Workers} handlers",
        "nothing: what was in this host when it dies is sent again by its source, and may be worked on twice",
        "tasks received, repeats dropped, and of the results accepted = acknowledged + outstanding + dead-lettered");

    /// <inheritdoc/>
    public override void Validate()
    {
        PullSocket.Validate("pull.");
        PushSocket.Validate("push.");
        AtLeast("workers", Workers, 1);
        Acknowledged.Validate(Name);
    }
}

/// <summary>
/// The middle of an acknowledged pipeline (docs/protocols/pipeline.md): tasks are shared among a pool of handlers, and
/// what a handler tells its sender as a <see cref="Message"/> is a task for the next stage. A task is acknowledged when
/// all its results have been acknowledged; when its handler fails, it is given back. Answers <see cref="GetLedger"/> for
/// its results and <see cref="GetReceived"/> for its tasks.
/// </summary>
/// <remarks>A result's id is that of its task and its index, so that the next stage knows a repeat whoever sends it.</remarks>
public sealed class AcknowledgedWorkerRole : AcknowledgedRole
{
    private readonly ReceivingEnd _tasks;
    private readonly SendingEnd _results;
    private readonly AcknowledgedWorkerSettings _settings;
    private readonly Props _handlerProps;

    /// <summary>How many results of a task are not acknowledged yet.</summary>
    private readonly Dictionary<TaskId, int> _unacknowledged = [];
    private readonly Dictionary<TaskId, TaskId> _taskOf = [];
    private readonly TaskIdReader _resultIds = new();
    private IActorRef _pool = ActorRefs.Nobody;

    /// <param name="settings">Checked before anything is opened.</param>
    /// <param name="handler">The actor that works; each worker of the pool has one.</param>
    /// <exception cref="SocketSettingsException">The settings cannot work.</exception>
    public AcknowledgedWorkerRole(AcknowledgedWorkerSettings settings, Props handler)
        : base(settings, settings.Acknowledged)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _settings = settings;
        _handlerProps = handler;
        _tasks = new ReceivingEnd(Name, settings.Acknowledged, Self, Log, Time, settings.Workers, ShareOut);
        _results = new SendingEnd(Name, settings.Acknowledged, Self, Log, Time, OnResultAcknowledged, OnResultDeadLettered);
        AddEnd(_tasks, SocketsOf(settings.PullSocket));
        AddEnd(_results, SocketsOf(settings.PushSocket));
    }

    /// <summary>How to create the role.</summary>
    public static Props Props(AcknowledgedWorkerSettings settings, Props handler) => Akka.Actor.Props.Create(() => new AcknowledgedWorkerRole(settings, handler));

    private protected override long WaitingInRole => _tasks.InHand;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        var role = Self;
        var handler = _handlerProps;
        Pool pool = _settings.Pool switch
        {
            WorkerPool.SmallestMailbox => new SmallestMailboxPool(_settings.Workers),
            WorkerPool.Random => new RandomPool(_settings.Workers),
            _ => new RoundRobinPool(_settings.Workers),
        };
        _pool = Context.Watch(Context.ActorOf(Akka.Actor.Props.Create(() => new TaskWorker(role, handler, false)).WithRouter(pool), "workers"));
        base.PreStart();
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        Log.Info("{0}: received {1}, in hand {2}, repeats dropped {3}; results: {4}", Name, _tasks.Received, _tasks.InHand, _tasks.Repeats, _results.Ledger.Counts);
        base.PostStop();
    }

    private protected override void OnOther(object message)
    {
        switch (message)
        {
            case TasksRan ran: OnRan(ran.Tasks); break;
            case TasksNotBegun back: OnNotBegun(back.Ids); break;
            case GetLedger: Sender.Tell(_results.Ledger.Counts, Self); break;
            case GetReceived: Sender.Tell(new ReceivedCounts(_tasks.Received, _tasks.InHand, _tasks.Repeats), Self); break;
            default: base.OnOther(message); break;
        }
    }

    private protected override void OnDraining()
    {
        _tasks.Drain();
        _pool.Tell(new Broadcast(ReturnWaiting.Instance), Self);
        Settled();
    }

    /// <summary>A part for each worker of the pool.</summary>
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
                // Where it is outstanding from an earlier try of the task, its acknowledgement serves this one as well.
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

    /// <summary>The index stands in front, so that the results of tasks in a row have ids in a row.</summary>
    private TaskId ResultId(TaskId task, int index)
    {
        Span<byte> id = stackalloc byte[sizeof(uint) + task.Length];
        BinaryPrimitives.WriteUInt32BigEndian(id, (uint)index);
        task.CopyTo(id[sizeof(uint)..]);
        return _resultIds.Read(id);
    }
}
