using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>
/// The outbound side of a role: messages wait here for the socket's credit and go over in batches. Producers are granted
/// demand for the free places.
/// </summary>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal sealed class OutboundLane(string role, OutboundSettings settings, IActorRef self, EventStream events)
{
    // A flush costs one mailbox turn, so a batch goes over at once when it has this many messages.
    private const int BatchMessages = 64;

    private readonly OutboundQueue<Message> _queue = new(settings.Capacity, settings.Rule);
    private readonly ProducerDemand _producers = new(self);
    private IActorRef? _socket;
    private int _credit;
    private int _inSocket;
    private long _sent;
    private bool _flushing;

    /// <summary>Messages that a socket has taken. Read from any thread.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Messages dropped or refused here.</summary>
    public long Dropped { get; private set; }

    /// <summary>Messages here and on their way that no socket has taken yet. Read from any thread.</summary>
    public int Waiting => _queue.Count + _inSocket;

    public bool IsDrained => Waiting == 0;

    /// <summary>True while whoever causes messages here should wait: the queue is full, and its rule is backpressure.</summary>
    public bool HoldsBack => settings.Rule == OverflowRule.Backpressure && _queue.Free <= 0;

    public void Attach(IActorRef socket) => _socket = socket;

    /// <summary>Takes a message, or applies the overflow rule; a refused one goes back to its sender as a failure.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sender">Who is told of a refusal.</param>
    /// <param name="isAnswer">Whether it answers what the role received, which the role holds back while <see cref="HoldsBack"/>.</param>
    public void Offer(Message message, IActorRef sender, bool isAnswer = false)
    {
        Put(message, sender, isAnswer);
        if (_credit == 0) return;
        if (_queue.Count >= BatchMessages) Send();
        else if (!_flushing)
        {
            // Comes behind the messages that wait in the mailbox now, so these go over as one batch.
            _flushing = true;
            self.Tell(FlushOutbound.Instance, self);
        }
    }

    /// <summary>
    /// Takes the messages of a batch, or applies the overflow rule to each. A rule that refuses refuses a batch that does not
    /// fit as a whole, so that its sender can offer it again.
    /// </summary>
    /// <param name="batch">The messages.</param>
    /// <param name="sender">Who is told of a refusal.</param>
    /// <param name="isAnswer">Whether they answer what the role received, which the role holds back while <see cref="HoldsBack"/>.</param>
    public void Offer(MessageBatch batch, IActorRef sender, bool isAnswer = false)
    {
        _producers.Used(sender, batch.Count);
        var direct = _queue.Count == 0 ? Math.Min(_credit, batch.Count) : 0;
        var rest = batch.Count - direct;
        if (rest > Math.Max(0, _queue.Free) && !(isAnswer && settings.Rule == OverflowRule.Backpressure) && settings.Rule is OverflowRule.Backpressure or OverflowRule.Fail)
        {
            Refuse(batch.Count, sender);
            return;
        }
        if (direct > 0) Hand(batch.First(direct));
        var dropped = 0;
        foreach (var message in batch.Messages[direct..])
            if (_queue.Offer(message, out _, isAnswer) != OfferResult.Queued) dropped++;
        if (dropped > 0) Drop(dropped, settings.Rule == OverflowRule.DropOldest ? DropReason.QueueFullOldest : DropReason.QueueFullNewest);
        Send();
        _producers.Grant(_queue.Free);
    }

    /// <summary>Does what <see cref="Offer(Message, IActorRef, bool)"/> does, for a caller that calls <see cref="Flush"/> afterwards.</summary>
    public void Put(Message message, IActorRef sender, bool isAnswer = false)
    {
        _producers.Used(sender);
        switch (_queue.Offer(message, out _, isAnswer))
        {
            case OfferResult.QueuedDroppingOldest: Drop(1, DropReason.QueueFullOldest); break;
            case OfferResult.Dropped: Drop(1, DropReason.QueueFullNewest); break;
            case OfferResult.Refused: Refuse(1, sender); break;
        }
    }

    private void Refuse(int messages, IActorRef sender)
    {
        Drop(messages, DropReason.Refused);
        sender.Tell(new Status.Failure(new OutboundOverflowException(role, _queue.Capacity)), self);
    }

    public void Flush()
    {
        _flushing = false;
        Send();
        _producers.Grant(_queue.Free);
    }

    /// <summary>The socket has room for more messages: at its start, or because it has sent some.</summary>
    public void Granted(int messages, bool atStart)
    {
        _credit += messages;
        if (!atStart)
        {
            _inSocket -= messages;
            Volatile.Write(ref _sent, _sent + messages);
        }
        Send();
        _producers.Grant(_queue.Free);
    }

    public void Register(IActorRef producer)
    {
        _producers.Add(producer);
        _producers.Grant(_queue.Free);
    }

    public void Unregister(IActorRef producer)
    {
        if (_producers.Remove(producer)) _producers.Grant(_queue.Free);
    }

    /// <summary>Counts what still waits as dropped: the role stops.</summary>
    public void Discard()
    {
        var waiting = _queue.Take(int.MaxValue).Length;
        if (waiting > 0) Drop(waiting, DropReason.Stopped);
    }

    public void Drop(long count, DropReason reason, string? peer = null)
    {
        Dropped += count;
        events.Publish(new MessagesDropped(role, count, reason, peer));
    }

    private void Send()
    {
        while (_credit > 0 && _queue.Count > 0)
            Hand(MessageBatch.Of(_queue.Take(Math.Min(_credit, BatchMessages))));
    }

    private void Hand(MessageBatch batch)
    {
        _credit -= batch.Count;
        _inSocket += batch.Count;
        _socket!.Tell(new OutboundBatch(batch), self);
    }
}

/// <summary>A role to itself: send the messages that have gathered.</summary>
internal sealed record FlushOutbound
{
    public static FlushOutbound Instance { get; } = new();
}
