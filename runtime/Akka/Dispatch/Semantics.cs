using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>The base of what a message queue can promise.</summary>
public interface ISemantics;

public interface IUnboundedMessageQueueSemantics : ISemantics;

public interface IBoundedMessageQueueSemantics : ISemantics
{
    /// <summary>How long a sender waits for room before its message becomes a dead letter.</summary>
    TimeSpan PushTimeOut { get; }
}

/// <summary>Messages can be put back in front, as a stash does.</summary>
public interface IDequeBasedMessageQueueSemantics : ISemantics
{
    void EnqueueFirst(Envelope envelope);
}

public interface IUnboundedDequeBasedMessageQueueSemantics : IDequeBasedMessageQueueSemantics, IUnboundedMessageQueueSemantics;

public interface IBoundedDequeBasedMessageQueueSemantics : IDequeBasedMessageQueueSemantics, IBoundedMessageQueueSemantics;

public interface IMultipleConsumerSemantics : ISemantics;

public interface IBlockingMessageQueueSemantics : IMultipleConsumerSemantics
{
    TimeSpan BlockTimeOut { get; set; }
}

/// <summary>An actor class that needs a mailbox whose queue promises <typeparamref name="T"/>.</summary>
public interface IRequiresMessageQueue<T>
    where T : ISemantics;

/// <summary>A mailbox type that makes queues of type <typeparamref name="TQueue"/>.</summary>
public interface IProducesMessageQueue<TQueue>
    where TQueue : MessageQueues.IMessageQueue;

public interface IProducesPushTimeoutSemanticsMailbox
{
    TimeSpan PushTimeout { get; }
}
