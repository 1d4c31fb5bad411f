using NetMQ.Pipes;
using NetMQ.Protocol;

namespace NetMQ.Connections;

/// <summary>Who a connection belongs to. Called on the I/O thread.</summary>
internal interface IConnectionOwner
{
    /// <summary>The handshake is done: gives the pipe that the connection carries.</summary>
    ConnectionPipe OnReady(PeerInfo peer);

    /// <summary>The connection has ended.</summary>
    void OnClosed(CloseReason reason);
}

/// <summary>The engine's ends of a pipe.</summary>
internal readonly record struct ConnectionPipe(OutboundQueue Outbound, InboundQueue Inbound, ISubscriptionSource? Subscriptions);

/// <summary>What a subscriber wants, as wire bytes for the peer's revision of the protocol. Called on the I/O thread.</summary>
internal interface ISubscriptionSource
{
    /// <summary>Writes all that is subscribed to now, for a new connection.</summary>
    void WriteAll(ZmtpRevision revision, ControlBuffer output);

    /// <summary>Writes what has changed since.</summary>
    void WriteChanges(ZmtpRevision revision, ControlBuffer output);
}
