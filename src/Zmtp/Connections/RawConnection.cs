using System.Net.Sockets;
using Actors.Zmtp.Io;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Connections;

/// <summary>
/// A connection without ZMTP, of STREAM sockets and raw ROUTERs: what arrives becomes messages as it comes, and the
/// payloads of messages are sent one after the other. A message without octets tells the socket that the connection
/// has begun or ended; one from the socket ends it, after all before was sent.
/// </summary>
internal sealed class RawConnection : IConnection, IReadyHandler
{
    private const int ReceiveSize = 8 * 1024;
    private const int Rounds = 16;

    private static readonly PeerInfo s_peer = new(ZmtpRevision.Zmtp31, ZmqSocketType.None, default, Metadata.Empty);

    private readonly IByteStream _stream;
    private readonly Reactor _reactor;
    private readonly IConnectionOwner _owner;
    private readonly RawOutput _output = new();
    private readonly ArraySegment<byte>[] _pieces = new ArraySegment<byte>[LinuxSend.MaxPieces];
    private readonly byte[] _received = new byte[ReceiveSize];
    private ConnectionPipe _pipe;
    private FrameCursor _cursor;
    private bool _sendBlocked;
    private bool _receivePaused;
    private bool _receiveStopped;
    private Ready _watched = Ready.None;

    public RawConnection(IByteStream stream, Reactor reactor, IConnectionOwner owner)
    {
        _stream = stream;
        _reactor = reactor;
        _owner = owner;
    }

    public CloseReason? Reason { get; private set; }

    public bool IsReady { get; private set; }

    public string RemoteEndpoint => _stream.RemoteEndpoint;

    public void Start()
    {
        _pipe = _owner.OnReady(s_peer);
        _cursor = _pipe.Outbound.BeginFrames();
        IsReady = true;
        if (_pipe.IsClosing)
        {
            StopReceiving();
        }
        else
        {
            Deliver(default);
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
                // Told of a lost connection while nobody reads: what came before is read first, when there is room.
                _watched = Ready.None;
                _stream.Watch(this, Ready.None);
                return;
            }

            Receive();
        }

        UpdateWatch();
    }

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

        if (_receivePaused && !_receiveStopped && Reason is null && !(_pipe.Inbound.IsFull && _pipe.Inbound.WaitForRoom()))
        {
            _receivePaused = false;
            Receive();
        }

        UpdateWatch();
    }

    public void StopReceiving()
    {
        _receiveStopped = true;
        _receivePaused = true;
        UpdateWatch();
    }

    public void OnFault(Exception fault)
    {
        if (Reason is null)
        {
            Close(CloseReason.Of(fault));
        }
        else
        {
            _owner.OnFault(fault);
        }
    }

    public void Close(CloseReason reason)
    {
        if (Reason is null)
        {
            Reason = reason;
            _stream.Close();
            _owner.OnClosed(reason);
        }
    }

    public void Finish(CloseReason reason, TimeSpan patience)
    {
        if (Reason is null)
        {
            Reason = reason;
            StreamDrain.Start(_stream, _reactor, _owner, reason, patience);
        }
    }

    private void Receive()
    {
        for (int round = 0; round < Rounds; round++)
        {
            if (_pipe.Inbound.IsFull && _pipe.Inbound.WaitForRoom())
            {
                _receivePaused = true;
                return;
            }

            int count = _stream.Receive(_received, out SocketError error);
            if (count > 0)
            {
                Deliver(_received.AsSpan(0, count));
            }
            else if (error == SocketError.Success)
            {
                Close(new CloseReason(CloseKind.Peer, "the peer closed the connection"));
            }
            else if (error is not (SocketError.WouldBlock or SocketError.TryAgain))
            {
                Close(new CloseReason(CloseKind.Network, $"receiving failed: {error}", error));
            }

            if (count < _received.Length)
            {
                return;
            }
        }
    }

    private void Send()
    {
        OutboundQueue outbound = _pipe.Outbound;
        for (int round = 0; round < Rounds && Reason is null; round++)
        {
            bool ends = _output.Fill(outbound, ref _cursor);
            int count = _output.Gather(_pieces);
            if (count > 0)
            {
                long sent = _stream.Send(_pieces.AsSpan(0, count), out SocketError error);
                if (sent == 0)
                {
                    SendFailed(error);
                    return;
                }

                _output.Sent(sent, outbound);
            }
            else if (ends)
            {
                _output.End(outbound);
                Finish(new CloseReason(CloseKind.Local, "the socket ended the connection", MayReconnect: false), Timeout.InfiniteTimeSpan);
            }
            else if (outbound.WaitForMessage())
            {
                return;
            }
            else if (outbound.IsAtEnd)
            {
                _owner.OnAllSent();
                return;
            }
        }

        // More is there, but others wait too.
        _sendBlocked = Reason is null;
    }

    private void SendFailed(SocketError error)
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

    private void Deliver(ReadOnlySpan<byte> octets)
    {
        Span<byte> header = stackalloc byte[FrameHeader.MaxLength];
        int length = FrameHeader.Write(header, 0, octets.Length);
        _pipe.Inbound.Append(header[..length]);
        _pipe.Inbound.Append(octets);
    }

    private void UpdateWatch()
    {
        Ready wanted = (_receivePaused ? Ready.None : Ready.Read) | (_sendBlocked ? Ready.Write : Ready.None);
        if (Reason is null && wanted != _watched)
        {
            _watched = wanted;
            _stream.Watch(this, wanted);
        }
    }
}
