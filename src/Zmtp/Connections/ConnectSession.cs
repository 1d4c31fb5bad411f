using System.Net.Sockets;
using Actors.Zmtp.Io;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Sockets;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Connections;

/// <summary>
/// The session of a connected endpoint: connects, and again whenever the connection is lost, at intervals that grow.
/// The pipe stays over all connections; what had not left whole is sent again by the next.
/// </summary>
internal sealed class ConnectSession : Session, IConnectHandler
{
    /// <summary>A connection that ends sooner, before anything was received, did the peer no better than none.</summary>
    private static readonly TimeSpan s_settled = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait before a peer is asked again that has refused this end, where the interval does not double otherwise.</summary>
    private static readonly TimeSpan s_refusedMax = TimeSpan.FromSeconds(5);

    private readonly EndpointAddress _address;
    /// <summary>The pipe lives as long as the connection; so does every raw one, which would go on in the middle of its data.</summary>
    private readonly bool _delayAttach;
    private IConnectAttempt? _attempt;
    private ReactorTimer? _retry;
    private TimeSpan _interval;
    private long _readyAt;
    private long _receivedBefore;
    private bool _wasReady;
    private bool _refused;

    public ConnectSession(SocketCore socket, Reactor reactor, ConnectionSettings settings, EndpointAddress address, bool delayAttach)
        : base(socket, reactor, settings, address.ToString())
    {
        _address = address;
        _delayAttach = delayAttach || settings.IsRaw;
        _interval = settings.ReconnectInterval;
        Subscriptions = socket.CreateSubscriptionSource(this);
    }

    protected override bool KeepsForLinger => true;

    /// <summary>Begins on the I/O thread.</summary>
    public void Start() => Reactor.Post(this, Connect);

    public void OnConnected(IByteStream stream)
    {
        _attempt = null;
        Socket.Events.Connected(Endpoint, stream.RemoteEndpoint);
        Begin(stream, accepted: false);
    }

    public void OnConnectFailed(SocketError error)
    {
        _attempt = null;
        Socket.Events.Closed(Endpoint, $"connecting failed: {error}");
        Retry($"connecting failed: {error}");
    }

    public override ConnectionPipe OnReady(PeerInfo peer)
    {
        if (Pipe is null)
        {
            CreatePipe();
        }

        _wasReady = true;
        _readyAt = Environment.TickCount64;
        _receivedBefore = Pipe!.Statistics().MessagesIn;

        // Each time: the routing id of the peer may be another than before.
        Attach(peer);
        return EnginePipe;
    }

    protected override void OnConnectionClosed(CloseReason reason)
    {
        LookBack(reason);
        if (_delayAttach && Pipe is not null)
        {
            DropPipe();
        }
        else
        {
            Outbound?.Restart();
            Inbound?.Restart();
        }

        bool refused = reason.Failure == HandshakeFailureReason.RefusedByPeer;
        if (Outbound is { IsAtEnd: true } || !(reason.MayReconnect || (refused && Settings.RetriesRefused)))
        {
            End(reason);
        }
        else if (refused)
        {
            // At once it would be refused again.
            _interval = TimeSpan.FromTicks(Math.Max(Settings.ReconnectInterval.Ticks, Settings.ReconnectIntervalMax.Ticks));
            Retry(reason.Sentence);
        }
        else
        {
            Retry(reason.Sentence);
        }
    }

    /// <summary>It is tried again, as after any failure to connect.</summary>
    protected override void OnFaultWithoutConnection(CloseReason reason)
    {
        _attempt?.Cancel();
        _attempt = null;
        _retry?.Cancel();
        Socket.Events.Closed(Endpoint, reason.Text);
        Retry(reason.Sentence);
    }

    protected override void OnEnded(CloseReason reason)
    {
        _retry?.Cancel();
        _attempt?.Cancel();
        base.OnEnded(reason);
    }

    /// <summary>
    /// The interval begins anew after a connection that has served. A peer that refuses this end, or ends each connection right
    /// after its handshake, is asked again at intervals that grow.
    /// </summary>
    private void LookBack(CloseReason reason)
    {
        _refused = reason.IsRefusal;
        bool served = _wasReady
            && !_refused
            && (Environment.TickCount64 - _readyAt >= s_settled.TotalMilliseconds || Pipe?.Statistics().MessagesIn > _receivedBefore);
        _wasReady = false;
        if (served)
        {
            _interval = Settings.ReconnectInterval;
        }
    }

    private void Connect()
    {
        if (IsEnded)
        {
            return;
        }

        Socket.Events.ConnectDelayed(Endpoint);
        _attempt = Socket.TransportFor(_address).Connect(_address, Reactor, Settings, this);
    }

    private void Retry(string why)
    {
        if (Settings.ReconnectInterval < TimeSpan.Zero)
        {
            End(new CloseReason(CloseKind.Local, "connecting again is switched off"));
            return;
        }

        Socket.Events.ConnectRetried(Endpoint, _interval, why);
        _retry = Reactor.StartTimer(_interval, this, Connect);
        TimeSpan most = _refused && Settings.ReconnectIntervalMax == TimeSpan.Zero ? s_refusedMax : Settings.ReconnectIntervalMax;
        if (most > _interval)
        {
            _interval = TimeSpan.FromTicks(Math.Min(2 * Math.Max(_interval.Ticks, TimeSpan.TicksPerMillisecond), most.Ticks));
        }
    }
}
