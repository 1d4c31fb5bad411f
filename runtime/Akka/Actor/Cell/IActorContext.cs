using Akka.Dispatch;

namespace Akka.Actor;

public interface IActorRefFactory
{
    /// <exception cref="InvalidActorNameException">The name is not allowed, or taken.</exception>
    IActorRef ActorOf(Props props, string? name = null);

    ActorSelection ActorSelection(ActorPath actorPath);

    ActorSelection ActorSelection(string actorPath);
}

public interface ICanWatch
{
    /// <summary>Has <see cref="Terminated"/> delivered when an actor stops.</summary>
    IActorRef Watch(IActorRef subject);

    /// <summary>Has a message of your own delivered when an actor stops.</summary>
    IActorRef WatchWith(IActorRef subject, object message);

    IActorRef Unwatch(IActorRef subject);
}

/// <summary>What an actor may do within its system. Valid on the thread that processes the actor's message, as long as it does.</summary>
public interface IActorContext : IActorRefFactory, ICanWatch
{
    IActorRef Self { get; }

    Props Props { get; }

    /// <summary>Whoever sent the message being processed; the dead letters when nobody did.</summary>
    IActorRef Sender { get; }

    ActorSystem System { get; }

    IActorRef Parent { get; }

    MessageDispatcher Dispatcher { get; }

    TimeSpan? ReceiveTimeout { get; }

    /// <summary>Replaces the behaviour.</summary>
    void Become(Receive receive);

    /// <summary>Puts a behaviour above the present one.</summary>
    void BecomeStacked(Receive receive);

    void UnbecomeStacked();

    /// <summary>The child of a name, or nobody.</summary>
    IActorRef Child(string name);

    IEnumerable<IActorRef> GetChildren();

    /// <summary>Has <see cref="Actor.ReceiveTimeout"/> delivered whenever no message comes for that long; null ends it.</summary>
    void SetReceiveTimeout(TimeSpan? timeout);

    void Stop(IActorRef child);
}

public interface IUntypedActorContext : IActorContext
{
    void Become(UntypedReceive receive);

    void BecomeStacked(UntypedReceive receive);
}

/// <summary>A behaviour. False for a message that it does not handle.</summary>
public delegate bool Receive(object message);

/// <summary>A behaviour that handles every message.</summary>
public delegate void UntypedReceive(object message);
