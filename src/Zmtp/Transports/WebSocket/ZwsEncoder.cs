using System.Security.Cryptography;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Transports.WebSocket;

/// <summary>
/// Turns the octets that ZMTP sends into WebSocket messages: one for each frame, with a flags octet before the body
/// (https://rfc.zeromq.org/spec/45/, "Framing"). The greeting is left out.
/// </summary>
internal sealed class ZwsEncoder(ZwsProtocol protocol, bool masks, OutputBuffer output)
{
    private readonly byte[] _header = new byte[FrameHeader.MaxLength];
    private int _headerCount;
    private int _greetingLeft = Greeting.Length;
    private long _bodyLeft;
    private long _bodyOffset;
    private uint? _mask;
    private bool _drops;
    private bool _pingWaits;
    private byte[]? _waitingPong;

    /// <summary>A message has begun that has not been written to its end; no other frame may come before that.</summary>
    public bool IsInTheMiddle => _bodyLeft > 0 && !_drops;

    /// <summary>Takes octets while the buffer has room, and returns how many.</summary>
    public int Write(ReadOnlySpan<byte> octets)
    {
        int taken = Math.Min(_greetingLeft, octets.Length);
        _greetingLeft -= taken;
        while (taken < octets.Length)
        {
            int count = _bodyLeft == 0 ? WriteHeader(octets[taken..]) : WriteBody(octets[taken..]);
            if (count == 0)
            {
                break;
            }

            taken += count;
        }

        return taken;
    }

    /// <summary>Asks for a sign of life, behind the message that is being written.</summary>
    public void WritePing()
    {
        _pingWaits = true;
        WriteWaiting();
    }

    /// <summary>Answers a PING, behind the message that is being written; of several that wait there, the last is answered (RFC 6455, section 5.5.3).</summary>
    public void WritePong(ReadOnlySpan<byte> payload)
    {
        _waitingPong = payload.ToArray();
        WriteWaiting();
    }

    /// <summary>Writes a message of one WebSocket frame, which must not be in the middle of another: a control frame, or the routing id.</summary>
    public void WriteMessage(WebSocketOpcode opcode, ReadOnlySpan<byte> payload)
    {
        uint? mask = NextMask();
        Span<byte> target = output.GetSpan(WebSocketFrame.MaxHeaderLength + payload.Length);
        int header = WebSocketFrame.Write(target, opcode, payload.Length, mask);
        payload.CopyTo(target[header..]);
        if (mask is { } key)
        {
            WebSocketFrame.ApplyMask(target.Slice(header, payload.Length), key, 0);
        }

        output.Advance(header + payload.Length);
    }

    private int WriteHeader(ReadOnlySpan<byte> octets)
    {
        if (output.Room < WebSocketFrame.MaxHeaderLength + 1)
        {
            return 0;
        }

        int taken = 0;
        int header;
        long size;
        while (!FrameHeader.Read(_header.AsSpan(0, _headerCount), out header, out size))
        {
            if (taken == octets.Length)
            {
                return taken;
            }

            _header[_headerCount++] = octets[taken++];
        }

        _headerCount = 0;
        byte flags = _header[0];
        bool command = (flags & FrameFlags.Command) != 0;
        _bodyLeft = size;
        _drops = command && !protocol.HasCommands;
        if (!_drops)
        {
            BeginMessage(command ? ZwsFlags.Command : (byte)(flags & FrameFlags.More), size);
        }

        return taken;
    }

    private void BeginMessage(byte flags, long size)
    {
        _mask = NextMask();
        Span<byte> target = output.GetSpan(WebSocketFrame.MaxHeaderLength + 1);
        int written = WebSocketFrame.Write(target, WebSocketOpcode.Binary, size + 1, _mask);
        target[written] = flags;
        if (_mask is { } mask)
        {
            WebSocketFrame.ApplyMask(target.Slice(written, 1), mask, 0);
        }

        output.Advance(written + 1);
        _bodyOffset = 1;
    }

    private int WriteBody(ReadOnlySpan<byte> octets)
    {
        int count = (int)Math.Min(octets.Length, _bodyLeft);
        if (!_drops)
        {
            count = Math.Min(count, output.Room);
            Span<byte> target = output.GetSpan(count)[..count];
            octets[..count].CopyTo(target);
            if (_mask is { } mask)
            {
                WebSocketFrame.ApplyMask(target, mask, _bodyOffset);
            }

            output.Advance(count);
            _bodyOffset += count;
        }

        _bodyLeft -= count;
        WriteWaiting();
        return count;
    }

    private void WriteWaiting()
    {
        if (IsInTheMiddle)
        {
            return;
        }

        if (_waitingPong is { } pong)
        {
            _waitingPong = null;
            WriteMessage(WebSocketOpcode.Pong, pong);
        }

        if (_pingWaits)
        {
            _pingWaits = false;
            WriteMessage(WebSocketOpcode.Ping, []);
        }
    }

    private uint? NextMask()
    {
        if (!masks)
        {
            return null;
        }

        Span<byte> mask = stackalloc byte[sizeof(uint)];
        RandomNumberGenerator.Fill(mask);
        return BitConverter.ToUInt32(mask);
    }
}

/// <summary>The flags octet of a frame (https://rfc.zeromq.org/spec/45/, "Framing").</summary>
internal static class ZwsFlags
{
    public const byte Final = 0x00;
    public const byte More = 0x01;
    public const byte Command = 0x02;
}
