using System.Net.Sockets;
using NetMQ.Io;
using NetMQ.Pipes;
using NetMQ.Protocol;
using NetMQ.Sockets;
using NetMQ.Transports;

namespace NetMQ.Connections;

/// <summary>
/// The session of a connected endpoint: connects, and again whenever the connection is lost, at intervals that grow.
/// The pipe stays over all connections; what had not left whole is sent again by the next.
/// </summary>
internal sealed class ConnectSession : Session, IConnectHandler
{
    private readonly EndpointAddress _address;
    private readonly string _endpoint;
    private readonly bool _delayAttach;
    private IConnectAttempt? _attempt;
    private ReactorTimer? _retry;
    private TimeSpan _interval;

    public ConnectSession(SocketCore socket, Reactor reactor, ConnectionSettings settings, EndpointAddress address, bool delayAttach)
        : base(socket, reactor, settings)
    {
        _address = address;
        _endpoint = address.ToString();
        _delayAttach = delayAttach;
        _interval = settings.ReconnectInterval;
        Subscriptions = socket.CreateSubscriptionSource(this);
    }

    protected override bool KeepsForLinger => true;

    /// <summary>Begins on the I/O thread.</summary>
    public void Start() => Reactor.Post(Connect);

    public void OnConnected(IByteStream stream)
    {
        _attempt = null;
        Socket.Events.Connected(_endpoint);
        Connection = new Connection(stream, Reactor, Settings, accepted: false, this);
        Connection.Start();
    }

    public void OnConnectFailed(SocketError error)
    {
        _attempt = null;
        Socket.Events.Closed(_endpoint);
        Retry();
    }

    public override ConnectionPipe OnReady(PeerInfo peer)
    {
        _interval = Settings.ReconnectInterval;
        if (Pipe is null)
        {
            CreatePipe();
            Attach(peer);
        }
        else
        {
            // The routing id of the peer may be another than before.
            Attach(peer);
        }

        return EnginePipe;
    }

    public override void OnClosed(CloseReason reason)
    {
        Socket.Events.Disconnected(_endpoint, reason);
        ConnectionClosed();
        if (IsEnded)
        {
            return;
        }

        if (_delayAttach && Pipe is not null)
        {
            DropPipe();
        }
        else
        {
            Outbound?.Restart();
            Inbound?.Restart();
        }

        if (Outbound is { IsAtEnd: true } || !reason.MayReconnect)
        {
            End(reason);
        }
        else
        {
            Retry();
        }
    }

    protected override void OnEnded(CloseReason reason)
    {
        _retry?.Cancel();
        _attempt?.Cancel();
        if (Subscriptions is not null)
        {
            Socket.RemoveSubscriptionSource(Subscriptions);
        }
    }

    private void Attach(PeerInfo peer)
    {
        Pipe!.Peer = peer;
        Pipe.PeerEndpoint = Connection!.RemoteEndpoint;
        Pipe.Raise(PipeSignals.Attached);
    }

    private void Connect()
    {
        if (IsEnded)
        {
            return;
        }

        Socket.Events.ConnectDelayed(_endpoint);
        _attempt = Socket.TransportFor(_address).Connect(_address, Reactor, Settings, this);
    }

    private void Retry()
    {
        if (Settings.ReconnectInterval < TimeSpan.Zero)
        {
            End(new CloseReason(CloseKind.Local, "connecting again is switched off"));
            return;
        }

        Socket.Events.ConnectRetried(_endpoint, _interval);
        _retry = Reactor.StartTimer(_interval, Connect);
        if (Settings.ReconnectIntervalMax > _interval)
        {
            _interval = TimeSpan.FromTicks(Math.Min(2 * _interval.Ticks, Settings.ReconnectIntervalMax.Ticks));
        }
    }
}
