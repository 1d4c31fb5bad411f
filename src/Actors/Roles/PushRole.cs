using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>The settings of a <see cref="PushRole"/>.</summary>
public sealed record PushSettings : RoleSettings
{
    /// <summary>Where to bind or connect.</summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>By default 1000 messages wait, and producers wait for demand.</summary>
    public OutboundSettings Outbound { get; init; } = new(1000, OverflowRule.Backpressure);

    internal SocketSettings PushSocket => SocketOf(Socket, SocketKind.Push);

    /// <inheritdoc/>
    public override RoleContract Contract => new(
        $"messages go to connected peers in turn, and up to {Outbound.Capacity} wait while there is none",
        "what a peer was sent when it dies or its connection breaks",
        "messages refused or dropped at a full queue, what waits when the role stops, and what its socket held for a peer whose connection ended");

    /// <inheritdoc/>
    public override void Validate()
    {
        PushSocket.Validate();
        Outbound.Validate(Name);
    }
}

/// <summary>
/// PUSH (RFC 30): each <see cref="Message"/> told to it goes to one of the connected pullers, in turn; while there is
/// none, messages wait, as many as the settings allow.
/// </summary>
public sealed class PushRole : RoleActor
{
    private readonly OutboundLane _outbound;

    /// <exception cref="SocketSettingsException">The settings cannot work.</exception>
    public PushRole(PushSettings settings)
        : base(settings)
    {
        _outbound = NewOutboundLane(settings.Outbound);
        AddSocket(settings.PushSocket, outbound: _outbound);
    }

    /// <summary>How to create the role.</summary>
    public static Props Props(PushSettings settings) => Akka.Actor.Props.Create(() => new PushRole(settings));

    private protected override void OnOutbound(Message message) => _outbound.Offer(message, Sender);
}
