using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>The settings of a <see cref="PullRole"/>.</summary>
public sealed record PullSettings : RoleSettings
{
    /// <summary>Where to bind or connect.</summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>How many messages may be in the handler's hands before the peers are held back. Default 1000.</summary>
    public int InboundWindow { get; init; } = 1000;

    internal SocketSettings PullSocket => SocketOf(Socket, SocketKind.Pull);

    /// <inheritdoc/>
    public override RoleContract Contract => new(
        "the handler is told what arrives; a slow handler holds the peers back",
        "what was in the socket and in the handler's hands when this host dies",
        "messages that the handler failed on, and what had come when the socket was closed");

    /// <inheritdoc/>
    public override void Validate()
    {
        PullSocket.Validate();
        AtLeast("inbound-window", InboundWindow, 1);
    }
}

/// <summary>PULL (RFC 30): tells each received <see cref="Message"/> to its handler, fairly among the connected pushers.</summary>
public sealed class PullRole : ReceivingRole
{
    /// <param name="settings">Checked before anything is opened.</param>
    /// <param name="handler">The actor that is told the messages; a child of the role.</param>
    /// <exception cref="SocketSettingsException">The settings cannot work.</exception>
    public PullRole(PullSettings settings, Props handler)
        : base(settings, settings.PullSocket, settings.InboundWindow, handler)
    {
    }

    /// <summary>How to create the role.</summary>
    public static Props Props(PullSettings settings, Props handler) => Akka.Actor.Props.Create(() => new PullRole(settings, handler));
}
