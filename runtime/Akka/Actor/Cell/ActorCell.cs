using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>
/// The place where an actor lives: its mailbox, its children, who watches it, and the instance of its class, which
/// a restart replaces. All but telling, the life-cycle calls and the lookup of children happens in the run of the mailbox.
/// </summary>
public partial class ActorCell : IUntypedActorContext, ICell
{
    public const int UndefinedUid = 0;

    private readonly ActorSystemImpl _systemImpl;
    private readonly IInternalActorRef _self;
    private readonly IInternalActorRef _parent;
    private readonly long _uid;
    private readonly Stack<Receive> _behaviors = new();
    private Props _props;
    private ActorBase? _actor;
    private Mailbox _mailbox = null!;
    private Envelope _current;
    private int _envelopeId;
    private volatile ActorTaskScheduler? _taskScheduler;

    public ActorCell(ActorSystemImpl system, IInternalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef parent)
    {
        _systemImpl = system;
        _self = self;
        _props = props;
        _parent = parent;
        _uid = self.Path.Uid;
        Dispatcher = dispatcher;
    }

    public MessageDispatcher Dispatcher { get; }

    public ActorSystem System => _systemImpl;

    public ActorSystemImpl SystemImpl => _systemImpl;

    public Props Props => _props;

    public IActorRef Self => _self;

    public IInternalActorRef Parent => _parent;

    IActorRef IActorContext.Parent => _parent;

    public bool IsLocal => true;

    public bool IsTerminated => Mailbox.IsClosed;

    public Mailbox Mailbox => Volatile.Read(ref _mailbox);

    public bool HasMessages => Mailbox.HasMessages;

    public int NumberOfMessages => Mailbox.NumberOfMessages;

    public object CurrentMessage => _current.Message;

    /// <summary>Changes with each message; tells a message stashed twice from one that came twice.</summary>
    public int CurrentEnvelopeId => _envelopeId;

    public IActorRef Sender => _current.Sender ?? _systemImpl.DeadLetters;

    /// <summary>Runs the steps of the actor's asynchronous handlers within the actor.</summary>
    public virtual ActorTaskScheduler TaskScheduler
    {
        get
        {
            var scheduler = _taskScheduler;
            if (scheduler is not null)
                return scheduler;
            scheduler = new ActorTaskScheduler(this);
            return Interlocked.CompareExchange(ref _taskScheduler, scheduler, null) ?? scheduler;
        }
    }

    internal ActorBase? Actor => _actor;

    internal Envelope CurrentEnvelope
    {
        get => _current;
        set => _current = value;
    }

    internal static ActorCell? Current => InternalCurrentActorCellKeeper.Current;

    public static IActorRef GetCurrentSelfOrNoSender() => InternalCurrentActorCellKeeper.Current?.Self ?? ActorRefs.NoSender;

    public static IActorRef GetCurrentSenderOrNoSender() => InternalCurrentActorCellKeeper.Current?.Sender ?? ActorRefs.NoSender;

    /// <summary>Makes the mailbox, with the creation of the actor as its first message.</summary>
    /// <param name="sendSupervise">Whether the parent is told that it has a child to supervise.</param>
    /// <param name="mailboxType">Makes the message queue.</param>
    public void Init(bool sendSupervise, MailboxType mailboxType)
    {
        var mailbox = Dispatcher.CreateMailbox(this, mailboxType);
        var failure = MailboxMismatch(mailbox);
        mailbox.SetActor(this);
        mailbox.SystemEnqueue(Self, new Create(failure));
        Volatile.Write(ref _mailbox, mailbox);
        if (sendSupervise)
            Parent.SendSystemMessage(new Supervise(Self, async: false));
    }

    public virtual void Start()
    {
        PreStart();
        Dispatcher.Attach(this);
    }

    public void Suspend() => SendSystemMessage(new Dispatch.SysMsg.Suspend());

    public void Resume(Exception? causedByFailure) => SendSystemMessage(new Dispatch.SysMsg.Resume(causedByFailure));

    public void Restart(Exception cause) => SendSystemMessage(new Recreate(cause));

    public void Stop() => SendSystemMessage(new Terminate());

    public virtual void SendMessage(Envelope message) => Dispatcher.Dispatch(this, message);

    public virtual void SendMessage(IActorRef sender, object message) => SendMessage(new Envelope(message, sender));

    public virtual void SendSystemMessage(ISystemMessage systemMessage) =>
        Dispatcher.SystemDispatch(this, (SystemMessage)systemMessage);

    public void UseThreadContext(Action action)
    {
        var previous = InternalCurrentActorCellKeeper.Current;
        InternalCurrentActorCellKeeper.Current = this;
        try
        {
            action();
        }
        finally
        {
            InternalCurrentActorCellKeeper.Current = previous;
        }
    }

    public ActorSelection ActorSelection(ActorPath path) => ActorRefFactoryShared.ActorSelection(path, _systemImpl);

    public ActorSelection ActorSelection(string path) => ActorRefFactoryShared.ActorSelection(path, _systemImpl, Self);

    public void Become(Receive receive)
    {
        // The behaviour of the constructor stays at the bottom while the class is being constructed.
        if (_behaviors.Count > 0)
            _behaviors.Pop();
        _behaviors.Push(receive);
    }

    public void BecomeStacked(Receive receive) => _behaviors.Push(receive);

    public void UnbecomeStacked()
    {
        if (_behaviors.Count > 1)
            _behaviors.Pop();
    }

    void IUntypedActorContext.Become(UntypedReceive receive) => Become(AsReceive(receive));

    void IUntypedActorContext.BecomeStacked(UntypedReceive receive) => BecomeStacked(AsReceive(receive));

    /// <summary>Called before the cell is attached to its dispatcher.</summary>
    protected virtual void PreStart()
    {
    }

    protected virtual ActorBase CreateNewActorInstance()
    {
        var actor = _props.NewActor() ?? throw new ActorInitializationException(Self, "Props.NewActor returned no actor");
        // The plugins give the actor its stash; timers come with the cell.
        _systemImpl.ActorPipelineResolver.PipelineFor(actor.GetType()).AfterActorIncarnated(actor, this);
        if (actor is IWithTimers withTimers)
            withTimers.Timers = new TimerScheduler(this);
        if (actor is IInitializableActor initializable)
            initializable.Init();
        return actor;
    }

    protected void PrepareForNewActor() => _behaviors.Clear();

    protected void SetActorFields(ActorBase actor) => actor.Unclear(this);

    protected void ClearActor(ActorBase? actor)
    {
        if (actor is not null)
        {
            if (actor is IDisposable disposable)
                DisposeQuietly(disposable);
            ReleaseActor(actor);
            actor.Clear(_systemImpl.DeadLetters);
        }

        _actor = null;
        _behaviors.Clear();
    }

    protected void ClearActorCell()
    {
        UnstashAll();
        _props = TerminatedProps.Instance;
    }

    internal static Receive AsReceive(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    internal Mailbox SwapMailbox(Mailbox mailbox) => Interlocked.Exchange(ref _mailbox, mailbox);

    internal ActorBase NewActor()
    {
        PrepareForNewActor();
        ActorBase actor = null!;
        UseThreadContext(() => actor = CreateNewActorInstance());
        return actor;
    }

    /// <summary>The scheduler of the incarnation that ends; the next one gets its own, and steps of the old one find nobody.</summary>
    internal void AbandonTasks()
    {
        var scheduler = Interlocked.Exchange(ref _taskScheduler, null);
        if (scheduler is null)
            return;
        scheduler.Abandon();
        Mailbox.ResumeAfterTask();
    }

    private ActorInitializationException? MailboxMismatch(Mailbox mailbox)
    {
        var actorType = _props.Type;
        if (actorType is null || !_systemImpl.Mailboxes.HasRequiredType(actorType))
            return null;
        var required = _systemImpl.Mailboxes.GetRequiredType(actorType);
        var made = mailbox.MessageQueue.GetType();
        return required.IsAssignableFrom(made)
            ? null
            : new ActorInitializationException(Self, $"Actor [{Self}] requires mailbox type [{required}] got [{made}]");
    }

    private void DisposeQuietly(IDisposable disposable)
    {
        try
        {
            disposable.Dispose();
        }
        catch (Exception failure)
        {
            PublishError(failure, $"Dispose of {disposable.GetType()} threw: {failure.Message}");
        }
    }

    private void ReleaseActor(ActorBase actor)
    {
        try
        {
            _systemImpl.ActorPipelineResolver.PipelineFor(actor.GetType()).BeforeActorIncarnated(actor, this);
            _props.Release(actor);
        }
        catch (Exception failure)
        {
            PublishError(failure, $"Releasing {actor.GetType()} threw: {failure.Message}");
        }
    }
}
