using Akka.Event;

namespace Akka.Actor;

/// <summary>What an actor has besides its public face.</summary>
public interface IInternalActor
{
    IActorContext ActorContext { get; }
}

/// <summary>
/// The base of all actors. One message is processed at a time; what is thrown goes to the supervisor, and a restart
/// replaces the instance while the reference stays.
/// </summary>
public abstract class ActorBase : IInternalActor
{
    private ActorCell? _cell;
    private IActorRef _clearedSelf = null!;
    private SupervisorStrategy? _supervisorStrategy;

    /// <exception cref="ActorInitializationException">Outside of an actor system's own creation of the actor.</exception>
    protected ActorBase()
    {
        var cell = ActorCell.Current ?? throw new ActorInitializationException(
            "Do not create actors using 'new', always create them using an ActorContext/System");
        _cell = cell;
        // The constructor may put another behaviour in the place of this one.
        cell.BecomeStacked(Receive);
    }

    IActorContext IInternalActor.ActorContext => _cell ?? throw new NotSupportedException("The actor is not running; it has no context any more");

    /// <summary>The context of the actor whose message this thread is processing.</summary>
    /// <exception cref="NotSupportedException">This thread is not processing a message of an actor.</exception>
    protected static IActorContext Context => CurrentContext();

    protected static Receive EmptyReceive { get; } = static _ => false;

    protected IActorRef Self => _cell?.Self ?? _clearedSelf;

    /// <summary>Whoever sent the message being processed; the dead letters when nobody did.</summary>
    protected IActorRef Sender => _cell?.Sender ?? throw new NotSupportedException("The actor is not running; it has no sender any more");

    internal SupervisorStrategy SupervisorStrategyInternal => _supervisorStrategy ??= ChooseSupervisorStrategy();

    public virtual void AroundPreStart() => PreStart();

    public virtual void AroundPreRestart(Exception cause, object message)
    {
        CancelTimers();
        PreRestart(cause, message);
    }

    public virtual void AroundPostRestart(Exception cause, object message) => PostRestart(cause);

    public virtual void AroundPostStop()
    {
        CancelTimers();
        PostStop();
    }

    protected internal virtual bool AroundReceive(Receive receive, object message)
    {
        if (receive(message))
            return true;
        Unhandled(message);
        return false;
    }

    /// <summary>False for a message that the actor does not handle.</summary>
    protected abstract bool Receive(object message);

    /// <summary>Runs before the first message, once; not at a restart unless <see cref="PostRestart"/> calls it.</summary>
    protected virtual void PreStart()
    {
    }

    /// <summary>Runs on the old instance before it is replaced. By default stops all children and calls <see cref="PostStop"/>.</summary>
    /// <param name="reason">What the actor threw.</param>
    /// <param name="message">The message it threw at; null when there was none.</param>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in Context.GetChildren())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }

        PostStop();
    }

    /// <summary>Runs on the new instance after a restart. By default calls <see cref="PreStart"/>.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    /// <summary>Runs once the actor has stopped, and by default on an instance that is replaced.</summary>
    protected virtual void PostStop()
    {
    }

    /// <summary>What happens when children fail. Asked once for each instance.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.DefaultStrategy;

    /// <summary>Publishes what no behaviour handles; a <see cref="Terminated"/> that nobody handles is thrown.</summary>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
            throw new DeathPactException(terminated.ActorRef);
        Context.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    protected void Become(Receive receive) => Cell().Become(receive);

    protected void BecomeStacked(Receive receive) => Cell().BecomeStacked(receive);

    protected void UnbecomeStacked() => Cell().UnbecomeStacked();

    protected void SetReceiveTimeout(TimeSpan? timeout) => Cell().SetReceiveTimeout(timeout);

    internal static ActorCell CurrentContext() => ActorCell.Current ?? throw new NotSupportedException(
        "There is no active ActorContext, this is most likely due to use of async operations from within this actor.");

    /// <summary>Cuts an instance off whose place is taken or gone.</summary>
    internal void Clear(IActorRef self)
    {
        _clearedSelf = self;
        _cell = null;
    }

    internal void Unclear(ActorCell cell) => _cell = cell;

    private ActorCell Cell() => _cell ?? CurrentContext();

    private SupervisorStrategy ChooseSupervisorStrategy() => Cell().Props.SupervisorStrategy ?? SupervisorStrategy();

    private void CancelTimers() => (this as IWithTimers)?.Timers?.CancelAll();
}
