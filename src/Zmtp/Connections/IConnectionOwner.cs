using Actors.Zmtp.Io;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Connections;

/// <summary>The owner of a connection. Called on the I/O thread.</summary>
internal interface IConnectionOwner : IFaultHandler
{
    /// <summary>The handshake is done: gives the pipe that the connection carries.</summary>
    ConnectionPipe OnReady(PeerInfo peer);

    /// <summary>The socket has closed its side of the pipe, and the last of it was sent.</summary>
    void OnAllSent();

    /// <summary>The connection has ended.</summary>
    void OnClosed(CloseReason reason);
}

/// <summary>The engine's ends of a pipe.</summary>
/// <param name="Outbound">What is to be sent.</param>
/// <param name="Inbound">Where to receive to.</param>
/// <param name="Subscriptions">What the peer is to be told besides; null when the socket does not subscribe.</param>
/// <param name="IsClosing">The socket is closed: what waits is still sent, and nothing is received.</param>
internal readonly record struct ConnectionPipe(OutboundQueue Outbound, InboundQueue Inbound, ISubscriptionSource? Subscriptions, bool IsClosing = false);

/// <summary>The subscriptions of a socket, as wire bytes for the peer's revision of the protocol. Called on the I/O thread.</summary>
internal interface ISubscriptionSource
{
    /// <summary>Writes all that is subscribed to now, for a new connection.</summary>
    void WriteAll(ZmtpRevision revision, ControlBuffer output);

    /// <summary>Writes what has changed since.</summary>
    void WriteChanges(ZmtpRevision revision, ControlBuffer output);
}
