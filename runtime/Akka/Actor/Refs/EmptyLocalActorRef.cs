using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>A reference to a local path at which no actor lives: what it is told becomes a dead letter.</summary>
public class EmptyLocalActorRef : MinimalActorRef
{
    private readonly IActorRefProvider _provider;
    private readonly ActorPath _path;
    private readonly EventStream _eventStream;

    public EmptyLocalActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream)
    {
        _provider = provider;
        _path = path;
        _eventStream = eventStream;
    }

    public override ActorPath Path => _path;

    public override IActorRefProvider Provider => _provider;

    public override bool IsTerminated => true;

    internal EventStream EventStream => _eventStream;

    public override void SendSystemMessage(ISystemMessage message) => SpecialHandle(message, _provider.DeadLetters);

    protected override void TellInternal(object message, IActorRef sender)
    {
        InvalidMessageException.ThrowIfNull(message, this);
        if (message is AllDeadLetters deadLetter)
        {
            SpecialHandle(deadLetter.Message, deadLetter.Sender);
            return;
        }

        if (!SpecialHandle(message, sender))
            _eventStream.Publish(new DeadLetter(message, sender.IsNobody() ? _provider.DeadLetters : sender, this));
    }

    /// <summary>Answers the messages that even an actor that does not exist has to answer. False when it is none of them.</summary>
    protected virtual bool SpecialHandle(object message, IActorRef sender)
    {
        switch (message)
        {
            case Watch watch:
                if (watch.Watchee.Equals(this) && !watch.Watcher.Equals(this))
                    watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: false, addressTerminated: false));
                return true;
            case Unwatch:
                return true;
            case Identify identify:
                sender?.Tell(new ActorIdentity(identify.MessageId, null!), ActorRefs.NoSender);
                return true;
            case ActorSelectionMessage selection:
                if (selection.Message is Identify wanted)
                {
                    // Of a wildcard nobody can say that it has no match; silence is the answer.
                    if (!selection.WildCardFanOut)
                        sender?.Tell(new ActorIdentity(wanted.MessageId, null!), ActorRefs.NoSender);
                }
                else
                {
                    _eventStream.Publish(new DeadLetter(selection.Message, sender.IsNobody() ? _provider.DeadLetters : sender, this));
                }

                return true;
            case IDeadLetterSuppression suppressed:
                PublishSuppressed(suppressed, sender);
                return true;
            default:
                return false;
        }
    }

    private protected void PublishSuppressed(IDeadLetterSuppression message, IActorRef sender) =>
        _eventStream.Publish(new SuppressedDeadLetter(message, sender.IsNobody() ? _provider.DeadLetters : sender, this));
}

/// <summary>Where messages go that reach no actor: they are published as <see cref="DeadLetter"/>.</summary>
public class DeadLetterActorRef : EmptyLocalActorRef
{
    public DeadLetterActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream)
        : base(provider, path, eventStream)
    {
    }

    public override bool IsTerminated => false;

    protected override void TellInternal(object message, IActorRef sender)
    {
        InvalidMessageException.ThrowIfNull(message, this);
        switch (message)
        {
            case Identify identify:
                sender?.Tell(new ActorIdentity(identify.MessageId, this), ActorRefs.NoSender);
                break;
            case AllDeadLetters deadLetter:
                if (!SpecialHandle(deadLetter.Message, deadLetter.Sender))
                    EventStream.Publish(deadLetter);
                break;
            default:
                if (!SpecialHandle(message, sender))
                    EventStream.Publish(new DeadLetter(message, sender.IsNobody() ? Provider.DeadLetters : sender, this));
                break;
        }
    }

    protected override bool SpecialHandle(object message, IActorRef sender)
    {
        if (message is Watch watch)
        {
            // The mailbox of a stopped actor passes its Watch on to here: the watchee is gone, but it did exist.
            if (!watch.Watchee.Equals(this) && !watch.Watcher.Equals(this))
                watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: false, addressTerminated: false));
            return true;
        }

        return base.SpecialHandle(message, sender);
    }
}

/// <summary>Swallows everything it is told, without a dead letter.</summary>
internal sealed class IgnoreActorRef : MinimalActorRef
{
    public IgnoreActorRef(IActorRefProvider provider, ActorPath path)
    {
        Provider = provider;
        Path = path;
    }

    public override ActorPath Path { get; }

    public override IActorRefProvider Provider { get; }
}
