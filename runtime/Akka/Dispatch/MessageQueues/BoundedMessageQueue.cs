using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Dispatch.MessageQueues;

/// <summary>
/// First in, first out, with a limit. A sender waits for room as long as the push timeout says; after that its
/// message is a dead letter. A negative timeout waits without end, zero does not wait.
/// </summary>
public class BoundedMessageQueue : IMessageQueue, IBoundedMessageQueueSemantics
{
    private readonly ConcurrentQueue<Envelope> _queue = new();
    private readonly SemaphoreSlim _room;

    public BoundedMessageQueue(Config config)
        : this(config.GetInt("mailbox-capacity", 0), config.GetTimeSpan("mailbox-push-timeout-time", TimeSpan.FromSeconds(-1), false))
    {
    }

    public BoundedMessageQueue(int boundedCapacity, TimeSpan pushTimeOut)
    {
        if (boundedCapacity <= 0)
            throw new ArgumentException($"The capacity of a bounded mailbox must be above 0, and is {boundedCapacity}", nameof(boundedCapacity));
        PushTimeOut = pushTimeOut;
        _room = new SemaphoreSlim(boundedCapacity);
    }

    public TimeSpan PushTimeOut { get; set; }

    public bool HasMessages => !_queue.IsEmpty;

    public int Count => _queue.Count;

    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        if (PushTimeOut < TimeSpan.Zero)
        {
            _room.Wait();
        }
        else if (!_room.Wait(PushTimeOut))
        {
            ((IInternalActorRef)receiver).Provider.DeadLetters.Tell(new DeadLetter(envelope.Message, envelope.Sender, receiver), envelope.Sender);
            return;
        }

        _queue.Enqueue(envelope);
    }

    public bool TryDequeue(out Envelope envelope)
    {
        if (!_queue.TryDequeue(out envelope))
            return false;
        _room.Release();
        return true;
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
            deadletters.Enqueue(owner, envelope);
    }
}
