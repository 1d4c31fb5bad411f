using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Transports.WebSocket;

/// <summary>
/// Turns WebSocket messages into the octets of ZMTP (https://rfc.zeromq.org/spec/45/, "Framing"), the peer's greeting
/// first. A message in fragments is gathered, since its size stands before it in ZMTP.
/// </summary>
internal sealed class ZwsDecoder
{
    /// <summary>The most octets of a message in fragments where the socket has no limit of its own.</summary>
    private const int MaxGathered = 512 * 1024 * 1024;

    /// <summary>The most octets of a first message without a mechanism: flags and routing id.</summary>
    private const int MaxIdentity = 256;

    private readonly ZwsProtocol _protocol;
    private readonly bool _expectsMasks;
    private readonly long _maxGathered;
    private readonly IControlFrames _control;
    private readonly byte[] _raw = new byte[16 * 1024];
    private int _begin;
    private int _end;

    // Octets of ZMTP that stand ready.
    private ReadOnlyMemory<byte> _formed;

    // The payload of the frame that is being read.
    private WebSocketFrame _frame;
    private long _left;
    private long _offset;
    private bool _streams;

    // A frame whose payload is taken whole: a control frame, a fragment, a routing id.
    private readonly MemoryStream _controlPayload = new();
    private MemoryStream? _gathered;
    private bool _gathering;
    private bool _inFragments;
    private bool _identityCame;

    /// <param name="protocol">What the ends agreed on.</param>
    /// <param name="expectsMasks">The peer is the client, whose frames are masked.</param>
    /// <param name="maxMessageSize">The largest frame of ZMTP in octets; negative for no limit.</param>
    /// <param name="control">Is told of the frames of WebSocket itself.</param>
    /// <param name="received">What came behind the handshake.</param>
    public ZwsDecoder(ZwsProtocol protocol, bool expectsMasks, long maxMessageSize, IControlFrames control, ReadOnlySpan<byte> received)
    {
        _protocol = protocol;
        _expectsMasks = expectsMasks;
        _maxGathered = maxMessageSize >= 0 ? Math.Min(maxMessageSize + 1, MaxGathered) : MaxGathered;
        _control = control;
        received.CopyTo(_raw);
        _end = received.Length;
        _formed = protocol.CreateGreeting();
        _identityCame = protocol.HasCommands;
    }

    /// <summary>The rule that the peer broke, after which nothing is read; null for none.</summary>
    public string? Error { get; private set; }

    /// <summary>With <see cref="Error"/>, the code that tells the peer of it.</summary>
    public ushort ErrorCode { get; private set; } = WebSocketClose.ProtocolError;

    /// <summary>The peer's words when it closed the WebSocket.</summary>
    public WebSocketClose? Close { get; private set; }

    /// <summary>The peer has closed the WebSocket.</summary>
    public bool IsClosed => Close is not null;

    /// <summary>The body of a large frame can be received where it belongs, past the buffer.</summary>
    public bool WantsBody => _begin == _end && _streams && _left > 0;

    /// <summary>Memory for octets of the peer that are no body; never empty once all that can be read was read.</summary>
    public Memory<byte> GetMemory()
    {
        if (_begin > 0)
        {
            _raw.AsSpan(_begin, _end - _begin).CopyTo(_raw);
            _end -= _begin;
            _begin = 0;
        }

        return _raw.AsMemory(_end);
    }

    public void Received(int count) => _end += count;

    /// <summary>Takes note of octets of a body that were received into their place, of which there are no more than <see cref="BodyLeft"/>.</summary>
    public void ReceivedBody(Span<byte> octets) => Unmask(octets);

    public int BodyLeft => (int)Math.Min(_left, int.MaxValue);

    /// <summary>Reads octets of ZMTP; zero when there are none before more has come.</summary>
    public int Read(Span<byte> target)
    {
        int written = 0;
        while (written < target.Length && Error is null && !IsClosed)
        {
            if (!_formed.IsEmpty)
            {
                int count = Math.Min(_formed.Length, target.Length - written);
                _formed.Span[..count].CopyTo(target[written..]);
                _formed = _formed[count..];
                written += count;
            }
            else if (_left > 0 && _streams)
            {
                int count = (int)Math.Min(Math.Min(_left, _end - _begin), target.Length - written);
                if (count == 0)
                {
                    break;
                }

                Span<byte> body = target.Slice(written, count);
                _raw.AsSpan(_begin, count).CopyTo(body);
                Unmask(body);
                _begin += count;
                written += count;
            }
            else if (!(_left > 0 || _gathering ? Gather() : ReadHeader()))
            {
                break;
            }
        }

        return written;
    }

    private void Unmask(Span<byte> octets)
    {
        if (_frame.Mask is { } mask)
        {
            WebSocketFrame.ApplyMask(octets, mask, _offset);
        }

        _offset += octets.Length;
        _left -= octets.Length;
    }

    private bool ReadHeader()
    {
        ReadOnlySpan<byte> raw = _raw.AsSpan(_begin, _end - _begin);
        int header = WebSocketFrame.Read(raw, out WebSocketFrame frame, out string? error);
        if (header == 0)
        {
            Error = error;
            return false;
        }

        Error = Check(frame);
        if (Error is not null)
        {
            return false;
        }

        bool streams = !frame.IsControl && frame.IsFinal && !_inFragments && _identityCame;
        if (streams && raw.Length == header)
        {
            // The flags octet is missing.
            return false;
        }

        _begin += header;
        _frame = frame;
        _left = frame.Length;
        _offset = 0;
        _streams = streams;
        _gathering = !streams;
        if (streams)
        {
            BeginBody();
        }

        return Error is null;
    }

    private string? Check(in WebSocketFrame frame)
    {
        if (frame.Mask.HasValue != _expectsMasks)
        {
            return _expectsMasks ? "a frame of the client is not masked" : "a frame of the server is masked";
        }

        if (frame.IsControl)
        {
            return null;
        }

        if (frame.Opcode == WebSocketOpcode.Text)
        {
            ErrorCode = WebSocketClose.UnsupportedData;
            return "a message is text; expected was a binary one";
        }

        if (_inFragments != (frame.Opcode == WebSocketOpcode.Continuation))
        {
            return _inFragments ? "a message begins before the one in fragments has ended" : "a fragment continues no message";
        }

        long gathered = (_inFragments ? _gathered!.Length : 0) + frame.Length;
        long limit = _identityCame ? _maxGathered : MaxIdentity;
        bool isGathered = !frame.IsFinal || _inFragments || !_identityCame;
        if (isGathered && gathered > limit)
        {
            ErrorCode = WebSocketClose.TooBig;
            return $"a {(_identityCame ? "message in fragments" : "routing id")} has {gathered} octets or more, the limit is {limit}";
        }

        return frame.IsFinal && !_inFragments && frame.Length == 0 ? "a message is empty; expected was a flags octet" : null;
    }

    /// <summary>The body streams on behind the header of ZMTP.</summary>
    private void BeginBody()
    {
        Span<byte> flags = [_raw[_begin++]];
        Unmask(flags);
        _formed = FormHeader(flags[0], _left);
    }

    private ReadOnlyMemory<byte> FormHeader(byte flags, long size)
    {
        if (flags > ZwsFlags.Command || (flags == ZwsFlags.Command && !_protocol.HasCommands))
        {
            Error = $"the flags octet is 0x{flags:x2}; expected was 0x00, 0x01{(_protocol.HasCommands ? " or 0x02" : ", since commands need a mechanism")}";
            return default;
        }

        byte[] header = new byte[FrameHeader.MaxLength];
        int length = FrameHeader.Write(header, flags == ZwsFlags.Command ? FrameFlags.Command : flags, size);
        return header.AsMemory(0, length);
    }

    /// <summary>Takes what is there of a frame that is needed whole; false when more must come.</summary>
    private bool Gather()
    {
        // A control frame may stand between the fragments of a message.
        MemoryStream into = _frame.IsControl ? _controlPayload : _gathered ??= new MemoryStream();
        int count = (int)Math.Min(_left, _end - _begin);
        Span<byte> part = _raw.AsSpan(_begin, count);
        Unmask(part);
        into.Write(part);
        _begin += count;
        if (_left > 0)
        {
            return false;
        }

        _gathering = false;
        if (_frame.IsControl)
        {
            TakeControl();
        }
        else if (_frame.IsFinal)
        {
            _inFragments = false;
            TakeGathered();
        }
        else
        {
            _inFragments = true;
        }

        return Error is null && !IsClosed;
    }

    private void TakeControl()
    {
        ReadOnlySpan<byte> payload = _controlPayload.GetBuffer().AsSpan(0, (int)_controlPayload.Length);
        if (_frame.Opcode == WebSocketOpcode.Ping)
        {
            _control.OnPing(payload);
        }
        else if (_frame.Opcode == WebSocketOpcode.Close)
        {
            WebSocketClose close = WebSocketClose.Read(payload, out string? error);
            Error = error;
            Close = error is null ? close : null;
        }

        _controlPayload.SetLength(0);
    }

    private void TakeGathered()
    {
        byte[] message = _gathered!.ToArray();
        _gathered = null;
        if (message.Length == 0)
        {
            Error = "a message is empty; expected was a flags octet";
        }
        else if (_identityCame)
        {
            ReadOnlyMemory<byte> header = FormHeader(message[0], message.Length - 1);
            _formed = (byte[])[.. header.Span, .. message.AsSpan(1)];
        }
        else if (message[0] != ZwsFlags.Final)
        {
            Error = $"the first message has the flags 0x{message[0]:x2}; expected was a routing id with the flags 0x00";
        }
        else
        {
            _identityCame = true;
            _formed = ZwsProtocol.CreateReady(message.AsSpan(1));
        }
    }
}

/// <summary>Takes the frames of WebSocket itself that want an answer.</summary>
internal interface IControlFrames
{
    void OnPing(ReadOnlySpan<byte> payload);
}
