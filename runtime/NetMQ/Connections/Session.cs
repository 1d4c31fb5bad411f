using System.Net.Sockets;
using NetMQ.Io;
using NetMQ.Pipes;
using NetMQ.Protocol;
using NetMQ.Sockets;

namespace NetMQ.Connections;

/// <summary>
/// The engine's side of a pipe, on one I/O thread: feeds it to and from the connection of the moment. A pipe of a bound
/// endpoint lives as long as its connection, that of a connected endpoint as long as the endpoint.
/// </summary>
internal abstract class Session : ReactorWork, IPipeSide, IPipeEngine, ICommandHandler, IConnectionOwner
{
    protected Session(SocketCore socket, Reactor reactor, ConnectionSettings settings)
    {
        Socket = socket;
        Reactor = reactor;
        Settings = settings;
    }

    public Reactor Reactor { get; }

    protected SocketCore Socket { get; }

    protected ConnectionSettings Settings { get; }

    protected Connection? Connection { get; set; }

    protected OutboundQueue? Outbound { get; private set; }

    protected InboundQueue? Inbound { get; private set; }

    protected Pipe? Pipe { get; private set; }

    protected bool IsEnded { get; private set; }

    private ReactorTimer? _linger;
    private volatile bool _terminating;
    private bool _lingering;

    /// <summary>Makes the two directions of a pipe, this being the engine's side of it.</summary>
    public Pipe CreatePipe()
    {
        PipeState outbound = new(Settings.SendHighWatermark, Settings.SendLowWatermark);
        PipeState inbound = new(Settings.ReceiveHighWatermark, Settings.ReceiveLowWatermark);
        Pipe = new Pipe(Socket, inbound, outbound, this);
        Outbound = new OutboundQueue(outbound);
        Inbound = new InboundQueue(inbound, Settings.MaxMessageSize, Settings.TakesSubscriptions, this);
        outbound.Reader = this;
        inbound.Writer = this;
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
            connection.Pump();
        }

        if (!IsEnded && Outbound is { IsAtEnd: true })
        {
            // The socket has closed its side, and all was sent.
            End(new CloseReason(CloseKind.Local, "the endpoint was closed"));
        }
    }

    bool ICommandHandler.OnCommand(ReadOnlySpan<byte> body) => Connection is ICommandHandler handler && handler.OnCommand(body);

    void IPipeEngine.Terminate(Pipe side, TimeSpan linger)
    {
        _terminating = true;
        Terminate(linger);
    }

    /// <summary>The socket was closed, and may not have seen the pipe of this session.</summary>
    public void TerminateUnlessLingering(TimeSpan linger)
    {
        if (!_terminating)
        {
            Reactor.Post(() =>
            {
                Pipe?.Out.Close();
                Terminate(Outbound is null ? TimeSpan.Zero : linger);
            });
        }
    }

    /// <summary>The socket wants no more of this pipe: what waits may be sent for so long, negative for without end.</summary>
    public void Terminate(TimeSpan linger)
    {
        Reactor.Post(() =>
        {
            if (IsEnded)
            {
                return;
            }

            if (linger == TimeSpan.Zero || Outbound is null || Outbound.IsAtEnd || !KeepsForLinger)
            {
                End(new CloseReason(CloseKind.Local, "the endpoint was closed"));
            }
            else
            {
                if (linger > TimeSpan.Zero)
                {
                    _linger = Reactor.StartTimer(linger, () => End(new CloseReason(CloseKind.Local, "the linger time was over")));
                }

                _lingering = true;
                Connection?.StopReceiving();
                Run();
            }
        });
    }

    public abstract ConnectionPipe OnReady(PeerInfo peer);

    public void OnAllSent() => Reactor.Schedule(this);

    public abstract void OnClosed(CloseReason reason);

    /// <summary>What waits can still be sent, now or by a later connection.</summary>
    protected abstract bool KeepsForLinger { get; }

    protected ISubscriptionSource? Subscriptions { get; set; }

    protected ConnectionPipe EnginePipe => new(Outbound!, Inbound!, Subscriptions, _lingering);

    /// <summary>Ends the connection and the pipe for good.</summary>
    protected void End(CloseReason reason)
    {
        if (IsEnded)
        {
            return;
        }

        IsEnded = true;
        _linger?.Cancel();
        Connection? connection = Connection;
        if (reason.Kind == CloseKind.Local && Outbound is { IsAtEnd: true })
        {
            connection?.Finish(reason);
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

    /// <summary>The connection is gone; a session that has ended waits for this.</summary>
    protected void ConnectionClosed()
    {
        Connection = null;
        if (IsEnded)
        {
            Socket.SessionEnded(this);
        }
    }

    /// <summary>Cleans up what belongs to the kind of session.</summary>
    protected abstract void OnEnded(CloseReason reason);

    /// <summary>Ends the pipe: the socket may read what has arrived, and is told.</summary>
    protected void ClosePipe()
    {
        if (Pipe is null)
        {
            return;
        }

        Inbound!.Close();
        Outbound!.Close();
        Pipe.Raise(PipeSignals.Terminated);
    }

    /// <summary>Ends the pipe and forgets it; another may take its place.</summary>
    protected void DropPipe()
    {
        ClosePipe();
        Pipe = null;
        Outbound = null;
        Inbound = null;
    }

    protected static ErrorCode ToErrorCode(CloseReason reason)
        => reason.Error == SocketError.Success ? ErrorCode.ConnectionReset : SocketErrors.ToErrorCode(reason.Error);
}
