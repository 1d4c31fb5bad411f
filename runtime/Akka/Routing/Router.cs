using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.Routing;

/// <summary>Selects the destination of a message. Called by any number of sending threads at once.</summary>
public abstract class RoutingLogic : INoSerializationVerificationNeeded
{
    /// <returns>The routee, or <see cref="Routee.NoRoutee"/>.</returns>
    public abstract Routee Select(object message, Routee[] routees);
}

/// <summary>
/// A routing logic and its current routees. Immutable, so that a sender works on one consistent set; may also be used
/// inside an actor of one's own, without a router actor.
/// </summary>
public class Router
{
    private readonly RoutingLogic _logic;
    private readonly Routee[] _routees;

    public Router(RoutingLogic logic, params Routee[] routees)
    {
        ArgumentNullException.ThrowIfNull(logic);
        ArgumentNullException.ThrowIfNull(routees);
        _logic = logic;
        _routees = routees;
    }

    public Router(RoutingLogic logic, IActorRef routee, params IActorRef[] routees)
        : this(logic, [Routee.FromActorRef(routee), .. routees.Select(Routee.FromActorRef)])
    {
    }

    public IEnumerable<Routee> Routees => _routees;

    public RoutingLogic RoutingLogic => _logic;

    internal int Count => _routees.Length;

    /// <summary>
    /// Sends the message to the routee that the logic selects, or to all when it is a <see cref="Broadcast"/>.
    /// Without a destination it becomes a dead letter.
    /// </summary>
    public virtual void Route(object message, IActorRef sender)
    {
        if (message is Broadcast)
        {
            Send(BroadcastRoutingLogic.ToAll(_routees), message, sender);
        }
        else
        {
            Send(_logic.Select(message, _routees) ?? Routee.NoRoutee, message, sender);
        }
    }

    public virtual Router WithRoutees(params Routee[] routees) => new(_logic, routees);

    public virtual Router AddRoutee(Routee routee) => WithRoutees([.. _routees, routee]);

    public Router AddRoutee(IActorRef routee) => AddRoutee(new ActorRefRoutee(routee));

    public Router AddRoutee(ActorSelection routee) => AddRoutee(new ActorSelectionRoutee(routee));

    public virtual Router RemoveRoutee(Routee routee) => WithRoutees([.. _routees.Where(r => !r.Equals(routee))]);

    public Router RemoveRoutee(IActorRef routee) => RemoveRoutee(new ActorRefRoutee(routee));

    public Router RemoveRoutee(ActorSelection routee) => RemoveRoutee(new ActorSelectionRoutee(routee));

    protected virtual void Send(Routee routee, object message, IActorRef sender)
    {
        var unwrapped = UnWrap(message);
        if (ReferenceEquals(routee, Routee.NoRoutee))
        {
            DeadLetters(sender)?.Tell(unwrapped, sender);
        }
        else
        {
            routee.Send(unwrapped, sender);
        }
    }

    /// <summary>The message inside a <see cref="RouterEnvelope"/>, or the message itself.</summary>
    protected object UnWrap(object message) => message is RouterEnvelope envelope ? envelope.Message : message;

    // A router knows no system. A router actor's cell handles the case of no routees itself; what is left is a Router
    // inside an actor of one's own, and there the running cell knows its system.
    private static IActorRef? DeadLetters(IActorRef? sender) =>
        sender is IInternalActorRef { Provider: { } provider }
            ? provider.DeadLetters
            : InternalCurrentActorCellKeeper.Current?.System.DeadLetters;
}
