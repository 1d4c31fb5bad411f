using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>
/// The inbound side of a role: hands messages to the handler, and grants the socket new credit when the handler has worked
/// through them. So a slow handler holds the peers back.
/// </summary>
/// <remarks>
/// An <see cref="Identify"/> follows each batch. Every actor answers it by itself, in the order of its mailbox: so any actor
/// can be a handler, and its answer shows that the batch is done. Belongs to one role actor; not safe for concurrent use.
/// </remarks>
internal sealed class InboundLane(IActorRef self, bool tellsBatches = false, HandlerTimes? times = null)
{
    // The sizes of the batches that the handler was told as such and has not worked through; the oldest first.
    private readonly Queue<int> _batches = new();
    private IActorRef? _socket;

    private long _received;

    // Granted to the socket and not used by a message that has come.
    private long _granted;

    // What is to be granted when the lane is no longer held.
    private int _owed;
    private bool _isHeld;
    private bool _isStopped;

    /// <summary>Whether the handler is told batches instead of single messages.</summary>
    public bool TellsBatches => tellsBatches;

    /// <summary>Messages received. Read from any thread.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Messages that were handed to the handler and that it has not worked through, by whole batches.</summary>
    public int InHand { get; private set; }

    /// <param name="socket">The socket to take from.</param>
    /// <param name="window">The most messages in the handler's hands.</param>
    public void Attach(IActorRef socket, int window)
    {
        _socket = socket;
        Release(window);
    }

    /// <summary>Hands the batch over; the credit comes back with <see cref="Worked"/>.</summary>
    /// <param name="batch">What the socket has received.</param>
    /// <param name="handler">The actor that is told it.</param>
    /// <param name="toldAs">Makes of a message what the handler is told; null where it was counted otherwise. Without it, the message itself is told.</param>
    public void Deliver(IReadOnlyList<Message> batch, IActorRef handler, Func<Message, object?>? toldAs = null)
    {
        Count(batch);
        if (batch.Count == 0) return;
        InHand += batch.Count;
        var told = times?.Told() ?? 0;
        if (tellsBatches)
        {
            _batches.Enqueue(batch.Count);
            handler.Tell(MessageBatch.Of(batch), self);
        }
        else
        {
            for (var i = 0; i < batch.Count; i++)
                if ((toldAs is null ? batch[i] : toldAs(batch[i])) is { } one) handler.Tell(one, self);
        }
        handler.Tell(new Identify(new Barrier(batch.Count, told)), self);
    }

    /// <summary>Counts messages that a protocol's own credit bounds; the socket may deliver as many more at once.</summary>
    public void Pass(IReadOnlyList<Message> batch)
    {
        Count(batch);
        Release(batch.Count);
    }

    /// <summary>Counts messages that are handed over in another way; the credit comes back with <see cref="Release"/>.</summary>
    public void Count(IReadOnlyList<Message> batch)
    {
        Volatile.Write(ref _received, _received + batch.Count);
        _granted -= batch.Count;
    }

    /// <summary>While on, no credit goes to the socket, so that the peers wait; what came back meanwhile goes there afterwards.</summary>
    public void Hold(bool on)
    {
        _isHeld = on;
        if (on || _owed == 0) return;
        var owed = _owed;
        _owed = 0;
        Release(owed);
    }

    /// <summary>Takes the socket's credit back for good: the role takes nothing more than what is on its way.</summary>
    public void Stop()
    {
        if (_isStopped) return;
        _isStopped = true;
        _socket?.Tell(new InboundCredit((int)-Math.Clamp(_granted, 0, int.MaxValue)), self);
    }

    /// <summary>True when the answer was to a batch of this lane.</summary>
    public bool Worked(ActorIdentity answer)
    {
        if (answer.MessageId is not Barrier barrier) return false;
        if (tellsBatches) _batches.TryDequeue(out _);
        times?.Worked(barrier.Told, barrier.Messages);
        InHand -= barrier.Messages;
        Release(barrier.Messages);
        return true;
    }

    /// <summary>How many messages the batch has that the handler works on; 0 when it has none.</summary>
    public int InWork() => _batches.TryPeek(out var messages) ? messages : 0;

    public void Release(int messages)
    {
        if (_isStopped) return;
        if (_isHeld)
        {
            _owed += messages;
            return;
        }
        _granted += messages;
        _socket?.Tell(new InboundCredit(messages), self);
    }

    private sealed record Barrier(int Messages, long Told);
}
