namespace Actors.Zmtp;

/// <summary>Why a socket dropped messages that it had taken from its user or its peer.</summary>
public enum ZmqDropReason
{
    /// <summary>The messages waited to be sent when their pipe came to its end: the connection ended, or the linger time was over.</summary>
    Unsent,

    /// <summary>The messages had come, and the socket was closed or disconnected before they were received.</summary>
    Unread,

    /// <summary>The peer was at its high-water mark, and the type of the socket does not wait for it: PUB, XPUB, XSUB, RADIO, REP, and ROUTER without <c>RouterMandatory</c>.</summary>
    PeerFull,
}

/// <summary>Something that happened to an endpoint, a connection or the messages of a socket; see <see cref="ZmqSocket.Monitor"/>.</summary>
public sealed record SocketEvent
{
    /// <summary>The kind of event: one value, not a combination.</summary>
    public required SocketEvents Kind { get; init; }

    /// <summary>The endpoint of this socket that was bound or connected; a bound one has its real address and port.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The peer's end of the connection, as an endpoint. Empty where there is no connection; over inproc, the name of the endpoint.</summary>
    public string PeerAddress { get; init; } = "";

    /// <summary>
    /// The routing id by which a ROUTER or STREAM socket knows the peer, or that the peer told another socket. Empty where
    /// there is none: before the handshake, and for a connection whose routing id belongs to another one by now.
    /// </summary>
    public ReadOnlyMemory<byte> RoutingId { get; init; }

    /// <summary>
    /// The peer's socket type, from its handshake, of <see cref="SocketEvents.HandshakeSucceeded"/> and of
    /// <see cref="SocketEvents.Disconnected"/> after that; <see cref="ZmqSocketType.None"/> where there was no handshake or the peer did not tell it.
    /// </summary>
    public ZmqSocketType PeerSocketType { get; init; } = ZmqSocketType.None;

    /// <summary>The security mechanism of the connection by its ZMTP name, of the same events as <see cref="PeerSocketType"/>; otherwise empty.</summary>
    public string Mechanism { get; init; } = "";
    /// <summary>Who the peer is, as the ZAP handler said that let it in; empty where there was none.</summary>
    public string UserId { get; init; } = "";

    /// <summary>A sentence for people; empty when there is nothing to add.</summary>
    public string Reason { get; init; } = "";

    /// <summary>
    /// Of <see cref="SocketEvents.Disconnected"/>: one end refused the other after the handshake, since it took more than a limit of
    /// that end allows; <see cref="Reason"/> names the limit. Otherwise false.
    /// </summary>
    public bool IsRefusal { get; init; }

    /// <summary>The error of <see cref="SocketEvents.BindFailed"/>, <see cref="SocketEvents.AcceptFailed"/> and <see cref="SocketEvents.CloseFailed"/>; otherwise null.</summary>
    public ErrorCode? Error { get; init; }

    /// <summary>The time until the next attempt, of <see cref="SocketEvents.ConnectRetried"/>, whose reason says why there is no connection; otherwise zero.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>Why messages were dropped, of <see cref="SocketEvents.MessagesDropped"/>; otherwise null.</summary>
    public ZmqDropReason? DropReason { get; init; }

    /// <summary>The number of messages that were dropped, at least 1, of <see cref="SocketEvents.MessagesDropped"/>; otherwise zero.</summary>
    public long Count { get; init; }
}
