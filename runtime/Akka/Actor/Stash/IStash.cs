using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>Messages put by for later. Belongs to one incarnation of one actor.</summary>
public interface IStash
{
    /// <summary>Puts the message being processed by.</summary>
    /// <exception cref="StashOverflowException">The stash is full.</exception>
    void Stash();

    /// <summary>Puts the oldest message back in front of the mailbox.</summary>
    void Unstash();

    /// <summary>Puts all messages back in front of the mailbox, oldest first.</summary>
    void UnstashAll();

    /// <summary>Puts the messages that match back in front of the mailbox; the others are dropped.</summary>
    void UnstashAll(Func<Envelope, bool> predicate);

    /// <summary>Takes all messages out.</summary>
    IEnumerable<Envelope> ClearStash();

    void Prepend(IEnumerable<Envelope> envelopes);

    int Count { get; }

    bool IsEmpty { get; }

    bool NonEmpty { get; }

    bool IsFull { get; }

    /// <summary>How many messages fit; -1 for no limit.</summary>
    int Capacity { get; }
}

/// <summary>An actor that is given a stash when it is created.</summary>
public interface IActorStash
{
    IStash Stash { get; set; }
}

/// <summary>A stash, on whatever mailbox the configuration gives.</summary>
public interface IWithUnrestrictedStash : IActorStash;

/// <summary>A stash; the mailbox must be able to take messages back in front.</summary>
public interface IWithStash : IWithUnrestrictedStash, IRequiresMessageQueue<IDequeBasedMessageQueueSemantics>;

public interface IWithUnboundedStash : IWithUnrestrictedStash, IRequiresMessageQueue<IUnboundedDequeBasedMessageQueueSemantics>;

public interface IWithBoundedStash : IWithUnrestrictedStash, IRequiresMessageQueue<IBoundedDequeBasedMessageQueueSemantics>;
