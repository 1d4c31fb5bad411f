using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>
/// The middle of a pipeline (RFC 30): tasks are pulled and shared among a pool of handlers, and each <see cref="Message"/> that
/// a handler tells its sender is pushed on. The pool is an Akka router.
/// </summary>
/// <remarks>
/// A handler may answer a task with none, one or several messages, until it takes the next task. The results of one task
/// keep their order; tasks of different workers do not. With <see cref="WorkerSettings.Acknowledged"/>, a task is
/// acknowledged when all its results have been acknowledged, and given back when its handler fails. A result's id is that of
/// its task and its index, so the next stage knows a repeat whoever sends it.
/// </remarks>
public static class WorkerRole
{
    /// <summary>Props of a worker role.</summary>
    /// <param name="settings">Checked here, and again when the role starts.</param>
    /// <param name="handler">The actor that works; each worker of the pool has one.</param>
    /// <exception cref="SocketSettingsException">A setting cannot work, a malformed endpoint for example; the exception names it.</exception>
    public static Props Props(WorkerSettings settings, Props handler)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(handler);
        settings.Validate();
        return settings.Acknowledged is { } acknowledged
            ? Akka.Actor.Props.Create(() => new AcknowledgedWorkerActor(settings, acknowledged, handler))
            : Akka.Actor.Props.Create(() => new WorkerActor(settings, handler));
    }
}

/// <summary>A worker role that acknowledges nothing.</summary>
internal sealed class WorkerActor : RoleActor
{
    private readonly InboundLane _inbound;
    private readonly OutboundLane _outbound;
    private readonly OutboundSettings _outboundSettings;
    private readonly WorkerSettings _settings;
    private readonly Props _handlerProps;
    private IActorRef _pool = ActorRefs.Nobody;
    private long _inHand;
    private int _held;

    public WorkerActor(WorkerSettings settings, Props handler)
        : base(settings)
    {
        _settings = settings;
        _handlerProps = handler;
        _outboundSettings = settings.Outbound;
        _inbound = new InboundLane(Self);
        // Backpressure here holds back the tasks, not the results of those already taken.
        _outbound = NewOutboundLane(HoldsTasksBack ? _outboundSettings with { Capacity = int.MaxValue } : _outboundSettings);
        WorksOff(AddSocket(settings.PlainPullSocket, _inbound, settings.InboundWindow));
        WaitsForPeers([AddSocket(settings.PlainPushSocket, outbound: _outbound)]);
    }

    private bool HoldsTasksBack => _outboundSettings.Rule == OverflowRule.Backpressure;

    protected override long WaitingInRole => _inHand;

    protected override void PreStart()
    {
        var (name, pattern) = (Name, Counters.Pattern);
        var role = Self;
        var handler = _handlerProps;
        _pool = Context.Watch(Context.ActorOf(_settings.InPool(Props.Create(() => new PoolWorker(name, pattern, role, handler))), "workers"));
        base.PreStart();
    }

    protected override void OnInbound(IReadOnlyList<Message> messages)
    {
        _inbound.Count(messages);
        _inHand += messages.Count;
        for (var i = 0; i < messages.Count; i++) _pool.Tell(messages[i], Self);
    }

    protected override void OnOutbound(Message message) => _outbound.Offer(message, Sender);

    protected override void OnOther(object message)
    {
        if (message is TasksDone done)
        {
            _inHand -= done.Count;
            _held += done.Count;
            ReleaseHeld();
            CheckDrained();
        }
        else if (message is TaskNotTaken back)
        {
            _pool.Tell(back.Task, Self);
        }
        else
        {
            base.OnOther(message);
        }
    }

    protected override void OnSent() => ReleaseHeld();

    /// <summary>Takes as many new tasks as are done, unless too many results wait.</summary>
    private void ReleaseHeld()
    {
        if (_held == 0 || (HoldsTasksBack && _outbound.Waiting >= _outboundSettings.Capacity)) return;
        _inbound.Release(_held);
        _held = 0;
    }
}
