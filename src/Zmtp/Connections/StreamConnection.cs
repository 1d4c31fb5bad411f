using System.Net.Sockets;
using Actors.Zmtp.Io;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Connections;

/// <summary>
/// A connection on its I/O thread, once its traffic flows: one loop that sends what the traffic gives out, and one that
/// receives into it. It ends once, with the first reason.
/// </summary>
internal abstract class StreamConnection(IByteStream stream, Reactor reactor, IConnectionOwner owner) : IConnection, IReadyHandler
{
    /// <summary>Receives and sends in a row before other connections have their turn.</summary>
    private const int Rounds = 16;

    private readonly ArraySegment<byte>[] _pieces = new ArraySegment<byte>[LinuxSend.MaxPieces];
    private ITraffic? _traffic;
    private bool _sendBlocked;
    private bool _receivePaused;
    private bool _receiveStopped;
    private Ready _watched = Ready.None;

    public CloseReason? Reason { get; private set; }

    public bool IsReady => _traffic is not null;

    /// <summary>True while octets of the peer are received; false while its pipe is full, when it cannot be heard.</summary>
    public bool IsListening => !_receivePaused;

    public string RemoteEndpoint => stream.RemoteEndpoint;

    protected IByteStream Stream => stream;

    protected Reactor Reactor => reactor;

    protected IConnectionOwner Owner => owner;

    protected ConnectionPipe Pipe { get; private set; }

    /// <summary>The system takes no more octets now.</summary>
    protected bool IsSendBlocked => _sendBlocked;

    public abstract void Start();

    public void OnReady(Ready ready)
    {
        bool isLost = (ready & Ready.Read) != 0 && _receivePaused;
        if (isLost)
        {
            // Told of a lost connection while nobody reads: what it sent before is read first, when there is room.
            _watched = Ready.None;
            stream.Watch(this, Ready.None);
        }
        else if ((ready & Ready.Read) != 0)
        {
            // Before sending: a peer that has ended makes room by reading on for a while, and what it is sent then is lost.
            Receive();
        }

        if ((ready & Ready.Write) != 0 && Reason is null)
        {
            _sendBlocked = false;
            Send();
        }

        if (!isLost)
        {
            UpdateWatch();
        }
    }

    /// <inheritdoc/>
    public void Pump()
    {
        if (Reason is not null)
        {
            return;
        }

        if (!_sendBlocked)
        {
            Send();
        }

        // The signal for room may be older than what has filled the pipe since: then another one is asked for.
        InboundQueue inbound = Pipe.Inbound;
        if (_receivePaused && !_receiveStopped && Reason is null && !(inbound.IsFull && inbound.WaitForRoom()))
        {
            _receivePaused = false;
            Receive();
        }

        UpdateWatch();
    }

    /// <inheritdoc/>
    public void StopReceiving()
    {
        // A handshake goes on, for what is to be sent; at its end the pipe says that it is closing.
        if (IsReady)
        {
            _receiveStopped = true;
            _receivePaused = true;
            UpdateWatch();
        }
    }

    /// <summary>An exception of this engine ends the connection, and when it has ended already, goes to whom it belongs.</summary>
    public void OnFault(Exception fault)
    {
        if (Reason is null)
        {
            Close(CloseReason.Of(fault));
        }
        else
        {
            owner.OnFault(fault);
        }
    }

    /// <inheritdoc/>
    public void Close(CloseReason reason)
    {
        if (Reason is null)
        {
            Reason = reason;
            OnEnding();
            stream.Close(reason.Kind);
            owner.OnClosed(reason);
        }
    }

    /// <inheritdoc/>
    public virtual void Refuse(CloseReason reason) => Close(reason);

    /// <inheritdoc/>
    public void Finish(CloseReason reason, TimeSpan patience)
    {
        if (!IsReady)
        {
            Close(reason);
        }
        else if (Reason is null)
        {
            Reason = reason;
            OnEnding();
            StreamDrain.Start(stream, reactor, owner, reason, patience);
        }
    }

    /// <summary>From now on the two loops carry the pipe. Those who have more to say first do it before they call <see cref="Send"/>.</summary>
    protected void Begin(ConnectionPipe pipe, ITraffic traffic)
    {
        Pipe = pipe;
        _traffic = traffic;
    }

    /// <summary>Takes nothing from the peer for a while, in which the handshake waits for something else.</summary>
    protected void PauseReceiving(bool paused) => _receivePaused = paused;

    /// <summary>The connection ends: frees what belongs to its kind.</summary>
    protected virtual void OnEnding()
    {
    }

    /// <summary>Something was heard of the peer.</summary>
    protected virtual void OnHeard()
    {
    }

    /// <summary>True if the received octets have an answer that does not come from the pipe.</summary>
    protected virtual bool HasAnswer => false;

    protected virtual void Receive()
    {
        ITraffic traffic = _traffic!;
        InboundQueue inbound = Pipe.Inbound;
        for (int round = 0; round < Rounds; round++)
        {
            if (inbound.IsFull && inbound.WaitForRoom())
            {
                _receivePaused = true;
                break;
            }

            Memory<byte> memory = traffic.GetMemory();
            int count = stream.Receive(memory, out SocketError error);
            if (count == 0)
            {
                EndOfStream(error);
                break;
            }

            OnHeard();
            if (traffic.Received(count) is { } broken)
            {
                Close(broken);
            }

            if (Reason is not null || count < memory.Length)
            {
                break;
            }
        }

        if (Reason is null && !_sendBlocked && HasAnswer)
        {
            Send();
        }
    }

    protected virtual void Send()
    {
        ITraffic traffic = _traffic!;
        OutboundQueue outbound = Pipe.Outbound;
        for (int round = 0; round < Rounds && Reason is null; round++)
        {
            int count = traffic.Gather(_pieces);
            if (count > 0)
            {
                long sent = SendPieces(count);
                if (sent == 0)
                {
                    return;
                }

                traffic.Sent(sent);
            }
            else if (traffic.TakeEnd())
            {
                Finish(new CloseReason(CloseKind.Local, "the socket ended the connection", MayReconnect: false), Timeout.InfiniteTimeSpan);
            }
            else if (outbound.WaitForMessage())
            {
                return;
            }
            else if (outbound.IsAtEnd)
            {
                owner.OnAllSent();
                return;
            }
        }

        // More is there, but others wait too.
        _sendBlocked = Reason is null;
    }

    /// <summary>Sends what comes before the traffic; false when not all of it could be sent now.</summary>
    protected bool SendControl(ControlBuffer control)
    {
        while (!control.IsEmpty)
        {
            _pieces[0] = control.Unsent;
            long sent = SendPieces(1);
            if (sent == 0)
            {
                return false;
            }

            control.Sent((int)sent);
        }

        return true;
    }

    protected void EndOfStream(SocketError error)
    {
        if (error == SocketError.Success)
        {
            string why = stream.Farewell is { } farewell ? ": " + farewell : "";
            Close(IsReady
                ? new CloseReason(CloseKind.Peer, "the peer closed the connection" + why)
                : new CloseReason(CloseKind.Handshake, "the peer closed the connection in the handshake" + why));
        }
        else if (error is not (SocketError.WouldBlock or SocketError.TryAgain))
        {
            Close(stream.BrokenRule is { } broken
                ? new CloseReason(CloseKind.Protocol, broken)
                : new CloseReason(CloseKind.Network, $"receiving failed: {error}", error));
        }
    }

    protected void UpdateWatch()
    {
        if (Reason is not null)
        {
            return;
        }

        Ready wanted = (_receivePaused ? Ready.None : Ready.Read) | (_sendBlocked ? Ready.Write : Ready.None);
        if (wanted != _watched)
        {
            _watched = wanted;
            stream.Watch(this, wanted);
        }
    }

    /// <summary>Zero when the system takes nothing now, or the connection has ended.</summary>
    private long SendPieces(int count)
    {
        long sent = stream.Send(_pieces.AsSpan(0, count), out SocketError error);
        if (sent == 0)
        {
            if (error is SocketError.WouldBlock or SocketError.TryAgain)
            {
                _sendBlocked = true;
            }
            else
            {
                Close(new CloseReason(CloseKind.Network, $"sending failed: {error}", error));
            }
        }

        return sent;
    }
}
