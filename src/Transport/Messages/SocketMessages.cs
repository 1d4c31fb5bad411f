using Akka.Actor;

namespace Actors.Transport;

// The closed set of messages that cross between a role and its socket actor. A role also tells its socket plain
// PoisonPill to close it. All of them are immutable.

/// <summary>To a <see cref="PollerActor"/>: open a socket for <paramref name="Owner"/>. The owner is told a <see cref="SocketCreated"/>.</summary>
/// <param name="Spec">Validated.</param>
/// <param name="Owner">The role: it receives everything that the socket reports, and the socket closes when it stops.</param>
internal sealed record OpenSocket(SocketSpec Spec, IActorRef Owner);

/// <summary>To the owner: this actor is the socket of that name. It has no connection yet; <see cref="SocketOpened"/> follows.</summary>
internal sealed record SocketCreated(string Name, IActorRef Socket);

/// <summary>To the owner: the socket is bound and connecting, at the start and again after each restart.</summary>
/// <param name="Endpoints">The endpoints as they are in force: a bound port 0 stands here with the port that the system chose.</param>
/// <param name="Restarts">How often the socket has been restarted so far.</param>
internal sealed record SocketOpened(IReadOnlyList<string> Endpoints, int Restarts);

/// <summary>To the owner: the socket failed, and is opened again after <paramref name="RetryIn"/>; it stops instead where that is infinite.</summary>
internal sealed record SocketFailed(Exception Cause, int Attempt, TimeSpan RetryIn);

/// <summary>To the socket: send these messages, in this order.</summary>
/// <remarks>The owner sends no more messages than it was granted by <see cref="OutboundCredit"/>.</remarks>
internal sealed record OutboundBatch(IReadOnlyList<Message> Messages);

/// <summary>To the owner: so many more messages may be sent to the socket.</summary>
internal sealed record OutboundCredit(int Messages);

/// <summary>To the socket: so many more messages may be delivered. A socket without credit is not polled, so that the peer is held back.</summary>
internal sealed record InboundCredit(int Messages);

/// <summary>To the owner: messages received, in the order of arrival; each has used one unit of inbound credit.</summary>
internal sealed record InboundBatch(IReadOnlyList<Message> Messages);

/// <summary>
/// To the socket of a role that drains: deliver what waits, as far as there is credit; the answer is <see cref="InboundLooked"/>
/// behind it.
/// </summary>
internal sealed record LookInbound
{
    /// <summary>The one instance.</summary>
    public static LookInbound Instance { get; } = new();
}

/// <summary>To the owner: the answer to <see cref="LookInbound"/>.</summary>
/// <param name="WasEmpty">Nothing waited in the socket.</param>
internal sealed record InboundLooked(bool WasEmpty);

/// <summary>To a SUB socket: take all subscriptions back, so that publishers send no more; what has come is still delivered.</summary>
internal sealed record UnsubscribeFromAll
{
    /// <summary>The one instance.</summary>
    public static UnsubscribeFromAll Instance { get; } = new();
}

/// <summary>To a SUB or XSUB socket: receive messages whose first frame begins with <paramref name="Prefix"/>; applied again after a restart.</summary>
public sealed record SubscribeTo(ReadOnlyMemory<byte> Prefix);

/// <summary>To a SUB or XSUB socket: take one <see cref="SubscribeTo"/> of the same prefix back.</summary>
public sealed record UnsubscribeFrom(ReadOnlyMemory<byte> Prefix);

/// <summary>
/// To the socket: close and open anew at once, so that nothing of the old conversation can arrive any more. Messages that
/// wait are discarded, and their credit is granted again; <see cref="SocketOpened"/> tells that it is done.
/// </summary>
internal sealed record ReopenSocket
{
    /// <summary>The one instance.</summary>
    public static ReopenSocket Instance { get; } = new();
}

/// <summary>To the owner: no peer takes messages now (none is connected, or all are at their high-water mark).</summary>
internal sealed record SocketBlocked
{
    /// <summary>The one instance.</summary>
    public static SocketBlocked Instance { get; } = new();
}

/// <summary>To the owner: all that waited since <see cref="SocketBlocked"/> has been taken.</summary>
internal sealed record SocketWritable
{
    /// <summary>The one instance.</summary>
    public static SocketWritable Instance { get; } = new();
}

/// <summary>A peer of a socket, as far as the engine knows it.</summary>
/// <param name="RoutingId">The routing id by which a ROUTER knows the peer; null on other sockets, and where it is not known.</param>
/// <param name="Address">The remote address, for example <c>192.0.2.1:40312</c>; null where it is not known.</param>
/// <param name="UserId">
/// Who the peer is, where this end is a server of CURVE or PLAIN and has checked it: what the authenticator answered, the name in the
/// list, or the public key or user name. Null otherwise.
/// </param>
public sealed record Peer(ReadOnlyMemory<byte>? RoutingId, string? Address, string? UserId = null)
{
    /// <summary>The peer's socket type as ZMTP names it, for example <c>PUSH</c>; null on the engine <c>netmq</c>, and where the peer did not tell it.</summary>
    public string? SocketType { get; init; }

    /// <summary>The security mechanism of the connection, for example <c>CURVE</c>; null on the engine <c>netmq</c>, and for a peer whose handshake failed.</summary>
    public string? Mechanism { get; init; }
}

/// <summary>What happened between a socket and its peers; to the owner, and on the event stream.</summary>
/// <param name="Socket">The socket's name.</param>
/// <param name="Endpoint">The endpoint of ours that the event concerns.</param>
public abstract record PeerEvent(string Socket, string Endpoint);

/// <summary>A peer is connected. On the engine <c>zmtp</c> the handshake has succeeded; on <c>netmq</c> the transport connection stands.</summary>
/// <param name="Socket">The socket's name.</param>
/// <param name="Endpoint">The endpoint of ours.</param>
/// <param name="Peer">The peer, where the engine knows more of it than that it is there.</param>
public sealed record PeerConnected(string Socket, string Endpoint, Peer? Peer = null) : PeerEvent(Socket, Endpoint);

/// <summary>A connected peer is gone: it left, its connection broke, or it broke the protocol.</summary>
/// <param name="Socket">The socket's name.</param>
/// <param name="Endpoint">The endpoint of ours.</param>
/// <param name="Peer">The peer. Of a ROUTER it has the routing id, unless the role never heard from that peer.</param>
/// <param name="Reason">
/// Why the connection ended, in plain words: "the peer closed the connection", "heartbeat timed out: ...", "protocol error: ...", "the
/// connection broke: ...". Null where the engine does not tell.
/// </param>
/// <param name="IsRefusal">One end refused the other, which took more than a limit of that end allows; the reason names the limit.</param>
public sealed record PeerDisconnected(string Socket, string Endpoint, Peer? Peer = null, string? Reason = null, bool IsRefusal = false) : PeerEvent(Socket, Endpoint);

/// <summary>A peer came and was not taken: it speaks no ZMTP, has a socket type that does not fit, or the wrong mechanism or key.</summary>
/// <param name="Socket">The socket's name.</param>
/// <param name="Endpoint">The endpoint of ours.</param>
/// <param name="Peer">The peer.</param>
/// <param name="Reason">What was wrong.</param>
public sealed record PeerHandshakeFailed(string Socket, string Endpoint, Peer? Peer, string Reason) : PeerEvent(Socket, Endpoint);

/// <summary>A connection attempt failed, and the next one follows after <paramref name="RetryIn"/>.</summary>
/// <param name="Socket">The socket's name.</param>
/// <param name="Endpoint">The endpoint that is connected to.</param>
/// <param name="RetryIn">The wait before the next attempt.</param>
/// <param name="Reason">Why there is no connection; null where the engine does not tell.</param>
public sealed record PeerRetried(string Socket, string Endpoint, TimeSpan RetryIn, string? Reason = null) : PeerEvent(Socket, Endpoint);

/// <summary>A listening socket could not take a connection.</summary>
/// <param name="Socket">The socket's name.</param>
/// <param name="Endpoint">The endpoint that listens.</param>
/// <param name="Reason">The system's error.</param>
public sealed record PeerAcceptFailed(string Socket, string Endpoint, string Reason) : PeerEvent(Socket, Endpoint);
