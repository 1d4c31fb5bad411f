using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.Event;

/// <summary>
/// The bus of a system: an actor that subscribes to a type is told every event of that type or a type below it.
/// A subscriber that stops is unsubscribed.
/// </summary>
public class EventStream : LoggingBus
{
    private readonly bool _debug;
    private readonly Lock _gate = new();
    private readonly HashSet<IActorRef> _early = [];
    private IActorRef? _unsubscriber;

    public EventStream(bool debug) => _debug = debug;

    public override bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(channel);
        if (_debug)
            Publish(new Debug(SimpleName(this), GetType(), $"subscribing {subscriber} to channel {channel}"));
        WatchForEnd(subscriber);
        return base.Subscribe(subscriber, channel);
    }

    public override bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        var removed = base.Unsubscribe(subscriber, channel);
        if (_debug)
            Publish(new Debug(SimpleName(this), GetType(), $"unsubscribing {subscriber} from channel {channel}"));
        return removed;
    }

    public override bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        var removed = base.Unsubscribe(subscriber);
        if (_debug)
            Publish(new Debug(SimpleName(this), GetType(), $"unsubscribing {subscriber} from all channels"));
        return removed;
    }

    /// <summary>Starts what unsubscribes actors that have stopped.</summary>
    public void StartUnsubscriber(ActorSystemImpl system)
    {
        var unsubscriber = system.SystemActorOf(Props.Create(() => new EventStreamUnsubscriber(this)), "EventStreamUnsubscriber");
        lock (_gate)
        {
            _unsubscriber = unsubscriber;
            foreach (var subscriber in _early)
                unsubscriber.Tell(new EventStreamUnsubscriber.Register(subscriber), ActorRefs.NoSender);
            _early.Clear();
        }
    }

    private void WatchForEnd(IActorRef subscriber)
    {
        // References without an actor behind them have no end to wait for.
        if (subscriber is not ActorRefWithCell)
            return;
        lock (_gate)
        {
            if (_unsubscriber is null)
                _early.Add(subscriber);
            else
                _unsubscriber.Tell(new EventStreamUnsubscriber.Register(subscriber), ActorRefs.NoSender);
        }
    }
}

public static class EventStreamExtensions
{
    public static bool Subscribe<TEvent>(this EventStream eventStream, IActorRef subscriber) => eventStream.Subscribe(subscriber, typeof(TEvent));

    public static bool Unsubscribe<TEvent>(this EventStream eventStream, IActorRef subscriber) => eventStream.Unsubscribe(subscriber, typeof(TEvent));
}

/// <summary>Watches subscribers, and ends their subscriptions with them.</summary>
internal sealed class EventStreamUnsubscriber : ActorBase
{
    private readonly EventStream _eventStream;

    public EventStreamUnsubscriber(EventStream eventStream) => _eventStream = eventStream;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Register register:
                Context.Watch(register.Subscriber);
                return true;
            case Terminated terminated:
                _eventStream.Unsubscribe(terminated.ActorRef);
                return true;
            default:
                return false;
        }
    }

    internal sealed record Register(IActorRef Subscriber);
}
