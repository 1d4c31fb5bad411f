using Akka.Actor;

namespace Akka.Event;

/// <summary>A message that reached no one; the base of the events that say so.</summary>
public abstract class AllDeadLetters : IWrappedMessage
{
    protected AllDeadLetters(object message, IActorRef sender, IActorRef recipient)
    {
        Message = message;
        Sender = sender;
        Recipient = recipient;
    }

    public object Message { get; }

    public IActorRef Recipient { get; }

    public IActorRef Sender { get; }

    public override string ToString() => $"{GetType().Name} from {Sender} to {Recipient}: <{Message}>";
}

/// <summary>A message that makes no noise when it reaches no one.</summary>
public interface IDeadLetterSuppression;

public sealed class DeadLetter : AllDeadLetters
{
    public DeadLetter(object message, IActorRef sender, IActorRef recipient)
        : base(message, sender, recipient)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(recipient);
    }
}

public sealed class SuppressedDeadLetter : AllDeadLetters
{
    public SuppressedDeadLetter(IDeadLetterSuppression message, IActorRef sender, IActorRef recipient)
        : base(message, sender, recipient)
    {
    }
}

/// <summary>A message that someone on the way gave up, and why.</summary>
public sealed class Dropped : AllDeadLetters
{
    public Dropped(object message, string reason, IActorRef sender, IActorRef recipient)
        : base(message, sender, recipient) => Reason = reason;

    public Dropped(object message, string reason, IActorRef recipient)
        : this(message, reason, ActorRefs.NoSender, recipient)
    {
    }

    public string Reason { get; }
}

/// <summary>A message that its receiver does not handle.</summary>
public sealed class UnhandledMessage : AllDeadLetters
{
    public UnhandledMessage(object message, IActorRef sender, IActorRef recipient)
        : base(message, sender, recipient)
    {
    }
}
