using System.Buffers.Binary;
using System.Net.Sockets;
using Actors.Zmtp.Connections;
using Actors.Zmtp.Io;

namespace Actors.Zmtp.Transports.WebSocket;

/// <summary>
/// A connection of ZMTP over WebSocket, after the upgrade (https://rfc.zeromq.org/spec/45/): to the engine a stream of
/// ZMTP octets as any other, on the wire one WebSocket message for each frame.
/// </summary>
/// <remarks>A sent octet counts as sent when it is in the buffer here, which is like that of the system.</remarks>
internal sealed class ZwsStream : IPingStream, IReadyHandler, IControlFrames
{
    /// <summary>Reads in a row without an octet for the engine, such as PINGs only, before other connections have their turn.</summary>
    private const int MaxFruitless = 16;

    private readonly IByteStream _inner;
    private readonly Reactor _reactor;
    private readonly OutputBuffer _output = new();
    private readonly ZwsEncoder _encoder;
    private readonly ZwsDecoder _decoder;

    private IReadyHandler? _handler;
    private Ready _interest;
    private Ready _watched;
    private bool _hasMore = true;
    private bool _resumes;
    private bool _closeSent;
    private bool _closed;

    /// <param name="inner">The connection that was upgraded.</param>
    /// <param name="reactor">Its I/O thread.</param>
    /// <param name="settings">Of the socket.</param>
    /// <param name="protocol">What the ends agreed on.</param>
    /// <param name="accepted">This end is the server.</param>
    /// <param name="received">What came behind the peer's part of the upgrade.</param>
    /// <param name="answer">This end's part of the upgrade that is still to be sent.</param>
    public ZwsStream(IByteStream inner, Reactor reactor, ConnectionSettings settings, ZwsProtocol protocol, bool accepted, ReadOnlySpan<byte> received, ReadOnlySpan<byte> answer)
    {
        _inner = inner;
        _reactor = reactor;
        _encoder = new ZwsEncoder(protocol, masks: !accepted, _output);
        _decoder = new ZwsDecoder(protocol, expectsMasks: accepted, settings.MaxMessageSize, this, received);
        LocalEndpoint = WebSocketTransport.ToEndpoint(inner.LocalEndpoint);
        RemoteEndpoint = WebSocketTransport.ToEndpoint(inner.RemoteEndpoint);
        _output.Append(answer);
        if (!protocol.HasCommands)
        {
            _encoder.WriteMessage(WebSocketOpcode.Binary, [ZwsFlags.Final, .. settings.RoutingId]);
        }
    }

    public string LocalEndpoint { get; }

    public string RemoteEndpoint { get; }

    public Action? Heard { get; set; }

    public string? Farewell => _decoder.Close is { Code: not (WebSocketClose.Normal or WebSocketClose.NoCode) } said ? said.ToString() : null;

    public string? BrokenRule => _decoder.Error is { } error ? "the peer broke a rule of WebSocket: " + error : null;

    public long Send(ReadOnlySpan<ArraySegment<byte>> pieces, out SocketError error)
    {
        long taken = 0;
        if (Flush(out error))
        {
            foreach (ArraySegment<byte> piece in pieces)
            {
                int count = SendPiece(piece, out error);
                taken += count;
                if (count < piece.Count)
                {
                    break;
                }
            }

            if (error == SocketError.Success)
            {
                Flush(out error);
            }
        }

        if (taken > 0)
        {
            // The error will show itself again.
            error = SocketError.Success;
        }

        WatchInner();
        return taken;
    }

    public int Receive(Memory<byte> buffer, out SocketError error)
    {
        int total = 0;
        int fruitless = 0;
        error = SocketError.Success;
        while (total < buffer.Length && _decoder.Error is null && !_decoder.IsClosed)
        {
            total += _decoder.Read(buffer.Span[total..]);
            if (total == 0 && ++fruitless > MaxFruitless)
            {
                error = SocketError.WouldBlock;
                break;
            }

            if (total < buffer.Length && _decoder.Error is null && !_decoder.IsClosed && !ReceiveInner(buffer[total..], ref total, out error))
            {
                break;
            }
        }

        AnswerEnd();
        Flush(out _);
        WatchInner();
        bool ended = _decoder.Error is not null || _decoder.IsClosed;
        _hasMore = total == buffer.Length || (ended && total > 0);
        if (total > 0)
        {
            error = SocketError.Success;
        }
        else if (_decoder.Error is not null)
        {
            error = SocketError.ProtocolOption;
        }

        return total;
    }

    public void Watch(IReadyHandler handler, Ready interest)
    {
        _handler = handler;
        _interest = interest;
        WatchInner();
        Resume();
    }

    public void OnReady(Ready ready)
    {
        Ready told = ready & ~Ready.Write;
        if ((ready & Ready.Write) != 0 && Flush(out _))
        {
            told |= _interest & Ready.Write;
        }

        WatchInner();
        if (told != Ready.None)
        {
            _handler!.Tell(told);
        }

        Resume();
    }

    public void OnFault(Exception fault) => _handler!.OnFault(fault);

    public void OnPing(ReadOnlySpan<byte> payload)
    {
        // A peer that sends pings and reads nothing gets answers to some.
        if (_output.Room > 0 && !_closeSent)
        {
            _encoder.WritePong(payload);
        }
    }

    public void Ping()
    {
        if (_output.Room > 0 && !_closeSent)
        {
            _encoder.WritePing();
            Flush(out _);
            WatchInner();
        }
    }

    public void ShutdownSend()
    {
        SendClose(WebSocketClose.Normal);
        WatchInner();
    }

    public void Close() => Close(CloseKind.Local);

    public void Close(CloseKind why)
    {
        if (!_closed)
        {
            _closed = true;
            SendClose(_decoder.Error is null ? WebSocketClose.CodeOf(why) : _decoder.ErrorCode);
            _inner.Close();
        }
    }

    private int SendPiece(ReadOnlySpan<byte> octets, out SocketError error)
    {
        int taken = 0;
        error = SocketError.Success;
        while (taken < octets.Length)
        {
            taken += _encoder.Write(octets[taken..]);
            if (taken < octets.Length && !Flush(out error))
            {
                break;
            }
        }

        return taken;
    }

    /// <summary>Receives into the buffer of the decoder, or the body of a large frame into its place.</summary>
    private bool ReceiveInner(Memory<byte> target, ref int total, out SocketError error)
    {
        if (_decoder.WantsBody)
        {
            Memory<byte> body = target[..Math.Min(target.Length, _decoder.BodyLeft)];
            int length = _inner.Receive(body, out error);
            _decoder.ReceivedBody(body.Span[..length]);
            total += length;
            return length > 0;
        }

        int count = _inner.Receive(_decoder.GetMemory(), out error);
        _decoder.Received(count);
        if (count > 0)
        {
            Heard?.Invoke();
        }

        return count > 0;
    }

    private bool Flush(out SocketError error)
    {
        bool empty = _output.Flush(_inner, out error);
        if (!empty && error is not (SocketError.WouldBlock or SocketError.TryAgain))
        {
            // The connection is lost, which receiving tells too.
            _output.Clear();
        }

        return empty;
    }

    private void AnswerEnd()
    {
        if (_decoder.Close is { } said)
        {
            SendClose(said.Code == WebSocketClose.NoCode ? WebSocketClose.Normal : said.Code);
        }
    }

    private void SendClose(ushort code)
    {
        // A connection that ends within a message ends without a word, which the peer would take for a part of it.
        if (!_closeSent && !_encoder.IsInTheMiddle)
        {
            _closeSent = true;
            byte[] payload = new byte[sizeof(ushort)];
            BinaryPrimitives.WriteUInt16BigEndian(payload, code);
            _encoder.WriteMessage(WebSocketOpcode.Close, payload);
            Flush(out _);
        }
    }

    private void WatchInner()
    {
        if (_handler is null || _closed)
        {
            return;
        }

        Ready wanted = _interest | (_output.IsEmpty ? Ready.None : Ready.Write);
        if (wanted != _watched)
        {
            _watched = wanted;
            _inner.Watch(this, wanted);
        }
    }

    /// <summary>Tells the handler of what is in the buffer, which the system does not tell of.</summary>
    private void Resume()
    {
        if (_hasMore && !_resumes && !_closed && (_interest & Ready.Read) != 0)
        {
            _resumes = true;
            _reactor.Post(this, () =>
            {
                _resumes = false;
                if (!_closed && (_interest & Ready.Read) != 0)
                {
                    _handler!.Tell(Ready.Read);
                    Resume();
                }
            });
        }
    }
}
