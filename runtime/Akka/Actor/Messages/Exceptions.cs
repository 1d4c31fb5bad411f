namespace Akka.Actor;

/// <summary>A name that no actor may have, or that a sibling already has.</summary>
public class InvalidActorNameException : AkkaException
{
    public InvalidActorNameException(string message)
        : base(message)
    {
    }

    public InvalidActorNameException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

public class IllegalActorNameException(string message) : AkkaException(message);

/// <summary>An operation that the state of the actor does not allow.</summary>
public class IllegalActorStateException(string message) : AkkaException(message);

/// <summary>A message that cannot be told: null.</summary>
public class InvalidMessageException : AkkaException
{
    public InvalidMessageException()
        : this("Message is null.")
    {
    }

    public InvalidMessageException(string message)
        : base(message)
    {
    }

    internal static void ThrowIfNull(object? message, IActorRef receiver)
    {
        if (message is null)
            throw new InvalidMessageException($"Message is null; told to {receiver}");
    }
}

public class ActorNotFoundException : AkkaException
{
    public ActorNotFoundException()
    {
    }

    public ActorNotFoundException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

/// <summary>An actor could not be created; by default its supervisor stops it.</summary>
public class ActorInitializationException : AkkaException
{
    public ActorInitializationException()
    {
    }

    public ActorInitializationException(string message)
        : base(message)
    {
    }

    public ActorInitializationException(string message, Exception? cause)
        : base(message, cause)
    {
    }

    public ActorInitializationException(IActorRef actor, string message, Exception? cause = null)
        : base(message, cause) => Actor = actor;

    public IActorRef Actor { get; set; } = null!;

    public override string ToString() => Actor is null ? base.ToString() : $"{Actor}: {base.ToString()}";
}

/// <summary>A hook threw before a restart; the restart goes on.</summary>
public class PreRestartException : ActorInitializationException
{
    public PreRestartException(IActorRef actor, Exception restartException, Exception cause, object optionalMessage)
        : base(
            actor,
            $"Exception in PreRestart(reason={cause?.GetType().ToString() ?? "null"}, message={optionalMessage?.GetType().ToString() ?? "null"})",
            restartException)
    {
        RestartException = restartException;
        OptionalMessage = optionalMessage!;
    }

    public Exception RestartException { get; }

    public object OptionalMessage { get; }
}

/// <summary>The new instance of a restarting actor could not be made, or its PostRestart threw.</summary>
public class PostRestartException : ActorInitializationException
{
    public PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
        : base(actor, $"Exception in PostRestart ({originalCause?.GetType().ToString() ?? "null"})", cause) => OriginalCause = originalCause!;

    public Exception OriginalCause { get; }
}

/// <summary>What a <see cref="Kill"/> makes of an actor.</summary>
public class ActorKilledException : AkkaException
{
    public ActorKilledException()
    {
    }

    public ActorKilledException(string message)
        : base(message)
    {
    }
}

/// <summary>An actor received <see cref="Terminated"/> and did not handle it.</summary>
public class DeathPactException : AkkaException
{
    public DeathPactException(IActorRef deadActor)
        : base($"Monitored actor [{deadActor}] terminated") => DeadActor = deadActor;

    public IActorRef DeadActor { get; }
}

public class ActorInterruptedException(string? message = null, Exception? cause = null) : AkkaException(message ?? "The actor was interrupted.", cause);

/// <summary>An ask that got no answer in time.</summary>
public class AskTimeoutException(string message) : AkkaException(message);

public sealed class SchedulerException(string message) : AkkaException(message);

public class StashOverflowException(string message, Exception? cause = null) : AkkaException(message, cause);

public class LoggerInitializationException : AkkaException
{
    public LoggerInitializationException()
    {
    }

    public LoggerInitializationException(string message)
        : base(message)
    {
    }

    public LoggerInitializationException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
