using Akka.Dispatch;

namespace Akka.Actor.Internal;

public abstract class AbstractStash : IStash
{
    private readonly ActorCell _cell;
    private readonly IActorRef _self;
    private readonly LinkedList<Envelope> _stash = new();
    private int _lastStashedId;

    protected AbstractStash(IActorContext context)
    {
        _cell = (ActorCell)context;
        _self = context.Self;
        Capacity = context.Props.Deploy.StashCapacity is > 0 and var capacity
            ? capacity
            : context.System.Mailboxes.StashCapacity(context.Props.Dispatcher, context.Props.Mailbox);
        if (_cell.Mailbox.MessageQueue is not IDequeBasedMessageQueueSemantics)
        {
            throw new NotSupportedException(
                $"{_self} has a stash and needs a mailbox that takes messages back in front (IDequeBasedMessageQueueSemantics); it has [{_cell.Mailbox.MessageQueue.GetType()}]");
        }
    }

    public int Count => _stash.Count;

    public bool IsEmpty => _stash.Count == 0;

    public bool NonEmpty => _stash.Count > 0;

    public bool IsFull => Capacity >= 0 && _stash.Count >= Capacity;

    public virtual int Capacity { get; }

    private IDequeBasedMessageQueueSemantics Queue => (IDequeBasedMessageQueueSemantics)_cell.Mailbox.MessageQueue;

    public void Stash()
    {
        var envelope = _cell.CurrentEnvelope;
        if (envelope.Message is null)
            throw new InvalidOperationException($"{_self} has no message to stash: none is being processed");
        if (_stash.Count > 0 && _lastStashedId == _cell.CurrentEnvelopeId)
            throw new IllegalActorStateException($"Can't stash the same message {envelope} more than once");
        if (IsFull)
            throw new StashOverflowException($"Couldn't enqueue message {envelope} to stash of {_self}");
        _lastStashedId = _cell.CurrentEnvelopeId;
        _stash.AddLast(envelope);
    }

    public void Unstash()
    {
        if (_stash.First is not { } oldest)
            return;
        _stash.RemoveFirst();
        PutBack(oldest.Value);
    }

    public void UnstashAll() => UnstashAll(static _ => true);

    public void UnstashAll(Func<Envelope, bool> filterPredicate)
    {
        // Each goes to the front, so the newest goes first.
        for (var node = _stash.Last; node is not null; node = node.Previous)
        {
            if (filterPredicate(node.Value))
                PutBack(node.Value);
        }

        _stash.Clear();
    }

    public IEnumerable<Envelope> ClearStash()
    {
        var stashed = _stash.ToArray();
        _stash.Clear();
        return stashed;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Reverse())
        {
            if (IsFull)
                throw new StashOverflowException($"Couldn't enqueue message {envelope} to stash of {_self}");
            _stash.AddFirst(envelope);
        }
    }

    private void PutBack(Envelope envelope)
    {
        if (_cell.Mailbox.MessageQueue is IDequeBasedMessageQueueSemantics)
            Queue.EnqueueFirst(envelope);
        else
            _cell.SendMessage(envelope);
    }
}

/// <summary>As many messages as the mailbox's <c>stash-capacity</c> says.</summary>
public class BoundedStashImpl(IActorContext context) : AbstractStash(context);

public class UnboundedStashImpl(IActorContext context) : AbstractStash(context)
{
    public override int Capacity => -1;
}
