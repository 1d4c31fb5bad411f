using Akka.Actor;
using Akka.Event;

namespace Akka.Dispatch.SysMsg;

/// <summary>Stands where a queue of system messages ends for good.</summary>
public sealed class NoMessage : SystemMessage
{
    public override string ToString() => "NoMessage";
}

/// <summary>Tells a cell to create its actor.</summary>
public sealed class Create : SystemMessage
{
    public Create(ActorInitializationException? failure = null) => Failure = failure;

    /// <summary>What already went wrong before the creation, if anything.</summary>
    public ActorInitializationException? Failure { get; }

    public override bool Equals(object? obj) => obj is Create other && Equals(Failure, other.Failure);

    public override int GetHashCode() => Failure?.GetHashCode() ?? 0;

    public override string ToString() => Failure is null ? "<Create>" : $"<Create>: {Failure}";
}

/// <summary>Tells a cell to replace its actor with a new instance.</summary>
public sealed class Recreate : SystemMessage, IStashWhenWaitingForChildren
{
    public Recreate(Exception cause) => Cause = cause;

    public Exception Cause { get; }

    public override string ToString() => $"<Recreate>: {Cause?.GetType()}";
}

public sealed class Suspend : SystemMessage, IStashWhenWaitingForChildren
{
    public override string ToString() => "<Suspend>";
}

public sealed class Resume : SystemMessage, IStashWhenWaitingForChildren
{
    public Resume(Exception? causedByFailure) => CausedByFailure = causedByFailure;

    /// <summary>The failure that is resumed from; null for a resume on request.</summary>
    public Exception? CausedByFailure { get; set; }

    public override string ToString() => $"<Resume>: {CausedByFailure?.GetType()}";
}

public sealed class Terminate : SystemMessage, IPossiblyHarmful, IDeadLetterSuppression
{
    public override string ToString() => "<Terminate>";
}

public sealed class Stop : SystemMessage
{
    public override string ToString() => "<Stop>";
}

/// <summary>Tells a parent of a child that it has to supervise.</summary>
public sealed class Supervise : SystemMessage
{
    public Supervise(IActorRef child, bool async)
    {
        Child = child;
        Async = async;
    }

    public IActorRef Child { get; }

    public bool Async { get; }

    public override string ToString() => $"<Supervise>: {Child} Async={Async}";
}

/// <summary>Tells a parent that a child has failed.</summary>
public sealed class Failed : SystemMessage, IStashWhenFailed
{
    public Failed(IActorRef child, Exception cause, long uid)
    {
        Child = child;
        Cause = cause;
        Uid = uid;
    }

    public IActorRef Child { get; }

    public Exception Cause { get; }

    /// <summary>The incarnation that failed; one that is gone by now is not acted upon.</summary>
    public long Uid { get; }

    public override string ToString() => $"<Failed>: {Child} ({Uid}) {Cause}";
}

public class Watch : SystemMessage
{
    public Watch(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        Watchee = watchee;
        Watcher = watcher;
    }

    public IInternalActorRef Watchee { get; }

    public IInternalActorRef Watcher { get; }

    public override bool Equals(object? obj) => obj is Watch other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Watchee, Watcher);

    public override string ToString() => $"<Watch>: {Watcher} wants to watch {Watchee}";

    protected bool Equals(Watch other) => Watchee.Equals(other.Watchee) && Watcher.Equals(other.Watcher);
}

public sealed class Unwatch : SystemMessage
{
    public Unwatch(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        Watchee = watchee;
        Watcher = watcher;
    }

    public IInternalActorRef Watchee { get; }

    public IInternalActorRef Watcher { get; }

    public override bool Equals(object? obj) => obj is Unwatch other && Watchee.Equals(other.Watchee) && Watcher.Equals(other.Watcher);

    public override int GetHashCode() => HashCode.Combine(Watchee, Watcher);

    public override string ToString() => $"<Unwatch>: {Watcher} wants to unwatch {Watchee}";
}

/// <summary>Tells a parent or a watcher that an actor has stopped.</summary>
public sealed class DeathWatchNotification : SystemMessage, IDeadLetterSuppression
{
    public DeathWatchNotification(IActorRef actor, bool existenceConfirmed, bool addressTerminated)
    {
        Actor = actor;
        ExistenceConfirmed = existenceConfirmed;
        AddressTerminated = addressTerminated;
    }

    public IActorRef Actor { get; }

    public bool ExistenceConfirmed { get; }

    public bool AddressTerminated { get; }

    public override string ToString() => $"<DeathWatchNotification>: {Actor} ExistenceConfirmed={ExistenceConfirmed}";
}

/// <summary>A step of an actor's asynchronous handler, to be run within the actor.</summary>
public sealed class ActorTask : SystemMessage
{
    public ActorTask(Task task) => Task = task;

    internal ActorTask(Task task, ActorTaskScheduler scheduler)
    {
        Task = task;
        Scheduler = scheduler;
    }

    public Task Task { get; }

    internal ActorTaskScheduler? Scheduler { get; }

    public override string ToString() => $"<ActorTask>: {Task.Status}";
}

/// <summary>The asynchronous handler of an actor has ended.</summary>
internal sealed class ActorTaskEnded(ActorTaskScheduler scheduler, Task task) : SystemMessage
{
    public ActorTaskScheduler Scheduler { get; } = scheduler;

    public Task Task { get; } = task;

    public override string ToString() => $"<ActorTaskEnded>: {Task.Status}";
}
