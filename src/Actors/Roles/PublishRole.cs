using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>The settings of a <see cref="PublishRole"/>.</summary>
public sealed record PublishSettings : RoleSettings
{
    /// <summary>Where to bind or connect.</summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>
    /// By default 1000 messages wait while the socket is being opened again, and then the newest are dropped: an open
    /// publisher never waits for a subscriber.
    /// </summary>
    public OutboundSettings Outbound { get; init; } = new(1000, OverflowRule.DropNewest);

    /// <summary>What is kept for subscribers that come late or come back, and where these connect to; null keeps nothing.</summary>
    public RetainedSettings? Retained { get; init; }

    /// <summary>
    /// Whether a subscribe role of ours in another process is told when its subscriptions are in force, by a message of a
    /// reserved topic. Off by default, because a plain peer that takes all topics would see that message.
    /// </summary>
    public bool ConfirmSubscriptions { get; init; }

    internal SocketSettings PublishSocket => SocketOf(Socket, SocketKind.Publish);

    /// <inheritdoc/>
    public override RoleContract Contract => new(
        Retained is null ? "every connected subscriber whose prefix matches is sent the message" : $"subscribers of the retained endpoint get what they missed of the last {Retained.Count} messages, or are told the exact gap; plain ones are sent what comes while they are connected",
        "what a plain subscriber misses while it is not connected, or at its high-water mark",
        (Retained is null ? "messages dropped while the socket is opened again" : "what each retained subscriber missed") + "; for plain subscribers, what one at its high-water mark missed, and what the socket held for one whose connection ended");

    /// <inheritdoc/>
    public override void Validate()
    {
        PublishSocket.Validate();
        Outbound.Validate(Name);
        Retained?.Validate(Name);
    }
}

/// <summary>
/// PUB (RFC 29): each <see cref="Message"/> told to it goes to all connected subscribers one of whose prefixes its first
/// frame begins with. What a disconnected subscriber misses is lost, except for a <see cref="RetainedSubscribeRole"/> of a
/// role with <see cref="PublishSettings.Retained"/>. Answers <see cref="GetRetained"/>.
/// </summary>
/// <remarks>
/// The socket is an XPUB, which peers cannot tell from PUB, so that subscriptions are seen: they are published on the
/// event stream as <see cref="TopicSubscribed"/> and <see cref="TopicUnsubscribed"/>.
/// </remarks>
public sealed class PublishRole : RoleActor, IWithTimers
{
    // Subscriptions are few and small, and nothing is held back by them.
    private const int SubscriptionWindow = 1000;

    private readonly OutboundLane _outbound;
    private readonly InboundLane _subscriptions;
    private readonly PublishingEnd? _retained;
    private readonly PublishSettings _settings;
    private readonly string _id = Guid.NewGuid().ToString("N");

    /// <exception cref="SocketSettingsException">The settings cannot work.</exception>
    public PublishRole(PublishSettings settings)
        : base(settings)
    {
        _settings = settings;
        _outbound = NewOutboundLane(settings.Outbound);
        _subscriptions = new InboundLane(Self);
        AddSocket(settings.PublishSocket, _subscriptions, SubscriptionWindow, _outbound);
        if (settings.Retained is not { } retained) return;
        // The protocol's credit bounds what comes and goes, so the lanes need no bounds of their own.
        var link = AddSocket(retained.SocketOf(Name), new InboundLane(Self), int.MaxValue, NewOutboundLane(new OutboundSettings(int.MaxValue, OverflowRule.Backpressure)));
        _retained = new PublishingEnd(Name, retained, link, Self, Log, Events, Time, (count, peer) => _outbound.Drop(count, DropReason.SlowSubscriber, peer));
    }

    /// <summary>Set by Akka.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to create the role.</summary>
    public static Props Props(PublishSettings settings) => Akka.Actor.Props.Create(() => new PublishRole(settings));

    private protected override long WaitingInRole => _retained?.Waiting ?? 0;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        if (_settings.Retained is { } retained)
        {
            Events.Subscribe(Self, typeof(MessagesDropped));
            Timers.StartPeriodicTimer(nameof(Beat), Beat.Instance, retained.HeartbeatInterval);
        }
        base.PreStart();
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        Events.Unsubscribe(Self);
        _retained?.Stop();
        base.PostStop();
    }

    private protected override void OnOutbound(Message message)
    {
        _retained?.Publish(message);
        _outbound.Offer(message, Sender);
    }

    private protected override void OnInbound(IReadOnlyList<Message> messages)
    {
        if (LinkOf(Sender) is not { } link) return;
        link.Inbound!.Count(messages);
        link.Inbound.Release(messages.Count);
        if (link == _retained?.Link) _retained.Take(messages);
        else foreach (var message in messages) OnSubscription(message[0]);
        CheckDrained();
    }

    private protected override void OnSocketOpened(SocketLink link)
    {
        if (link == _retained?.Link) _retained.SocketOpened();
    }

    private protected override void OnPeersChanged(SocketLink link, PeerEvent? what)
    {
        if (link == _retained?.Link && what is PeerDisconnected) _retained.PeerDisconnected();
    }

    private protected override void OnOther(object message)
    {
        switch (message)
        {
            case Beat: _retained?.Tick(); break;
            case MessagesDropped { Reason: DropReason.Unroutable } dropped: _retained?.Unroutable(dropped.Source, dropped.Peer); break;
            case MessagesDropped: return;
            case GetRetained when _retained is not null: Sender.Tell(_retained.Status, Self); return;
            default: base.OnOther(message); return;
        }
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

    /// <summary>A subscribe role asks when its subscriptions are in force: they are, because this one is.</summary>
    private void OnReadyTopic(ReadOnlyMemory<byte> topic, bool subscribed)
    {
        if (!subscribed) return;
        Events.Publish(new SubscriptionsInForce(_id, topic));
        if (_settings.ConfirmSubscriptions) _outbound.Offer(ReadyTopic.Confirmation(topic, _id), ActorRefs.Nobody);
    }

    private sealed record Beat
    {
        public static Beat Instance { get; } = new();
    }
}
