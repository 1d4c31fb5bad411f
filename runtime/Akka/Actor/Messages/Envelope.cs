namespace Akka.Actor;

/// <summary>A message and who sent it. A value, so that a mailbox holds it without an object for each message.</summary>
public readonly struct Envelope
{
    public Envelope(object message, IActorRef sender, ActorSystem system)
    {
        Message = message;
        Sender = sender ?? system.DeadLetters;
    }

    public Envelope(object message, IActorRef sender)
    {
        Message = message;
        Sender = sender;
    }

    public IActorRef Sender { get; }

    public object Message { get; }

    public override string ToString() => $"<{Message}> from {(Sender is null ? "NoSender" : Sender.ToString())}";
}
