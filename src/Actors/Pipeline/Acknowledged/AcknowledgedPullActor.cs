using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>A pull role that acknowledges each task when its handler has worked and, with a journal, that is on record.</summary>
internal sealed class AcknowledgedPullActor : JournalledActor
{
    private readonly ReceivingEnd _end;
    private readonly RoleHandler _handler;
    private readonly bool _tellIds;
    private readonly PullStore? _store;
    private readonly JournalWriter<PullEntry>? _journal;

    // Tasks that are done and not yet on record.
    private readonly Queue<TaskId> _unrecorded = new();
    private IActorRef _worker = ActorRefs.Nobody;

    public AcknowledgedPullActor(PullSettings settings, AcknowledgedSettings acknowledged, RoleHandler handler)
        : base(settings, acknowledged)
    {
        _handler = handler;
        _tellIds = settings.TellTaskIds;
        _end = new ReceivingEnd(Name, acknowledged, Self, Log, Time, workers: 1, tasks => _worker.Tell(new RunTasks(tasks), Self));
        AddEnd(_end, settings.AcknowledgedSockets);
        if (settings.Journal is not { } journal) return;
        _store = new PullStore(acknowledged.DedupWindow);
        _journal = new JournalWriter<PullEntry>(Self, Name, journal, _store);
    }

    protected override IJournalWriter? Journal => _journal;

    protected override long WaitingInRole => _end.InHand;

    protected override RoleStatus Describe(RoleStatus status) => base.Describe(status) with { Tasks = _end.Counts };

    protected override void PreStart()
    {
        _worker = _handler.Props is { } props ? StartWorker(props) : _handler.Start(Context, Name);
        base.PreStart();
    }

    private IActorRef StartWorker(Props handler)
    {
        var role = Self;
        var (name, pattern) = (Name, Counters.Pattern);
        var tellIds = _tellIds;
        var tellBatches = !tellIds && _handler.TellsBatches;
        return Context.Watch(Context.ActorOf(Akka.Actor.Props.Create(() => new TaskWorker(role, handler, tellIds, tellBatches, name, pattern)), "worker"));
    }

    protected override void PostStop()
    {
        Log.Info("{0}: received {1}, in hand {2}, repeats dropped {3}", Name, _end.Received, _end.InHand, _end.Repeats);
        base.PostStop();
    }

    protected override void OnOther(object message)
    {
        switch (message)
        {
            case TasksRan ran: OnRan(ran.Tasks); break;
            case TasksNotBegun back: OnNotBegun(back.Ids); break;
            // The senders have what is still in hand, and hear by the end of the session that it is theirs again.
            case HandlerEnded: Context.Stop(Self); break;
            default: base.OnOther(message); break;
        }
    }

    protected override void OnRecovered() => _end.Restore(_store!.Done, _store.TakeKnown());

    protected override void OnCommitted(int entries)
    {
        for (; entries > 0; entries--) _end.Acknowledge(_unrecorded.Dequeue());
        Settled();
    }

    protected override void OnDraining()
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
