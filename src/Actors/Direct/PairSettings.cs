using Actors.Transport;

namespace Actors;

/// <summary>The settings of a <see cref="PairRole"/>.</summary>
public sealed record PairSettings : RoleSettings
{
    /// <summary>The one endpoint that the role binds or connects to, and the options of its socket.</summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>The messages in the handler's hands beyond which the peer is held back. Default 1,000.</summary>
    public int InboundWindow { get; init; } = 1000;

    /// <summary>The messages that wait while the peer does not take them. By default 1,000 wait, and producers wait for demand.</summary>
    public OutboundSettings Outbound { get; init; } = new(1000, OverflowRule.Backpressure);

    internal SocketSpec PairSocket => SocketOf(Socket, SocketKind.Pair);

    /// <inheritdoc/>
    public override RoleContract Contract => new(
        $"one peer is sent the messages in order, and up to {Outbound.Capacity} wait while it is not there; the handler is told what comes from it; each side holds the other back; a second peer is turned away",
        "what the peer was sent when it dies or its connection breaks; what was in the handler's hands when this host dies",
        "messages refused or dropped at a full queue, messages that the handler failed on, what waits when the role stops, and what its socket held for a peer whose connection ended");

    /// <inheritdoc/>
    public override void Validate()
    {
        PairSocket.Validate();
        if (Socket.Bind.Count + Socket.Connect.Count != 1)
            throw Check.Fault(Socket.Connect.Count > 0 ? "connect" : "bind", $"makes {Socket.Bind.Count + Socket.Connect.Count} endpoints: expected one, because a pair has one peer");
        Check.AtLeast("inbound-window", InboundWindow, 1);
        Outbound.Validate(Check);
    }
}
