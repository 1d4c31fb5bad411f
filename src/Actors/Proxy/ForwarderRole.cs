using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>
/// A proxy of publish-subscribe (XSUB in front, XPUB at the back): publishers and subscribers come and go at endpoints that stay.
/// What a subscriber subscribes to is subscribed to at the publishers, so only what somebody wants comes to the proxy.
/// </summary>
/// <remarks>
/// A subscriber at its high-water mark misses messages, as at a publisher. Other messages that an XSUB subscriber sends go to all
/// publishers.
/// </remarks>
public static class ForwarderRole
{
    /// <summary>Props of a forwarder role.</summary>
    /// <param name="settings">Checked when the role starts, before it opens a socket.</param>
    public static Props Props(ForwarderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Akka.Actor.Props.Create(() => new ForwarderActor(settings));
    }
}

/// <summary>A forwarder role.</summary>
internal sealed class ForwarderActor(ForwarderSettings settings) : ProxyActor(settings, sendsUpstream: true)
{
    // What the back has told: an XPUB tells the first subscription to a topic and the end of the last.
    private readonly HashSet<ReadOnlyMemory<byte>> _topics = new(RoutingIdComparer.Instance);
    private List<object>? _beforeFront;

    protected override void OnUpstream(MessageBatch batch)
    {
        foreach (var message in batch.Messages)
        {
            // RFC 29: a first octet of 1 subscribes and 0 unsubscribes.
            if (message.FrameCount == 1 && message[0].Span is [<= 1, ..]) OnSubscription(message[0][1..], message[0].Span[0] == 1);
            else Front.Outbound!.Offer(message, ActorRefs.Nobody);
        }
    }

    protected override void OnSocketOpened(SocketLink link)
    {
        if (link != Front || _beforeFront is null) return;
        foreach (var message in _beforeFront) Front.Socket!.Tell(message, Self);
        _beforeFront = null;
    }

    protected override void OnPeersChanged(SocketLink link, PeerEvent? what)
    {
        // When the back has failed, its subscribers are gone; those that come back subscribe again.
        if (link != Back || what is not null) return;
        foreach (var topic in _topics.ToList()) OnSubscription(topic, subscribes: false);
    }

    private void OnSubscription(ReadOnlyMemory<byte> topic, bool subscribes)
    {
        if (!(subscribes ? _topics.Add(topic) : _topics.Remove(topic))) return;
        object message = subscribes ? new SubscribeTo(topic) : new UnsubscribeFrom(topic);
        // In their order: who subscribes last to a topic of its own knows by the answer that the others are in force.
        if (Front.Socket is { } front && _beforeFront is null) front.Tell(message, Self);
        else (_beforeFront ??= []).Add(message);
    }
}
