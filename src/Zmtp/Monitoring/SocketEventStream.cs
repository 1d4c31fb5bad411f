using Actors.Zmtp.Connections;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Monitoring;

/// <summary>Tells the monitors of a socket what happens to it, on the thread that sees it. Nothing is allocated while nobody watches.</summary>
internal sealed class SocketEventStream
{
    private readonly Lock _lock = new();
    private volatile Monitor[] _monitors = [];
    private volatile SocketEvents _watched;

    /// <summary>Tells a handler the events of some kinds from now on, until what is returned is disposed.</summary>
    public IDisposable Add(SocketEvents watched, Action<SocketEvent> handler)
    {
        Monitor monitor = new(this, watched, handler);
        Change(monitors => [.. monitors, monitor]);
        return monitor;
    }

    public bool AreWatched(SocketEvents kinds) => (_watched & kinds) != 0;

    public void Connected(string endpoint, string peer) => Publish(SocketEvents.Connected, endpoint, peer);

    public void ConnectDelayed(string endpoint) => Publish(SocketEvents.ConnectDelayed, endpoint);

    public void ConnectRetried(string endpoint, TimeSpan interval, string text)
    {
        if (AreWatched(SocketEvents.ConnectRetried))
        {
            Publish(new SocketEvent { Kind = SocketEvents.ConnectRetried, Endpoint = endpoint, Interval = interval, Reason = text });
        }
    }

    public void Listening(string endpoint) => Publish(SocketEvents.Listening, endpoint);

    public void BindFailed(string endpoint, ErrorCode error) => Publish(SocketEvents.BindFailed, endpoint, error: error);

    public void Accepted(string endpoint, string peer) => Publish(SocketEvents.Accepted, endpoint, peer);

    public void AcceptFailed(string endpoint, ErrorCode error, string text, string peer = "")
        => Publish(SocketEvents.AcceptFailed, endpoint, peer, text: text, error: error);

    public void Closed(string endpoint, string text = "") => Publish(SocketEvents.Closed, endpoint, text: text);

    public void CloseFailed(string endpoint, ErrorCode error) => Publish(SocketEvents.CloseFailed, endpoint, error: error);

    public void HandshakeSucceeded(string endpoint, string peer, byte[]? routingId, PeerInfo? info = null, string mechanism = "")
        => Publish(SocketEvents.HandshakeSucceeded, endpoint, peer, routingId, info: info, mechanism: mechanism);

    public void HandshakeFailed(string endpoint, CloseReason reason, string peer)
    {
        SocketEvents kind = reason.Failure switch
        {
            null => SocketEvents.HandshakeFailedNoDetail,
            HandshakeFailureReason.NotAuthenticated or HandshakeFailureReason.RefusedByPeer => SocketEvents.HandshakeFailedAuth,
            _ => SocketEvents.HandshakeFailedProtocol,
        };
        Publish(kind, endpoint, peer, text: reason.Text);
    }

    public void Disconnected(string endpoint, string text, string peer, byte[]? routingId, bool isRefusal = false, PeerInfo? info = null, string mechanism = "")
    {
        if (AreWatched(SocketEvents.Disconnected))
        {
            Publish(new SocketEvent
            {
                Kind = SocketEvents.Disconnected,
                Endpoint = endpoint,
                PeerAddress = peer,
                RoutingId = routingId,
                Reason = text,
                IsRefusal = isRefusal,
                PeerSocketType = info?.SocketType ?? ZmqSocketType.None,
                Mechanism = mechanism,
                UserId = info?.UserId ?? "",
            });
        }
    }

    public void PeerWritable(Pipe pipe)
    {
        if (AreWatched(SocketEvents.PeerWritable))
        {
            Publish(SocketEvents.PeerWritable, pipe.Endpoint, pipe.PeerEndpoint, pipe.PeerRoutingId);
        }
    }

    public void Dropped(Pipe pipe, ZmqDropReason reason, long count)
    {
        if (count > 0 && AreWatched(SocketEvents.MessagesDropped))
        {
            Publish(new SocketEvent
            {
                Kind = SocketEvents.MessagesDropped,
                Endpoint = pipe.Endpoint,
                PeerAddress = pipe.PeerEndpoint,
                RoutingId = pipe.PeerRoutingId,
                DropReason = reason,
                Count = count,
            });
        }
    }

    private void Publish(
        SocketEvents kind,
        string endpoint,
        string peer = "",
        byte[]? routingId = null,
        string text = "",
        ErrorCode? error = null,
        PeerInfo? info = null,
        string mechanism = "")
    {
        if (AreWatched(kind))
        {
            Publish(new SocketEvent
            {
                Kind = kind,
                Endpoint = endpoint,
                PeerAddress = peer,
                RoutingId = routingId,
                Reason = text,
                Error = error,
                PeerSocketType = info?.SocketType ?? ZmqSocketType.None,
                Mechanism = mechanism,
                UserId = info?.UserId ?? "",
            });
        }
    }

    private void Publish(SocketEvent what)
    {
        foreach (Monitor monitor in _monitors)
        {
            monitor.Tell(what);
        }
    }

    private void Change(Func<Monitor[], Monitor[]> change)
    {
        lock (_lock)
        {
            Monitor[] monitors = change(_monitors);
            _monitors = monitors;
            _watched = monitors.Aggregate(SocketEvents.None, (all, monitor) => all | monitor.Watched);
        }
    }

    private sealed class Monitor(SocketEventStream stream, SocketEvents watched, Action<SocketEvent> handler) : IDisposable
    {
        private readonly Lock _turn = new();
        private bool _disposed;

        public SocketEvents Watched => watched;

        /// <summary>One call at a time, so that a handler needs no lock of its own.</summary>
        public void Tell(SocketEvent what)
        {
            if ((watched & what.Kind) == 0)
            {
                return;
            }

            lock (_turn)
            {
                if (_disposed)
                {
                    return;
                }

                try
                {
                    handler(what);
                }
                catch (Exception fault)
                {
                    // It is the user's, and must end neither the connection nor the I/O thread on which it happened.
                    EngineContext.Report(fault);
                }
            }
        }

        public void Dispose()
        {
            stream.Change(monitors => [.. monitors.Where(monitor => !ReferenceEquals(monitor, this))]);
            // Waits for a call of another thread, so that the handler's resources can go afterwards.
            lock (_turn)
            {
                _disposed = true;
            }
        }
    }
}
