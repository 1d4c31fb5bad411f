using Akka.Actor;

namespace Akka.Routing;

/// <summary>A destination of a router.</summary>
public class Routee
{
    /// <summary>What a routing logic selects when it finds no destination: the router sends such messages to dead letters.</summary>
    public static readonly Routee NoRoutee = new NoRoutee();

    public static Routee FromActorRef(IActorRef actorRef) => new ActorRefRoutee(actorRef);

    public virtual void Send(object message, IActorRef? sender)
    {
    }

    public virtual Task<object> Ask(object message, TimeSpan? timeout) =>
        Task.FromException<object>(new NotSupportedException($"A {GetType().Name} cannot be asked."));
}

internal sealed class NoRoutee : Routee
{
    public override Task<object> Ask(object message, TimeSpan? timeout) =>
        Task.FromException<object>(new InvalidOperationException("There is no routee to ask."));

    public override string ToString() => nameof(NoRoutee);
}

/// <summary>A routee that is known by its reference.</summary>
public class ActorRefRoutee : Routee
{
    public ActorRefRoutee(IActorRef actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        Actor = actor;
    }

    public IActorRef Actor { get; }

    public override void Send(object message, IActorRef? sender) => Actor.Tell(message, sender!);

    public override Task<object> Ask(object message, TimeSpan? timeout) => Actor.Ask<object>(message, timeout);

    protected bool Equals(ActorRefRoutee other) => Actor.Equals(other.Actor);

    public override bool Equals(object? obj) => obj is ActorRefRoutee other && Equals(other);

    public override int GetHashCode() => Actor.GetHashCode();

    public override string ToString() => $"ActorRefRoutee({Actor})";
}

/// <summary>A routee that is known by its path.</summary>
public class ActorSelectionRoutee : Routee
{
    public ActorSelectionRoutee(ActorSelection actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        Selection = actor;
    }

    public ActorSelection Selection { get; }

    public override void Send(object message, IActorRef? sender) => Selection.Tell(message, sender!);

    public override Task<object> Ask(object message, TimeSpan? timeout) => Selection.Ask<object>(message, timeout);

    protected bool Equals(ActorSelectionRoutee other) => Selection.Equals(other.Selection);

    public override bool Equals(object? obj) => obj is ActorSelectionRoutee other && Equals(other);

    public override int GetHashCode() => Selection.GetHashCode();

    public override string ToString() => $"ActorSelectionRoutee({Selection})";
}

/// <summary>Sends each message to all of several routees.</summary>
public class SeveralRoutees : Routee
{
    private readonly Routee[] _routees;

    public SeveralRoutees(Routee[] routees)
    {
        ArgumentNullException.ThrowIfNull(routees);
        _routees = routees;
    }

    public override void Send(object message, IActorRef? sender)
    {
        foreach (var routee in _routees)
        {
            routee.Send(message, sender);
        }
    }
}
