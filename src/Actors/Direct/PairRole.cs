using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>
/// PAIR (RFC 31): talks to exactly one peer. Each <see cref="Message"/> told to the role goes to it, and each message of it is told
/// to the handler, both in order. While a peer is there, another one is turned away.
/// </summary>
/// <remarks>
/// What the handler tells its sender is sent as well. The handler is also told <see cref="PeerConnected"/> and
/// <see cref="PeerDisconnected"/>. A slow handler holds the peer back, and a slow peer those who tell the role messages.
/// </remarks>
public static class PairRole
{
    /// <summary>Props of a pair role.</summary>
    /// <param name="settings">Checked when the role starts, before it opens a socket.</param>
    /// <param name="handler">The actor that is told what comes from the peer; a child of the role.</param>
    public static Props Props(PairSettings settings, Props handler)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(handler);
        return Akka.Actor.Props.Create(() => new PairActor(settings, handler));
    }
}

/// <summary>A pair role.</summary>
internal sealed class PairActor(PairSettings settings, Props handler)
    : DirectActor(settings, settings.PairSocket, settings.InboundWindow, settings.Outbound, handler)
{
    protected override void OnOutbound(Message message) => Send(message);

    protected override void OnOutbound(MessageBatch batch) => Send(batch);
}
