using System.Net.Sockets;
using Actors.Zmtp.Io;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Connections;

/// <summary>
/// One ZMTP connection on its I/O thread: the handshake, and then two loops, one that sends what the pipe gives out and
/// one that receives into the pipe. It ends once, with the first reason.
/// </summary>
internal sealed partial class Connection : IConnection, IReadyHandler, ICommandHandler
{
    /// <summary>The most bytes of one call to send: enough to pay for the call, few enough to stay in the cache.</summary>
    private const int SendBatch = 256 * 1024;

    /// <summary>How often it is received before other connections have their turn.</summary>
    private const int ReceiveRounds = 16;

    private const int SendRounds = 16;

    /// <summary>PONGs that wait for a peer that sends PINGs and reads no answers, in bytes.</summary>
    private const int MaxUnreadPongs = 64 * 1024;

    private readonly IByteStream _stream;
    private readonly Reactor _reactor;
    private readonly ConnectionSettings _settings;
    private readonly IConnectionOwner _owner;
    private readonly Handshake _handshake;
    private readonly ControlBuffer _control = new();
    private readonly ArraySegment<byte>[] _pieces = new ArraySegment<byte>[LinuxSend.MaxPieces];

    private ConnectionPipe _pipe;
    private Heartbeat? _heartbeat;
    private ReactorTimer? _handshakeTimer;
    private int _unreadPongs;
    private bool _ready;
    private bool _sendBlocked;
    private bool _receivePaused;
    private bool _receiveStopped;
    private Ready _watched = Ready.None;

    public Connection(IByteStream stream, Reactor reactor, ConnectionSettings settings, bool accepted, IConnectionOwner owner)
    {
        _stream = stream;
        _reactor = reactor;
        _settings = settings;
        _owner = owner;
        _handshake = settings.CreateHandshake(accepted);
    }

    public CloseReason? Reason { get; private set; }

    public bool IsReady => _ready;

    /// <summary>What the peer sends is received; not while its pipe is full, when it cannot be heard.</summary>
    public bool IsListening => !_receivePaused;

    public string LocalEndpoint => _stream.LocalEndpoint;

    public string RemoteEndpoint => _stream.RemoteEndpoint;

    public ZmtpRevision Revision => _handshake.Peer!.Revision;

    public void Start()
    {
        _handshake.Start(_control);
        TimeSpan patience = _settings.Limits.HandshakeTimeout;
        if (patience > TimeSpan.Zero)
        {
            _handshakeTimer = _reactor.StartTimer(
                patience,
                this,
                () => Close(new CloseReason(CloseKind.Handshake, $"the peer did not finish the handshake within {patience.TotalSeconds:0.###} s")));
        }

        Send();
        UpdateWatch();
    }

    public void OnReady(Ready ready)
    {
        if ((ready & Ready.Write) != 0)
        {
            _sendBlocked = false;
            Send();
        }

        if ((ready & Ready.Read) != 0 && Reason is null)
        {
            if (_receivePaused)
            {
                // Told of a lost connection while nobody reads: what it sent before is read first, when there is room.
                _watched = Ready.None;
                _stream.Watch(this, Ready.None);
                return;
            }

            Receive();
        }

        UpdateWatch();
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
        InboundQueue inbound = _pipe.Inbound;
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
        if (_ready)
        {
            _receiveStopped = true;
            _receivePaused = true;
            UpdateWatch();
        }
    }

    private void Receive()
    {
        if (!_ready)
        {
            ReceiveHandshake();
            return;
        }

        if (_sealedInput is not null)
        {
            ReceiveSealed(_sealedInput);
            return;
        }

        InboundQueue inbound = _pipe.Inbound;
        for (int round = 0; round < ReceiveRounds; round++)
        {
            if (inbound.IsFull && inbound.WaitForRoom())
            {
                _receivePaused = true;
                break;
            }

            Memory<byte> memory = inbound.GetMemory();
            int count = _stream.Receive(memory, out SocketError error);
            if (count == 0)
            {
                EndOfStream(error);
                break;
            }

            _heartbeat?.OnReceived();
            if (!inbound.Received(count))
            {
                CloseForProtocol(inbound);
                break;
            }

            if (Reason is not null || count < memory.Length)
            {
                break;
            }
        }

        if (Reason is null && !_control.IsEmpty && !_sendBlocked)
        {
            Send();
        }
    }

    private void Send()
    {
        if (!_ready)
        {
            SendControl();
            return;
        }

        if (_sealedOutput is not null)
        {
            SendSealed(_sealedOutput);
            return;
        }

        OutboundQueue outbound = _pipe.Outbound;
        for (int round = 0; round < SendRounds && Reason is null; round++)
        {
            _pipe.Subscriptions?.WriteChanges(Revision, _control);
            if (!_control.IsEmpty && (_control.IsInTheMiddle || outbound.IsAtMessageBoundary))
            {
                if (!SendControl())
                {
                    return;
                }

                continue;
            }

            int count = outbound.Gather(_pieces, SendBatch, toMessageEnd: !_control.IsEmpty);
            if (count == 0)
            {
                if (outbound.WaitForMessage())
                {
                    return;
                }

                if (outbound.IsAtEnd)
                {
                    _owner.OnAllSent();
                    return;
                }

                continue;
            }

            long sent = _stream.Send(_pieces.AsSpan(0, count), out SocketError error);
            if (sent == 0)
            {
                SendFailed(error);
                return;
            }

            outbound.Sent(sent);
        }

        if (Reason is null)
        {
            // More is there, but others wait too.
            _sendBlocked = true;
        }
    }

    /// <summary>False when not all of it could be sent now.</summary>
    private bool SendControl()
    {
        while (!_control.IsEmpty)
        {
            _pieces[0] = _control.Unsent;
            long sent = _stream.Send(_pieces.AsSpan(0, 1), out SocketError error);
            if (sent == 0)
            {
                SendFailed(error);
                return false;
            }

            _control.Sent((int)sent);
        }

        return true;
    }

    private void UpdateWatch()
    {
        if (Reason is not null)
        {
            return;
        }

        Ready wanted = (_receivePaused ? Ready.None : Ready.Read) | (_sendBlocked ? Ready.Write : Ready.None);
        if (wanted != _watched)
        {
            _watched = wanted;
            _stream.Watch(this, wanted);
        }
    }
}
