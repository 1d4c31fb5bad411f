using Actors.Transport;

namespace Actors;

/// <summary>The settings of a <see cref="DealerRole"/>.</summary>
public sealed record DealerSettings : RoleSettings
{
    /// <summary>Where the role binds or connects, and the options of its socket.</summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>
    /// Whether an empty frame is put before each message sent and taken off each one received, as REP peers, and ROUTER peers that
    /// serve REQ, expect. Default false: messages pass as they are.
    /// </summary>
    public bool Delimiter { get; init; }

    /// <summary>The messages in the handler's hands beyond which the peers are held back. Default 1,000.</summary>
    public int InboundWindow { get; init; } = 1000;

    /// <summary>The messages that wait while no peer takes them. By default 1,000 wait, and producers wait for demand.</summary>
    public OutboundSettings Outbound { get; init; } = new(1000, OverflowRule.Backpressure);

    internal SocketSpec DealerSocket => SocketOf(Socket, SocketKind.Dealer);

    /// <inheritdoc/>
    public override RoleContract Contract => new(
        $"messages go to connected peers in turn, and up to {Outbound.Capacity} wait while there is none; the handler is told what comes back, fairly among the peers",
        "what a peer was sent when it dies or its connection breaks; what was in the handler's hands when this host dies",
        "messages refused or dropped at a full queue, messages that the handler failed on, what waits when the role stops, and what its socket held for a peer whose connection ended" + (Delimiter ? ", and messages without a delimiter" : ""));

    /// <inheritdoc/>
    public override void Validate()
    {
        DealerSocket.Validate();
        Check.AtLeast("inbound-window", InboundWindow, 1);
        Outbound.Validate(Check);
    }
}
