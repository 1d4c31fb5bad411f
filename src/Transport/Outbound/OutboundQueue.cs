using System.Diagnostics.CodeAnalysis;

namespace Actors.Transport;

/// <summary>What became of an item that was offered to an <see cref="OutboundQueue{T}"/>.</summary>
internal enum OfferResult
{
    /// <summary>It waits in the queue.</summary>
    Queued,

    /// <summary>It waits, and the item that had waited longest was dropped for it.</summary>
    QueuedDroppingOldest,

    /// <summary>It was dropped.</summary>
    Dropped,

    /// <summary>It was not taken and goes back to its sender.</summary>
    Refused,
}

/// <summary>
/// What a role holds for a socket that has no credit left: bounded, with an <see cref="OverflowRule"/>.
/// </summary>
/// <remarks>Belongs to one actor; not safe for concurrent use.</remarks>
internal sealed class OutboundQueue<T>
    where T : class
{
    private readonly Queue<T> _waiting = new();

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is less than 1.</exception>
    public OutboundQueue(int capacity, OverflowRule rule)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        Rule = rule;
    }

    /// <summary>The most items that wait.</summary>
    public int Capacity { get; }

    /// <summary>What happens when the queue is full.</summary>
    public OverflowRule Rule { get; }

    /// <summary>The items that wait now.</summary>
    public int Count => _waiting.Count;

    /// <summary>The places that are free now; negative while answers have been taken beyond the capacity.</summary>
    public int Free => Capacity - _waiting.Count;

    /// <summary>Takes the item, or applies the rule.</summary>
    /// <param name="item">What is to wait.</param>
    /// <param name="dropped">The item that was dropped: the offered one or the oldest; null where none was.</param>
    /// <param name="isAnswer">
    /// Whether the item answers what was received: under backpressure it is taken beyond the capacity, and the owner holds back
    /// what it receives instead.
    /// </param>
    public OfferResult Offer(T item, out T? dropped, bool isAnswer = false)
    {
        dropped = null;
        if (_waiting.Count < Capacity || (isAnswer && Rule == OverflowRule.Backpressure))
        {
            _waiting.Enqueue(item);
            return OfferResult.Queued;
        }
        switch (Rule)
        {
            case OverflowRule.DropOldest:
                dropped = _waiting.Dequeue();
                _waiting.Enqueue(item);
                return OfferResult.QueuedDroppingOldest;
            case OverflowRule.DropNewest:
                dropped = item;
                return OfferResult.Dropped;
            default:
                return OfferResult.Refused;
        }
    }

    /// <summary>Takes out the item that waited longest, if any waits.</summary>
    public bool TryTake([NotNullWhen(true)] out T? item) => _waiting.TryDequeue(out item);

    /// <summary>The item that has waited longest, which stays.</summary>
    public bool TryPeek([NotNullWhen(true)] out T? item) => _waiting.TryPeek(out item);

    /// <summary>Takes out at most <paramref name="most"/> items, the oldest first.</summary>
    public T[] Take(int most)
    {
        var batch = new T[Math.Min(most, _waiting.Count)];
        for (var i = 0; i < batch.Length; i++) batch[i] = _waiting.Dequeue();
        return batch;
    }
}

/// <summary>The answer to a sender whose message was not taken because the outbound queue is full.</summary>
public sealed class OutboundOverflowException : Exception
{
    /// <summary>Names the role and its capacity.</summary>
    public OutboundOverflowException(string role, int capacity)
        : base($"{role}: {capacity} messages wait to be sent and no peer takes them, so this one was not taken. Wait for demand, or choose another overflow rule.")
    {
    }
}
