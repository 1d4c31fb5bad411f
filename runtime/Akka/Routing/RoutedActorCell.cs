using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Routing;

/// <summary>
/// The cell of a router. Sending to a router routes on the sender's thread, so that the router's mailbox is no
/// bottleneck; only management messages go to the mailbox of the head.
/// </summary>
internal class RoutedActorCell : ActorCell
{
    // A removed routee may still get messages from senders that hold the router before the change, so it is not
    // stopped at once.
    private static readonly TimeSpan StopDelay = TimeSpan.FromMilliseconds(100);

    private readonly Props _routeeProps;
    private volatile Router _router;
    private volatile bool _started;

    public RoutedActorCell(
        ActorSystemImpl system,
        IInternalActorRef self,
        Props routerProps,
        MessageDispatcher dispatcher,
        Props routeeProps,
        IInternalActorRef supervisor)
        : base(system, self, routerProps, dispatcher, supervisor)
    {
        _routeeProps = routeeProps;
        RouterConfig = routerProps.RouterConfig;
        _router = RouterConfig.CreateRouter(system);
    }

    public RouterConfig RouterConfig { get; }

    public Router Router => _router;

    /// <summary>Creates the first routees, then starts the head: a message never finds a router without its routees.</summary>
    public override void Start()
    {
        UseThreadContext(CreateFirstRoutees);
        _started = true;
        base.Start();
    }

    /// <summary>
    /// What the first routees send while they are being created waits for the start: the head must not run beside the
    /// thread that creates them.
    /// </summary>
    public override void SendSystemMessage(ISystemMessage systemMessage)
    {
        if (_started)
        {
            base.SendSystemMessage(systemMessage);
            return;
        }

        Mailbox.SystemEnqueue(Self, (SystemMessage)systemMessage);
        if (_started)
        {
            Dispatcher.RegisterForExecution(Mailbox, hasMessageHint: false, hasSystemMessageHint: true);
        }
    }

    public override void SendMessage(Envelope message)
    {
        if (RouterConfig.IsManagementMessage(message.Message))
        {
            base.SendMessage(message);
            return;
        }

        var router = _router;
        if (router.Count == 0)
        {
            var unwrapped = message.Message is RouterEnvelope envelope ? envelope.Message : message.Message;
            System.DeadLetters.Tell(unwrapped, message.Sender);
        }
        else
        {
            router.Route(message.Message, message.Sender);
        }
    }

    /// <summary>To be called by the head only.</summary>
    public void AddRoutees(IReadOnlyCollection<Routee> routees)
    {
        foreach (var routee in routees)
        {
            if (routee is ActorRefRoutee reference)
            {
                Watch(reference.Actor);
            }
        }

        _router = _router.WithRoutees([.. _router.Routees, .. routees]);
    }

    /// <summary>To be called by the head only.</summary>
    public void RemoveRoutees(IReadOnlyCollection<Routee> routees, bool stopChildren)
    {
        _router = _router.WithRoutees([.. _router.Routees.Where(routee => !routees.Contains(routee))]);
        foreach (var routee in routees)
        {
            if (routee is not ActorRefRoutee { Actor: var actor })
            {
                continue;
            }

            Unwatch(actor);
            if (stopChildren && IsChild(actor))
            {
                System.Scheduler.ScheduleTellOnce(StopDelay, actor, PoisonPill.Instance, ActorRefs.NoSender);
            }
        }
    }

    /// <summary>To be called by the head only. Shrinking removes the newest routees first.</summary>
    public void ChangePoolSize(int change)
    {
        if (change > 0 && RouterConfig is Pool pool)
        {
            AddRoutees(NewRoutees(pool, change));
        }
        else if (change < 0)
        {
            RemoveRoutees([.. _router.Routees.TakeLast(-change)], stopChildren: true);
        }
    }

    protected virtual void CreateFirstRoutees()
    {
        switch (RouterConfig)
        {
            case Pool pool when pool.GetNrOfInstances(System) is > 0 and var count:
                AddRoutees(NewRoutees(pool, count));
                break;
            case Group group:
                AddRoutees([.. group.GetPaths(System).Select(path => Group.RouteeFor(path, this))]);
                break;
        }
    }

    private Routee[] NewRoutees(Pool pool, int count)
    {
        var routees = new Routee[count];
        for (var i = 0; i < count; i++)
        {
            routees[i] = pool.NewRoutee(_routeeProps, this);
        }

        return routees;
    }

    private bool IsChild(IActorRef actor) => GetChildren().Any(child => child.Equals(actor));
}

/// <summary>The cell of a pool with a resizer.</summary>
internal sealed class ResizablePoolCell : RoutedActorCell
{
    private readonly Resizer _resizer;
    private int _resizeInProgress;
    private long _messages;

    public ResizablePoolCell(
        ActorSystemImpl system,
        IInternalActorRef self,
        Props routerProps,
        MessageDispatcher dispatcher,
        Props routeeProps,
        IInternalActorRef supervisor,
        Resizer resizer)
        : base(system, self, routerProps, dispatcher, routeeProps, supervisor)
    {
        _resizer = resizer;
    }

    public override void SendMessage(Envelope message)
    {
        if (!RouterConfig.IsManagementMessage(message.Message)
            && _resizer.IsTimeForResize(Interlocked.Increment(ref _messages) - 1)
            && Interlocked.CompareExchange(ref _resizeInProgress, 1, 0) == 0)
        {
            base.SendMessage(new Envelope(new Resize(), Self));
        }

        base.SendMessage(message);
    }

    /// <summary>To be called by the head only.</summary>
    public void Resize()
    {
        try
        {
            ChangePoolSize(_resizer.Resize(Router.Routees));
        }
        finally
        {
            Volatile.Write(ref _resizeInProgress, 0);
        }
    }

    protected override void CreateFirstRoutees()
    {
        base.CreateFirstRoutees();
        if (_resizer.IsTimeForResize(0))
        {
            _messages = 1;
            Resize();
        }
    }
}
