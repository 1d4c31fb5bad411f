using System.Threading.Channels;
using Akka.Actor;

namespace Remoting.Tests.Nodes;

/// <summary>Sends back what it is told.</summary>
internal sealed class Echo : ReceiveActor
{
    public Echo() => ReceiveAny(message => Sender.Tell(message));
}

/// <summary>Hands a test what it is told.</summary>
internal sealed class Collector : ReceiveActor
{
    public Collector(ChannelWriter<object> events) => ReceiveAny(message => events.TryWrite(message));
}

/// <summary>Watches an actor and hands a test its end.</summary>
internal sealed class Watcher : ReceiveActor
{
    public Watcher(IActorRef watched, ChannelWriter<object> events)
    {
        Context.Watch(watched);
        Receive<Terminated>(ended => events.TryWrite(ended));
        ReceiveAny(message => Sender.Tell(message));
    }
}

internal static class Collecting
{
    /// <summary>An actor of the node, and what it is told.</summary>
    public static (IActorRef Actor, ChannelReader<object> Events) Collect(this Node node, string name)
    {
        var events = Channel.CreateUnbounded<object>();
        return (node.System.ActorOf(Props.Create(() => new Collector(events.Writer)), name), events.Reader);
    }

    /// <summary>What is published on the node's event stream from now on.</summary>
    public static ChannelReader<object> Published<T>(this Node node)
    {
        var (actor, events) = node.Collect($"published-{typeof(T).Name}");
        node.System.EventStream.Subscribe(actor, typeof(T));
        return events;
    }

    /// <summary>The ends of an <see cref="Echo"/> of another node, which knows of the watch when this returns.</summary>
    public static async Task<ChannelReader<object>> Watch(this Node node, IActorRef watched)
    {
        var events = Channel.CreateUnbounded<object>();
        var watcher = node.System.ActorOf(Props.Create(() => new Watcher(watched, events.Writer)));
        await watcher.Ask("watching", Patience.Limit).ConfigureAwait(false);
        // Behind the watch on the same way.
        await watched.Ask("watched", Patience.Limit).ConfigureAwait(false);
        return events.Reader;
    }
}
