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

    internal SocketSettings PublishSocket => SocketOf(Socket, SocketKind.Publish);

    /// <inheritdoc/>
    public override void Validate()
    {
        PublishSocket.Validate();
        Outbound.Validate(Name);
    }
}

/// <summary>
/// PUB (RFC 29): each <see cref="Message"/> told to it goes to all connected subscribers one of whose prefixes its first
/// frame begins with. What a disconnected subscriber misses is lost.
/// </summary>
/// <remarks>
/// The socket is an XPUB, which peers cannot tell from PUB, so that subscriptions are seen: they are published on the
/// event stream as <see cref="TopicSubscribed"/> and <see cref="TopicUnsubscribed"/>.
/// </remarks>
public sealed class PublishRole : RoleActor
{
    // Subscriptions are few and small, and nothing is held back by them.
    private const int SubscriptionWindow = 1000;

    private readonly OutboundLane _outbound;
    private readonly InboundLane _subscriptions;

    /// <exception cref="SocketSettingsException">The settings cannot work.</exception>
    public PublishRole(PublishSettings settings)
        : base(settings)
    {
        _outbound = NewOutboundLane(settings.Outbound);
        _subscriptions = new InboundLane(Self);
        AddSocket(settings.PublishSocket, _subscriptions, SubscriptionWindow, _outbound);
    }

    /// <summary>How to create the role.</summary>
    public static Props Props(PublishSettings settings) => Akka.Actor.Props.Create(() => new PublishRole(settings));

    private protected override void OnOutbound(Message message) => _outbound.Offer(message, Sender);

    private protected override void OnInbound(IReadOnlyList<Message> messages)
    {
        foreach (var message in messages)
        {
            // RFC 29: a first byte of 1 subscribes and 0 unsubscribes; anything else is a message of an XSUB peer.
            var frame = message[0];
            if (frame.Length > 0 && frame.Span[0] == 1) Events.Publish(new TopicSubscribed(Name, frame[1..]));
            else if (frame.Length > 0 && frame.Span[0] == 0) Events.Publish(new TopicUnsubscribed(Name, frame[1..]));
            else _outbound.Drop(1, DropReason.Malformed);
        }
        _subscriptions.Release(messages.Count);
    }
}
