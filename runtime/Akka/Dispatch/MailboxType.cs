using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.MessageQueues;

namespace Akka.Dispatch;

/// <summary>
/// Makes the message queue of an actor. A type named in configuration needs a public constructor
/// <c>(Settings settings, Config config)</c>.
/// </summary>
public abstract class MailboxType
{
    protected readonly Settings Settings;
    protected readonly Config Config;

    protected MailboxType(Settings settings, Config config)
    {
        Settings = settings;
        Config = config;
    }

    /// <param name="owner">The actor; null for a queue without one.</param>
    /// <param name="system">The system of the actor; null for a queue without one.</param>
    public abstract IMessageQueue Create(IActorRef owner, ActorSystem system);
}

public sealed class UnboundedMailbox : MailboxType, IProducesMessageQueue<UnboundedMessageQueue>
{
    public UnboundedMailbox()
        : this(null!, null!)
    {
    }

    public UnboundedMailbox(Settings settings, Config config)
        : base(settings, config)
    {
    }

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new UnboundedMessageQueue();
}

public sealed class UnboundedDequeBasedMailbox : MailboxType, IProducesMessageQueue<UnboundedDequeMessageQueue>
{
    public UnboundedDequeBasedMailbox(Settings settings, Config config)
        : base(settings, config)
    {
    }

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new UnboundedDequeMessageQueue();
}

/// <summary>Keys: <c>mailbox-capacity</c>, above 0, and <c>mailbox-push-timeout-time</c>, negative for without end.</summary>
public sealed class BoundedMailbox : MailboxType, IProducesMessageQueue<BoundedMessageQueue>, IProducesPushTimeoutSemanticsMailbox
{
    public BoundedMailbox(Settings settings, Config config)
        : base(settings, config)
    {
        Capacity = BoundedMailboxKeys.Capacity(config);
        PushTimeout = BoundedMailboxKeys.PushTimeout(config);
    }

    public int Capacity { get; }

    public TimeSpan PushTimeout { get; }

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new BoundedMessageQueue(Capacity, PushTimeout);
}

/// <summary>Keys: <c>mailbox-capacity</c>, above 0, and <c>mailbox-push-timeout-time</c>, negative for without end.</summary>
public class BoundedDequeBasedMailbox : MailboxType, IProducesMessageQueue<BoundedDequeMessageQueue>, IProducesPushTimeoutSemanticsMailbox
{
    public BoundedDequeBasedMailbox(Settings settings, Config config)
        : base(settings, config)
    {
        Capacity = BoundedMailboxKeys.Capacity(config);
        PushTimeout = BoundedMailboxKeys.PushTimeout(config);
    }

    public int Capacity { get; }

    public TimeSpan PushTimeout { get; }

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new BoundedDequeMessageQueue(Capacity, PushTimeout);
}

/// <summary>Derive and say what goes first. The lower the number, the sooner.</summary>
public abstract class UnboundedPriorityMailbox : MailboxType, IProducesMessageQueue<UnboundedPriorityMessageQueue>
{
    public const int DefaultCapacity = 11;

    protected UnboundedPriorityMailbox(Settings settings, Config config)
        : base(settings, config)
    {
    }

    public int InitialCapacity => DefaultCapacity;

    public sealed override IMessageQueue Create(IActorRef owner, ActorSystem system) =>
        new UnboundedPriorityMessageQueue(PriorityGenerator, InitialCapacity);

    protected abstract int PriorityGenerator(object message);
}

/// <summary>As <see cref="UnboundedPriorityMailbox"/>, and keeps the order of messages of the same priority.</summary>
public abstract class UnboundedStablePriorityMailbox : MailboxType, IProducesMessageQueue<UnboundedStablePriorityMessageQueue>
{
    public const int DefaultCapacity = 11;

    protected UnboundedStablePriorityMailbox(Settings settings, Config config)
        : base(settings, config)
    {
    }

    public int InitialCapacity => DefaultCapacity;

    public sealed override IMessageQueue Create(IActorRef owner, ActorSystem system) =>
        new UnboundedStablePriorityMessageQueue(PriorityGenerator, InitialCapacity);

    protected abstract int PriorityGenerator(object message);
}

internal static class BoundedMailboxKeys
{
    public static int Capacity(Config config)
    {
        var capacity = config.GetInt("mailbox-capacity", 0);
        return capacity > 0
            ? capacity
            : throw new ArgumentException($"mailbox-capacity of a bounded mailbox must be above 0, and is {capacity}", nameof(config));
    }

    public static TimeSpan PushTimeout(Config config)
    {
        if (!config.HasPath("mailbox-push-timeout-time"))
            throw new ArgumentException("mailbox-push-timeout-time of a bounded mailbox is missing", nameof(config));
        return config.GetTimeSpan("mailbox-push-timeout-time", null, true);
    }
}
