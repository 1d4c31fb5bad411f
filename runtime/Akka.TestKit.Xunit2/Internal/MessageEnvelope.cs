using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A message that a test actor received, and from whom.</summary>
public abstract class MessageEnvelope
{
    public abstract object Message { get; }

    public abstract IActorRef Sender { get; }
}

public class RealMessageEnvelope : MessageEnvelope
{
    public RealMessageEnvelope(object message, IActorRef sender)
    {
        Message = message;
        Sender = sender;
    }

    public override object Message { get; }

    public override IActorRef Sender { get; }

    public override string ToString() =>
        $"<{Message ?? "null"}> from {(Sender is null || ReferenceEquals(Sender, ActorRefs.NoSender) ? "NoSender" : Sender.ToString())}";
}

/// <summary>Stands where no message was received.</summary>
public sealed class NullMessageEnvelope : MessageEnvelope
{
    public static readonly NullMessageEnvelope Instance = new();

    private NullMessageEnvelope()
    {
    }

    public override object Message => throw new InvalidOperationException("There is no last message.");

    public override IActorRef Sender => throw new InvalidOperationException("There is no last message, so there is no last sender.");

    public override string ToString() => "<null>";
}
