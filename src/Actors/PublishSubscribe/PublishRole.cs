using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>
/// PUB (RFC 29): each <see cref="Message"/> told to the role goes to all connected subscribers one of whose prefixes its first
/// frame begins with. What a disconnected subscriber misses is lost.
/// </summary>
/// <remarks>
/// With <see cref="PublishSettings.Retained"/>, the role keeps messages, and sends subscribers of that endpoint what they
/// missed, or tells them the exact gap. The socket is an XPUB, which peers cannot tell from PUB, so the role sees
/// subscriptions: it publishes them on the event stream as <see cref="TopicSubscribed"/> and <see cref="TopicUnsubscribed"/>.
/// </remarks>
public static class PublishRole
{
    /// <summary>Props of a publish role.</summary>
    /// <param name="settings">Checked here, and again when the role starts.</param>
    /// <exception cref="SocketSettingsException">A setting cannot work, a malformed endpoint for example; the exception names it.</exception>
    public static Props Props(PublishSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        return Akka.Actor.Props.Create(() => new PublishActor(settings));
    }
}

/// <summary>A publish role, with a second socket where it retains.</summary>
internal sealed class PublishActor : RoleActor
{
    // Subscriptions are few and small, and hold nothing back.
    private const int SubscriptionWindow = 1000;

    private readonly OutboundLane _outbound;
    private readonly InboundLane _subscriptions;
    private readonly PublishingEnd? _retained;
    private readonly PublishSettings _settings;
    private readonly string _id = Guid.NewGuid().ToString("N");

    public PublishActor(PublishSettings settings)
        : base(settings)
    {
        _settings = settings;
        _outbound = NewOutboundLane(settings.Outbound);
        _subscriptions = new InboundLane(Self);
        AddSocket(settings.PublishSocket, _subscriptions, SubscriptionWindow, _outbound);
        if (settings.Retained is not { } retained) return;
        var link = AddUnboundedSocket(retained.SocketOf(Name));
        _retained = new PublishingEnd(Name, retained, link, Self, Log, Events, Time, (count, peer) => _outbound.Drop(count, DropReason.SlowSubscriber, peer));
    }

    protected override long WaitingInRole => _retained?.Waiting ?? 0;

    protected override void PreStart()
    {
        if (_settings.Retained is { } retained)
        {
            BeatEvery(retained.Heartbeat.Interval);
        }
        base.PreStart();
    }

    protected override void PostStop()
    {
        _retained?.Stop();
        base.PostStop();
    }

    protected override void OnOutbound(Message message)
    {
        _retained?.Publish(message);
        _outbound.Offer(message, Sender);
    }

    protected override void OnOutbound(MessageBatch batch)
    {
        if (_retained is not null) foreach (var message in batch.Messages) _retained.Publish(message);
        _outbound.Offer(batch, Sender);
    }

    protected override void OnInbound(IReadOnlyList<Message> messages)
    {
        if (LinkOf(Sender) is not { } link) return;
        link.Inbound!.Pass(messages);
        if (link == _retained?.Link) _retained.Take(messages);
        else foreach (var message in messages) OnSubscription(message[0]);
        CheckDrained();
    }

    protected override void OnSocketOpened(SocketLink link)
    {
        if (link == _retained?.Link) _retained.SocketOpened();
    }

    protected override void OnPeersChanged(SocketLink link, PeerEvent? what)
    {
        if (link != _retained?.Link || what is not PeerDisconnected { Peer.RoutingId: { } gone }) return;
        _retained.PeerGone(gone);
        CheckDrained();
    }

    protected override RoleStatus Describe(RoleStatus status) => status with { Retained = _retained?.Status };

    protected override void OnBeat()
    {
        _retained?.Tick();
        CheckDrained();
    }

    /// <summary>RFC 29: a first octet of 1 subscribes and 0 unsubscribes; anything else is a message of an XSUB peer.</summary>
    private void OnSubscription(ReadOnlyMemory<byte> frame)
    {
        var topic = frame.IsEmpty ? frame : frame[1..];
        if (frame.IsEmpty || frame.Span[0] > 1) _outbound.Drop(1, DropReason.Malformed);
        else if (ReadyTopic.Is(topic)) OnReadyTopic(topic, subscribed: frame.Span[0] == 1);
        else if (frame.Span[0] == 1) Events.Publish(new TopicSubscribed(Name, topic));
        else Events.Publish(new TopicUnsubscribed(Name, topic));
    }

    /// <summary>A subscribe role asks whether its subscriptions are in force. They are, because it made this one last.</summary>
    private void OnReadyTopic(ReadOnlyMemory<byte> topic, bool subscribed)
    {
        if (!subscribed) return;
        Events.Publish(new SubscriptionsInForce(_id, topic));
        if (_settings.ConfirmSubscriptions) _outbound.Offer(ReadyTopic.Confirmation(topic, _id), ActorRefs.Nobody);
    }
}
