using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>What holds the messages of a mailbox: many threads enqueue, the run of the mailbox dequeues.</summary>
public interface IMessageQueue
{
    bool HasMessages { get; }

    int Count { get; }

    void Enqueue(IActorRef receiver, Envelope envelope);

    bool TryDequeue(out Envelope envelope);

    /// <summary>Hands what is queued to the dead letters when the actor has stopped.</summary>
    void CleanUp(IActorRef owner, IMessageQueue deadletters);
}
