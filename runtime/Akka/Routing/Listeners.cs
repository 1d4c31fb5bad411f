using Akka.Actor;

namespace Akka.Routing;

public interface IListeners
{
    ListenerSupport Listeners { get; }
}

/// <summary>A message for an actor that keeps a <see cref="ListenerSupport"/>.</summary>
public abstract class ListenerMessage
{
}

public sealed class Listen : ListenerMessage
{
    public Listen(IActorRef listener)
    {
        Listener = listener;
    }

    public IActorRef Listener { get; }
}

public sealed class Deafen : ListenerMessage
{
    public Deafen(IActorRef listener)
    {
        Listener = listener;
    }

    public IActorRef Listener { get; }
}

/// <summary>Applies a function to each listener.</summary>
public sealed class WithListeners : ListenerMessage
{
    public WithListeners(Action<IActorRef> listenerFunction)
    {
        ListenerFunction = listenerFunction;
    }

    public Action<IActorRef> ListenerFunction { get; }
}

/// <summary>The listeners of an actor. Not thread-safe: it belongs to the actor that keeps it.</summary>
public class ListenerSupport
{
    protected readonly HashSet<IActorRef> Listeners = [];

    /// <summary>Handles the <see cref="ListenerMessage"/>s; leaves others unhandled.</summary>
    public Receive ListenerReceive => message =>
    {
        switch (message)
        {
            case Listen listen:
                Add(listen.Listener);
                return true;
            case Deafen deafen:
                Remove(deafen.Listener);
                return true;
            case WithListeners with:
                foreach (var listener in Listeners)
                {
                    with.ListenerFunction(listener);
                }

                return true;
            default:
                return false;
        }
    };

    public void Add(IActorRef actor) => Listeners.Add(actor);

    public void Remove(IActorRef actor) => Listeners.Remove(actor);

    /// <summary>Tells all listeners.</summary>
    public void Gossip(object message)
    {
        foreach (var listener in Listeners)
        {
            listener.Tell(message);
        }
    }

    public void Gossip(object message, IActorRef sender)
    {
        foreach (var listener in Listeners)
        {
            listener.Tell(message, sender);
        }
    }
}
