using Actors.Zmtp.Io;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Sockets;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Connections;

/// <summary>
/// The engine's side of a pipe, on one I/O thread: feeds it to and from the connection of the moment. A pipe of a bound
/// endpoint lives as long as its connection, that of a connected endpoint as long as the endpoint.
/// </summary>
internal abstract class Session : ReactorWork, IPipeSide, IPipeEngine, ICommandHandler, IConnectionOwner
{
    private Conflation? _lastToSend;
    private ReactorTimer? _linger;
    private long _lingerEnd;
    private TimeSpan _lingerTime;
    private volatile bool _terminating;
    private bool _lingering;

    /// <summary>The name of the peer of the moment, where this socket has names for its peers.</summary>
    private byte[]? _routingId;

    /// <summary>The peer of the moment, once its handshake is done.</summary>
    private PeerInfo? _peer;

    protected Session(SocketCore socket, Reactor reactor, ConnectionSettings settings, string endpoint)
    {
        Socket = socket;
        Reactor = reactor;
        Settings = settings;
        Endpoint = endpoint;
    }

    public Reactor Reactor { get; }

    protected SocketCore Socket { get; }

    protected ConnectionSettings Settings { get; }

    /// <summary>The endpoint that was bound or connected.</summary>
    protected string Endpoint { get; }

    protected IConnection? Connection { get; private set; }

    protected OutboundQueue? Outbound { get; private set; }

    protected InboundQueue? Inbound { get; private set; }

    protected Pipe? Pipe { get; private set; }

    protected bool IsEnded { get; private set; }

    /// <summary>Messages that wait can still be sent, now or by a later connection.</summary>
    protected abstract bool KeepsForLinger { get; }

    protected ISubscriptionSource? Subscriptions { get; set; }

    protected ConnectionPipe EnginePipe => new(Outbound!, Inbound!, Subscriptions, _lingering);

    /// <summary>Makes the two directions of a pipe, this being the engine's side of it.</summary>
    public Pipe CreatePipe()
    {
        PipeDirection outbound = PipeDirection.Create(Settings.ConflatesSent, Settings.SendHighWatermark, Settings.SendLowWatermark);
        PipeDirection inbound = PipeDirection.Create(Settings.ConflatesReceived, Settings.ReceiveHighWatermark, Settings.ReceiveLowWatermark);
        Pipe = new Pipe(Socket, inbound, outbound, this) { Endpoint = Endpoint };
        Outbound = new OutboundQueue(outbound.Reader);
        Inbound = new InboundQueue(inbound.Writer, Settings.InboundLimits, Settings.TakesSubscriptions, this);
        _lastToSend = outbound.Conflation;
        outbound.Reader.Reader = this;
        inbound.Writer.Writer = this;
        return Pipe;
    }

    public void CanRead() => Reactor.Schedule(this);

    public void CanWrite() => Reactor.Schedule(this);

    public override void Run()
    {
        if (IsEnded)
        {
            return;
        }

        if (Connection is { IsReady: true } connection)
        {
            _lastToSend?.Refill();
            connection.Pump();
        }
        else
        {
            // What is sent last before there is a connection is what the peer is to have.
            _lastToSend?.EndIfDrained();
        }

        // The socket has closed its side, and all was sent. How long it lingers may be known only a moment later.
        if (!IsEnded && _lingering && Outbound is { IsAtEnd: true })
        {
            End(new CloseReason(CloseKind.Local, "the endpoint was closed"));
        }
    }

    /// <summary>An exception ends the connection of the moment; without one, whatever this session was about to do.</summary>
    public override void OnFault(Exception fault)
    {
        if (Connection is { Reason: null } connection)
        {
            connection.OnFault(fault);
        }
        else if (IsEnded)
        {
            Socket.SessionEnded(this);
        }
        else
        {
            Connection = null;
            OnFaultWithoutConnection(CloseReason.Of(fault));
        }
    }

    bool ICommandHandler.OnCommand(ReadOnlySpan<byte> body) => Connection is ICommandHandler handler && handler.OnCommand(body);

    void IPipeEngine.Terminate(Pipe side, TimeSpan linger)
    {
        _terminating = true;
        Terminate(linger);
    }

    void IPipeEngine.Refuse(string reason) => Reactor.Post(this, () => Connection?.Refuse(new CloseReason(CloseKind.Limit, reason, IsRefusal: true)));

    /// <summary>The socket was closed, and may not have seen the pipe of this session.</summary>
    public void TerminateUnlessLingering(TimeSpan linger)
    {
        if (!_terminating)
        {
            Reactor.Post(this, () =>
            {
                Pipe?.Out.Close();
                BeginLinger(Outbound is null ? TimeSpan.Zero : linger);
            });
        }
    }

    /// <summary>The socket wants no more of this pipe: what waits may be sent for so long, negative for without end.</summary>
    public void Terminate(TimeSpan linger) => Reactor.Post(this, () => BeginLinger(linger));

    public abstract ConnectionPipe OnReady(PeerInfo peer);

    public void OnAllSent() => Reactor.Schedule(this);

    public void OnClosed(CloseReason reason)
    {
        string peer = Connection?.RemoteEndpoint ?? "";
        if (Connection is { IsReady: false } && reason.Kind != CloseKind.Local)
        {
            Socket.Events.HandshakeFailed(Endpoint, reason, peer);
        }

        // A name that another connection has by now would tell that the other is gone.
        string? lostName = Pipe?.LostName;
        Socket.Events.Disconnected(Endpoint, lostName ?? reason.Sentence, peer, lostName is null ? _routingId : null, reason.IsRefusal, _peer, MechanismOfPeer);
        _routingId = null;
        _peer = null;
        Connection = null;
        if (IsEnded)
        {
            Socket.SessionEnded(this);
        }
        else
        {
            DeliverEnd();
            OnConnectionClosed(reason);
        }
    }

    /// <summary>Delivers the message that tells the socket of the connection's end.</summary>
    private void DeliverEnd()
    {
        if (Inbound is not null && Settings.FarewellMessage is { } message)
        {
            Span<byte> header = stackalloc byte[FrameHeader.MaxLength];
            Inbound.Restart();
            Inbound.Append(header[..FrameHeader.Write(header, 0, message.Length)]);
            Inbound.Append(message);
        }
    }

    /// <summary>Begins to talk to a peer that was reached.</summary>
    protected void Begin(IByteStream stream, bool accepted)
    {
        try
        {
            Connection = Settings.IsRaw
                ? new RawConnection(stream, Reactor, this)
                : new Connection(stream, Reactor, Settings, accepted, this);
        }
        catch
        {
            stream.Close();
            throw;
        }

        Connection.Start();
    }

    /// <summary>Tells the socket of the peer.</summary>
    protected void Attach(PeerInfo peer)
    {
        Pipe!.Peer = peer;
        Pipe.PeerEndpoint = Connection!.RemoteEndpoint;
        _routingId = peer.RoutingId.IsEmpty ? Pipe.GivenRoutingId ??= Socket.Pattern.CreateRoutingId() : peer.RoutingId.ToArray();
        if (!Settings.IsRaw)
        {
            _peer = peer;
            Socket.Events.HandshakeSucceeded(Endpoint, Pipe.PeerEndpoint, _routingId, _peer, MechanismOfPeer);
        }

        Socket.Pipes.Add(Pipe);
        Pipe.BeginConnection();
        if (_lastToSend is not null)
        {
            Reactor.Schedule(this);
        }
    }

    private string MechanismOfPeer => _peer is null ? "" : Settings.MechanismName;

    /// <summary>The connection is gone; the session has not ended.</summary>
    protected abstract void OnConnectionClosed(CloseReason reason);

    protected virtual void OnFaultWithoutConnection(CloseReason reason) => End(reason);

    /// <summary>Ends the connection and the pipe for good.</summary>
    protected void End(CloseReason reason)
    {
        if (IsEnded)
        {
            return;
        }

        IsEnded = true;
        _linger?.Cancel();
        IConnection? connection = Connection;
        if (reason.Kind == CloseKind.Local && Outbound is { IsAtEnd: true })
        {
            connection?.Finish(reason, LingerLeft());
        }
        else
        {
            connection?.Close(reason);
        }

        ClosePipe();
        OnEnded(reason);
        if (Connection is null)
        {
            Socket.SessionEnded(this);
        }
    }

    /// <summary>Cleans up what belongs to the kind of session.</summary>
    protected virtual void OnEnded(CloseReason reason)
    {
        if (Subscriptions is not null)
        {
            Socket.RemoveSubscriptionSource(Subscriptions);
        }
    }

    /// <summary>Ends the pipe and forgets it; another may take its place.</summary>
    protected void DropPipe()
    {
        ClosePipe();
        Pipe = null;
        Outbound = null;
        Inbound = null;
    }

    /// <summary>Ends the pipe: the socket may read what has arrived, and is told.</summary>
    private void ClosePipe()
    {
        if (Pipe is null)
        {
            return;
        }

        Inbound!.Close();
        Pipe.EndOutbound(Outbound!.Close(), _lastToSend?.Drop() ?? 0);
        Pipe.Raise(PipeSignals.Terminated);
        Socket.Pipes.EngineLeft(Pipe);
    }

    private void BeginLinger(TimeSpan linger)
    {
        if (IsEnded)
        {
            return;
        }

        _linger?.Cancel();
        _lingering = true;
        _lingerTime = linger;
        _lingerEnd = Environment.TickCount64 + (long)linger.TotalMilliseconds;
        if (linger == TimeSpan.Zero || Outbound is null || Outbound.IsAtEnd || !KeepsForLinger)
        {
            End(new CloseReason(CloseKind.Local, "the endpoint was closed"));
            return;
        }

        if (linger > TimeSpan.Zero)
        {
            _linger = Reactor.StartTimer(linger, this, () => End(new CloseReason(CloseKind.Local, "the linger time was over")));
        }

        Connection?.StopReceiving();
        Run();
    }

    /// <summary>The rest of the linger time for the end of the connection; negative when it has no limit.</summary>
    private TimeSpan LingerLeft()
    {
        return !_lingering || _lingerTime < TimeSpan.Zero
            ? Timeout.InfiniteTimeSpan
            : TimeSpan.FromMilliseconds(Math.Max(0, _lingerEnd - Environment.TickCount64));
    }
}
