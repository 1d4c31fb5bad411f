using Actors.Transport;

namespace Actors;

/// <summary>The settings of a <see cref="PublishRole"/>.</summary>
public sealed record PublishSettings : RoleSettings
{
    /// <summary>Where the role binds or connects, and the options of its socket.</summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>
    /// The messages that wait while the socket is being opened again. By default 1,000 wait, and then the newest are dropped:
    /// an open publisher never waits for a subscriber.
    /// </summary>
    public OutboundSettings Outbound { get; init; } = new(1000, OverflowRule.DropNewest);

    /// <summary>Keeps messages for subscribers that come late or come back: docs/protocols/broadcast.md. Null, the default, keeps none.</summary>
    public RetainedSettings? Retained { get; init; }

    /// <summary>
    /// Whether a message of a reserved topic tells a <see cref="SubscribeRole"/> in another process that its subscriptions are
    /// in force. Default false, because a plain peer that takes all topics would see that message.
    /// </summary>
    public bool ConfirmSubscriptions { get; init; }

    /// <summary>
    /// The most topics of one plain subscriber; with one more its connection ends, and both ends log why. 0 is without limit.
    /// Null, the default, is 100,000 on the engine <c>zmtp</c>, and without limit on <c>netmq</c>, which has none.
    /// </summary>
    public int? MaxSubscriptions { get; init; }

    internal SocketSpec PublishSocket => SocketOf(Socket, SocketKind.Publish) with { MaxSubscriptions = MaxSubscriptions };

    /// <inheritdoc/>
    public override RoleContract Contract => new(
        Retained is null ? "every connected subscriber whose prefix matches is sent the message" : $"subscribers of the retained endpoint get what they missed of the last {Retained.Count} messages, or are told the exact gap; plain ones are sent what comes while they are connected",
        "what a plain subscriber misses while it is not connected, or at its high-water mark",
        (Retained is null ? "messages dropped while the socket is opened again" : "what each retained subscriber missed") + "; for plain subscribers, what one at its high-water mark missed, and what the socket held for one whose connection ended");

    /// <inheritdoc/>
    public override void Validate()
    {
        PublishSocket.Validate();
        if (MaxSubscriptions is { } most) Check.AtLeast("max-subscriptions", most, 0);
        Outbound.Validate(Check);
        Retained?.Validate(Check);
    }
}
