using Actors.Zmtp;

namespace Actors.Transport;

/// <summary>
/// Hands the events of a socket of <c>Actors.Zmtp</c> to its observer: those of peers on the poller's thread, losses on
/// whatever thread they are seen.
/// </summary>
/// <remarks>A peer is connected once its handshake has succeeded.</remarks>
internal sealed class ZmtpSocketEvents
{
    private const SocketEvents Watched =
        SocketEvents.Handshakes | SocketEvents.Disconnected | SocketEvents.ConnectRetried | SocketEvents.AcceptFailed | SocketEvents.MessagesDropped | SocketEvents.PeerWritable;

    private readonly string _name;
    private readonly ZmtpPollerThread _poller;
    private readonly IEngineSocketObserver _observer;

    // How many connections stand for each pair of endpoint and peer: the ends of an ipc connection have no addresses of their own.
    private readonly Dictionary<(string Endpoint, string Peer), int> _connected = [];
    private bool _isClosed;

    /// <param name="name">The socket's name in the events.</param>
    /// <param name="socket">Not yet bound or connected, so that no event is missed.</param>
    /// <param name="poller">The poller of this thread.</param>
    /// <param name="observer">The socket's.</param>
    public ZmtpSocketEvents(string name, ZmqSocket socket, ZmtpPollerThread poller, IEngineSocketObserver observer)
    {
        _name = name;
        _poller = poller;
        _observer = observer;
        // The monitor ends with the last connection of the closed socket, so that losses in the linger time are told as well.
        socket.Monitor(Watched, OnEvent);
    }

    /// <summary>Called on the poller's thread when the peer of that routing id has room again.</summary>
    public Action<ReadOnlyMemory<byte>?>? PeerWritable { get; set; }

    /// <summary>From now on only losses are told.</summary>
    public void Close() => _isClosed = true;

    private void OnEvent(SocketEvent what)
    {
        if (what.Kind == SocketEvents.MessagesDropped) _observer.OnDropped(new MessagesDropped(_name, what.Count, ReasonOf(what), PeerName(what)));
        else _poller.PostEvent(new Event(this, what));
    }

    private static DropReason ReasonOf(SocketEvent what) => what.DropReason switch
    {
        ZmqDropReason.Unsent => DropReason.Unsent,
        ZmqDropReason.Unread => DropReason.Unread,
        _ => DropReason.PeerFull,
    };

    private static string? PeerName(SocketEvent what) =>
        what.RoutingId.Length > 0 ? Convert.ToHexString(what.RoutingId.Span) : what.PeerAddress.Length > 0 ? what.PeerAddress : what.Endpoint.Length > 0 ? what.Endpoint : null;

    private void Tell(SocketEvent what)
    {
        if (_isClosed) return;
        switch (what.Kind)
        {
            case SocketEvents.PeerWritable:
                PeerWritable?.Invoke(what.RoutingId);
                break;
            case SocketEvents.HandshakeSucceeded:
                _connected[KeyOf(what)] = _connected.GetValueOrDefault(KeyOf(what)) + 1;
                _observer.OnPeer(new PeerConnected(_name, what.Endpoint, PeerOf(what)));
                break;
            case SocketEvents.Disconnected when _connected.TryGetValue(KeyOf(what), out var connections):
                if (connections == 1) _connected.Remove(KeyOf(what));
                else _connected[KeyOf(what)] = connections - 1;
                _observer.OnPeer(new PeerDisconnected(_name, what.Endpoint, PeerOf(what), what.Reason, what.IsRefusal));
                break;
            case SocketEvents.HandshakeFailedNoDetail or SocketEvents.HandshakeFailedProtocol or SocketEvents.HandshakeFailedAuth:
                _observer.OnPeer(new PeerHandshakeFailed(_name, what.Endpoint, PeerOf(what), what.Reason));
                break;
            case SocketEvents.ConnectRetried:
                _observer.OnPeer(new PeerRetried(_name, what.Endpoint, what.Interval, what.Reason));
                break;
            case SocketEvents.AcceptFailed:
                _observer.OnPeer(new PeerAcceptFailed(_name, what.Endpoint, what.Reason.Length > 0 ? what.Reason : what.Error.ToString()!));
                break;
        }
    }

    private static (string Endpoint, string Peer) KeyOf(SocketEvent what) => (what.Endpoint, what.PeerAddress);

    private static Peer PeerOf(SocketEvent what) =>
        new(what.RoutingId.Length > 0 ? what.RoutingId : default(ReadOnlyMemory<byte>?), what.PeerAddress.Length > 0 ? what.PeerAddress : null, what.UserId.Length > 0 ? what.UserId : null)
        {
            SocketType = what.PeerSocketType == ZmqSocketType.None ? null : what.PeerSocketType.ToString().ToUpperInvariant(),
            Mechanism = what.Mechanism.Length > 0 ? what.Mechanism : null,
        };

    private sealed class Event(ZmtpSocketEvents events, SocketEvent what) : Akka.Dispatch.IRunnable
    {
        public void Run() => events.Tell(what);

        public void Execute() => Run();
    }
}
