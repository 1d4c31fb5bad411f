using Actors.Transport;

namespace Actors;

/// <summary>The settings of a <see cref="RouterRole"/>.</summary>
public sealed record RouterSettings : RoleSettings
{
    /// <summary>
    /// Where the role binds or connects, and the options of its socket. For a peer that does not read, as many messages wait in
    /// the role as <see cref="SocketSettings.SendHighWaterMark"/> lets wait in its connection.
    /// </summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>
    /// Whether a peer that comes with the routing id of another takes its place, and the other is disconnected. Default false: the
    /// newcomer is turned away.
    /// </summary>
    public bool Handover { get; init; }

    /// <summary>
    /// Whether an empty frame is put behind the routing id of each message sent and taken off each one received, as REQ peers
    /// expect. Default false: messages pass as they are.
    /// </summary>
    public bool Delimiter { get; init; }

    /// <summary>The messages in the handler's hands beyond which the peers are held back. Default 1,000.</summary>
    public int InboundWindow { get; init; } = 1000;

    /// <summary>The messages that wait while the socket is being opened again. By default 1,000 wait, and producers wait for demand.</summary>
    public OutboundSettings Outbound { get; init; } = new(1000, OverflowRule.Backpressure);

    internal SocketSpec RouterSocket => ReplyingSocketOf(Socket) with { Handover = Handover };

    /// <inheritdoc/>
    public override RoleContract Contract => new(
        "the handler is told each message with its peer, and a message for a connected peer goes to it alone; a sender hears of a message that cannot be delivered",
        $"what a peer was sent when it dies or its connection breaks; for a peer that does not read, what exceeds twice {Socket.SendHighWaterMark} messages",
        "messages for a peer that is not connected or does not read, messages without a routing id, messages that the handler failed on, and what waits when the role stops");

    /// <inheritdoc/>
    public override void Validate()
    {
        RouterSocket.Validate();
        Check.AtLeast("inbound-window", InboundWindow, 1);
        Outbound.Validate(Check);
    }
}
