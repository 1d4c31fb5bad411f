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
internal sealed class InboundLane(IActorRef self, bool tellsBatches = false)
{
    // The sizes of the batches that the handler was told as such and has not worked through; the oldest first.
    private readonly Queue<int> _batches = new();
    private IActorRef? _socket;

    /// <summary>Whether the handler is told batches instead of single messages.</summary>
    public bool TellsBatches => tellsBatches;

    public long Received { get; private set; }

    /// <summary>Messages that were handed to the handler and that it has not worked through, by whole batches.</summary>
    public int InHand { get; private set; }

    /// <param name="socket">The socket to take from.</param>
    /// <param name="window">The most messages in the handler's hands.</param>
    public void Attach(IActorRef socket, int window)
    {
        _socket = socket;
        socket.Tell(new InboundCredit(window), self);
    }

    /// <summary>Hands the batch over; the credit comes back with <see cref="Worked"/>.</summary>
    public void Deliver(IReadOnlyList<Message> batch, IActorRef handler)
    {
        Count(batch);
        if (batch.Count == 0) return;
        InHand += batch.Count;
        if (tellsBatches)
        {
            _batches.Enqueue(batch.Count);
            handler.Tell(MessageBatch.Of(batch), self);
        }
        else
        {
            for (var i = 0; i < batch.Count; i++) handler.Tell(batch[i], self);
        }
        handler.Tell(new Identify(new Barrier(batch.Count)), self);
    }

    /// <summary>Counts messages that a protocol's own credit bounds; the socket may deliver as many more at once.</summary>
    public void Pass(IReadOnlyList<Message> batch)
    {
        Count(batch);
        Release(batch.Count);
    }

    /// <summary>Counts messages that are handed over in another way; the credit comes back with <see cref="Release"/>.</summary>
    public void Count(IReadOnlyList<Message> batch) => Received += batch.Count;

    /// <summary>True when the answer was to a batch of this lane.</summary>
    public bool Worked(ActorIdentity answer)
    {
        if (answer.MessageId is not Barrier barrier) return false;
        if (tellsBatches) _batches.TryDequeue(out _);
        InHand -= barrier.Messages;
        Release(barrier.Messages);
        return true;
    }

    /// <summary>How many messages the batch has that the handler works on; 0 when it has none.</summary>
    public int InWork() => _batches.TryPeek(out var messages) ? messages : 0;

    public void Release(int messages) => _socket?.Tell(new InboundCredit(messages), self);

    private sealed record Barrier(int Messages);
}
