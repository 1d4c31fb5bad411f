using Actors.Transport;
using Akka.Actor;
using Akka.Routing;

namespace Actors;

/// <summary>How the pool of a <see cref="WorkerRole"/> shares out its tasks.</summary>
public enum WorkerPool
{
    /// <summary>To each worker in turn.</summary>
    RoundRobin,

    /// <summary>To the worker with the fewest tasks waiting.</summary>
    SmallestMailbox,

    /// <summary>To any worker.</summary>
    Random,
}

/// <summary>The settings of a <see cref="WorkerRole"/>.</summary>
public sealed record WorkerSettings : RoleSettings
{
    /// <summary>Where the tasks come from: the PULL socket.</summary>
    public required SocketSettings Pull { get; init; }

    /// <summary>Where the results go: the PUSH socket.</summary>
    public required SocketSettings Push { get; init; }

    /// <summary>How many workers share the tasks. Default 1.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>How they share them. Default in turn.</summary>
    public WorkerPool Pool { get; init; } = WorkerPool.RoundRobin;

    /// <summary>How many tasks may be in the workers' hands before the pushers are held back. Default 1000.</summary>
    public int InboundWindow { get; init; } = 1000;

    /// <summary>
    /// How many results wait while no peer takes them; while that many wait, no more tasks are taken. Default 1000.
    /// </summary>
    public OutboundSettings Outbound { get; init; } = new(1000, OverflowRule.Backpressure);

    internal SocketSettings PullSocket => SocketOf(Pull, SocketKind.Pull, "pull");

    internal SocketSettings PushSocket => SocketOf(Push, SocketKind.Push, "push");

    /// <inheritdoc/>
    public override RoleContract Contract => new(
        $"each task goes to one of {Workers} handlers, and their results are pushed on; while results wait, no more tasks are taken",
        "tasks and results in this host when it dies; results that a peer was sent when that dies",
        "tasks that a handler failed on, results refused or dropped at a full queue, what its sockets held for a peer whose connection ended, or had received when they were closed");

    /// <inheritdoc/>
    public override void Validate()
    {
        PullSocket.Validate("pull.");
        PushSocket.Validate("push.");
        Outbound.Validate(Name);
        AtLeast("workers", Workers, 1);
        AtLeast("inbound-window", InboundWindow, 1);
    }
}

/// <summary>
/// The middle of a pipeline (RFC 30): tasks are pulled, shared among a pool of handlers, and what a handler tells its
/// sender as a <see cref="Message"/> is pushed on. The pool is an Akka router.
/// </summary>
/// <remarks>
/// A handler may answer a task with none, one or several messages, until it takes the next task. The results of one
/// task keep their order; tasks of different workers do not.
/// </remarks>
public sealed class WorkerRole : RoleActor
{
    private readonly InboundLane _inbound;
    private readonly OutboundLane _outbound;
    private readonly OutboundSettings _outboundSettings;
    private readonly WorkerSettings _settings;
    private readonly Props _handlerProps;
    private IActorRef _pool = ActorRefs.Nobody;
    private long _inHand;
    private int _held;

    /// <param name="settings">Checked before anything is opened.</param>
    /// <param name="handler">The actor that works; each worker of the pool has one.</param>
    /// <exception cref="SocketSettingsException">The settings cannot work.</exception>
    public WorkerRole(WorkerSettings settings, Props handler)
        : base(settings)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _settings = settings;
        _handlerProps = handler;
        _outboundSettings = settings.Outbound;
        _inbound = new InboundLane(Self);
        // Backpressure here holds back the tasks, not the results of those already taken.
        _outbound = NewOutboundLane(HoldsTasksBack ? _outboundSettings with { Capacity = int.MaxValue } : _outboundSettings);
        AddSocket(settings.PullSocket, _inbound, settings.InboundWindow);
        AddSocket(settings.PushSocket, outbound: _outbound);
    }

    /// <summary>How to create the role.</summary>
    public static Props Props(WorkerSettings settings, Props handler) => Akka.Actor.Props.Create(() => new WorkerRole(settings, handler));

    private bool HoldsTasksBack => _outboundSettings.Rule == OverflowRule.Backpressure;

    private protected override long WaitingInRole => _inHand;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        var name = Name;
        var role = Self;
        var handler = _handlerProps;
        Pool pool = _settings.Pool switch
        {
            WorkerPool.SmallestMailbox => new SmallestMailboxPool(_settings.Workers),
            WorkerPool.Random => new RandomPool(_settings.Workers),
            _ => new RoundRobinPool(_settings.Workers),
        };
        _pool = Context.Watch(Context.ActorOf(Akka.Actor.Props.Create(() => new PoolWorker(name, role, handler)).WithRouter(pool), "workers"));
        base.PreStart();
    }

    private protected override void OnInbound(IReadOnlyList<Message> messages)
    {
        _inbound.Count(messages);
        _inHand += messages.Count;
        for (var i = 0; i < messages.Count; i++) _pool.Tell(messages[i], Self);
    }

    private protected override void OnOutbound(Message message) => _outbound.Offer(message, Sender);

    private protected override void OnOther(object message)
    {
        if (message is TasksDone done)
        {
            _inHand -= done.Count;
            _held += done.Count;
            ReleaseHeld();
            CheckDrained();
        }
        else
        {
            base.OnOther(message);
        }
    }

    private protected override void OnSent() => ReleaseHeld();

    /// <summary>Takes as many new tasks as were done, unless too many results wait.</summary>
    private void ReleaseHeld()
    {
        if (_held == 0 || (HoldsTasksBack && _outbound.Waiting >= _outboundSettings.Capacity)) return;
        _inbound.Release(_held);
        _held = 0;
    }
}
