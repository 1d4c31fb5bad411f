using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>The settings of an <see cref="AcknowledgedPullRole"/>.</summary>
public sealed record AcknowledgedPullSettings : RoleSettings
{
    /// <summary>Where to bind or connect.</summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>Credit, the window for repeats, and heartbeats.</summary>
    public AcknowledgedSettings Acknowledged { get; init; } = new();

    /// <summary>Where the ids of the last tasks are kept, so that they are known after a restart of the host; null: only in memory.</summary>
    public JournalSettings? Journal { get; init; }

    /// <summary>
    /// Whether the handler is told <see cref="ReceivedTask"/>s instead of payloads: with the id it can know a task that it
    /// had done when its host was killed before that was on record. Default false.
    /// </summary>
    public bool TellTaskIds { get; init; }

    internal SocketSettings PullSocket => SocketOf(Socket, SocketKind.Router);

    /// <inheritdoc/>
    public override RoleContract Contract => new(
        $"each task is told to the handler once, among the last {Acknowledged.DedupWindow}, and acknowledged when it has worked" + (Journal is null ? "" : " and that is durable"),
        Journal is null ? "the memory of what was done, when this host dies: repeats of it are worked on again" : "the memory of work that was done and not yet on record when this host dies",
        "tasks received, repeats dropped, tasks given back");

    /// <inheritdoc/>
    public override void Validate()
    {
        PullSocket.Validate();
        Acknowledged.Validate(Name);
        Journal?.Validate(Name);
    }
}

/// <summary>
/// The end of an acknowledged pipeline (docs/protocols/pipeline.md): tells its handler the payload of each task, and
/// acknowledges the task when the handler has worked. A task that comes again is dropped and counted; one that the
/// handler fails on is given back. With a journal, a task is acknowledged when it is on record that it was done. Answers
/// <see cref="GetReceived"/>.
/// </summary>
/// <remarks>
/// The handler has worked when it takes the next message of its mailbox. What it starts and leaves running is not waited
/// for: use ReceiveAsync for work that awaits.
/// </remarks>
public sealed class AcknowledgedPullRole : JournalledRole
{
    private readonly ReceivingEnd _end;
    private readonly Props _handlerProps;
    private readonly bool _tellIds;
    private readonly PullStore? _store;
    private readonly JournalWriter<PullEntry>? _journal;

    // Done, and not yet on record.
    private readonly Queue<TaskId> _unrecorded = new();
    private IActorRef _worker = ActorRefs.Nobody;

    /// <param name="settings">Checked before anything is opened.</param>
    /// <param name="handler">The actor that is told the payloads.</param>
    /// <exception cref="SocketSettingsException">The settings cannot work.</exception>
    public AcknowledgedPullRole(AcknowledgedPullSettings settings, Props handler)
        : base(settings, settings.Acknowledged)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handlerProps = handler;
        _tellIds = settings.TellTaskIds;
        _end = new ReceivingEnd(Name, settings.Acknowledged, Self, Log, Time, workers: 1, tasks => _worker.Tell(new RunTasks(tasks), Self));
        AddEnd(_end, SocketsOf(settings.PullSocket));
        if (settings.Journal is not { } journal) return;
        _store = new PullStore(settings.Acknowledged.DedupWindow);
        _journal = new JournalWriter<PullEntry>(Self, Name, journal, _store);
    }

    /// <summary>How to create the role.</summary>
    public static Props Props(AcknowledgedPullSettings settings, Props handler) => Akka.Actor.Props.Create(() => new AcknowledgedPullRole(settings, handler));

    private protected override IJournalWriter? Journal => _journal;

    private protected override long WaitingInRole => _end.InHand;

    private ReceivedCounts Counts => new(_end.Received, _end.InHand, _end.Repeats);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        var role = Self;
        var handler = _handlerProps;
        var tellIds = _tellIds;
        _worker = Context.Watch(Context.ActorOf(Akka.Actor.Props.Create(() => new TaskWorker(role, handler, tellIds)), "worker"));
        base.PreStart();
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        Log.Info("{0}: received {1}, in hand {2}, repeats dropped {3}", Name, _end.Received, _end.InHand, _end.Repeats);
        base.PostStop();
    }

    private protected override void OnOther(object message)
    {
        switch (message)
        {
            case TasksRan ran: OnRan(ran.Tasks); break;
            case TasksNotBegun back: OnNotBegun(back.Ids); break;
            case GetReceived: Sender.Tell(Counts, Self); break;
            default: base.OnOther(message); break;
        }
    }

    private protected override void OnRecovered() => _end.Restore(_store!.Done, _store.TakeKnown());

    private protected override void OnCommitted(int entries)
    {
        for (; entries > 0; entries--) _end.Acknowledge(_unrecorded.Dequeue());
        Settled();
    }

    private protected override void OnDraining()
    {
        _end.Drain();
        _worker.Tell(ReturnWaiting.Instance, Self);
        Settled();
    }

    private void OnNotBegun(IReadOnlyList<TaskId> ids)
    {
        foreach (var id in ids) _end.Return(id, TaskReturn.NotBegun, "its worker stops");
        SettleSoon();
    }

    private void OnRan(IReadOnlyList<TaskRan> tasks)
    {
        foreach (var ran in tasks)
        {
            if (ran.Failure is null) OnDone(ran.Id);
            else _end.Return(ran.Id, TaskReturn.Failed, ran.Failure.Message);
        }
        SettleSoon();
    }

    private void OnDone(TaskId id)
    {
        if (_journal is null)
        {
            _end.Acknowledge(id);
            return;
        }
        _unrecorded.Enqueue(id);
        _journal.Write(new PullEntry(id));
    }
}
