using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>A queue behind a lock, for orders that no lock-free queue has.</summary>
public abstract class BlockingMessageQueue : IMessageQueue, IBlockingMessageQueueSemantics
{
    private readonly Lock _gate = new();

    public TimeSpan BlockTimeOut { get; set; } = TimeSpan.FromSeconds(1);

    public bool HasMessages => Count > 0;

    public int Count
    {
        get
        {
            lock (_gate)
                return LockedCount;
        }
    }

    protected abstract int LockedCount { get; }

    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        lock (_gate)
            LockedEnqueue(envelope);
    }

    public bool TryDequeue(out Envelope envelope)
    {
        lock (_gate)
            return LockedTryDequeue(out envelope);
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
            deadletters.Enqueue(owner, envelope);
    }

    protected abstract void LockedEnqueue(Envelope envelope);

    protected abstract bool LockedTryDequeue(out Envelope envelope);
}

/// <summary>The lowest priority number first; the order within one priority is not defined.</summary>
public class UnboundedPriorityMessageQueue : BlockingMessageQueue, IUnboundedDequeBasedMessageQueueSemantics
{
    private readonly PriorityQueue<Envelope, int> _queue;
    private readonly Func<object, int> _priority;
    private readonly Stack<Envelope> _front = new();

    public UnboundedPriorityMessageQueue(Func<object, int> priorityGenerator, int initialCapacity)
    {
        _priority = priorityGenerator;
        _queue = new PriorityQueue<Envelope, int>(initialCapacity);
    }

    protected override int LockedCount => _front.Count + _queue.Count;

    /// <summary>Puts a message back in front, whatever its priority. Only the run of the mailbox does so.</summary>
    public void EnqueueFirst(Envelope envelope) => _front.Push(envelope);

    protected override void LockedEnqueue(Envelope envelope) => _queue.Enqueue(envelope, _priority(envelope.Message));

    protected override bool LockedTryDequeue(out Envelope envelope) =>
        _front.TryPop(out envelope) || _queue.TryDequeue(out envelope, out _);
}

/// <summary>The lowest priority number first; within one priority, first in, first out.</summary>
public class UnboundedStablePriorityMessageQueue : BlockingMessageQueue, IUnboundedDequeBasedMessageQueueSemantics
{
    private readonly PriorityQueue<Envelope, (int Priority, long Order)> _queue;
    private readonly Func<object, int> _priority;
    private readonly Stack<Envelope> _front = new();
    private long _order;

    public UnboundedStablePriorityMessageQueue(Func<object, int> priorityGenerator, int initialCapacity)
    {
        _priority = priorityGenerator;
        _queue = new PriorityQueue<Envelope, (int Priority, long Order)>(initialCapacity);
    }

    protected override int LockedCount => _front.Count + _queue.Count;

    /// <summary>Puts a message back in front, whatever its priority. Only the run of the mailbox does so.</summary>
    public void EnqueueFirst(Envelope envelope) => _front.Push(envelope);

    protected override void LockedEnqueue(Envelope envelope) => _queue.Enqueue(envelope, (_priority(envelope.Message), _order++));

    protected override bool LockedTryDequeue(out Envelope envelope) =>
        _front.TryPop(out envelope) || _queue.TryDequeue(out envelope, out _);
}
