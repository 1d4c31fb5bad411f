using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Actors.Zmtp.Transports.WebSocket;

/// <summary>The kinds of WebSocket frames (RFC 6455, section 5.2).</summary>
internal enum WebSocketOpcode : byte
{
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xA,
}

/// <summary>The header of a WebSocket frame (RFC 6455, section 5.2).</summary>
/// <param name="IsFinal">The message ends with this frame.</param>
/// <param name="Opcode">The kind of the frame.</param>
/// <param name="Length">The octets of the payload.</param>
/// <param name="Mask">What the payload is masked with; null when it is not.</param>
internal readonly record struct WebSocketFrame(bool IsFinal, WebSocketOpcode Opcode, long Length, uint? Mask)
{
    public const int MaxHeaderLength = 14;

    /// <summary>The most octets of the payload of a control frame.</summary>
    public const int MaxControlLength = 125;

    private const byte FinalBit = 0x80;
    private const byte ReservedBits = 0x70;
    private const byte MaskBit = 0x80;
    private const int TwoOctets = 126;
    private const int EightOctets = 127;

    public bool IsControl => Opcode >= WebSocketOpcode.Close;

    /// <summary>Writes the header of a frame that is a whole message, and returns its length.</summary>
    public static int Write(Span<byte> target, WebSocketOpcode opcode, long length, uint? mask)
    {
        target[0] = (byte)(FinalBit | (byte)opcode);
        int written;
        if (length < TwoOctets)
        {
            target[1] = (byte)length;
            written = 2;
        }
        else if (length <= ushort.MaxValue)
        {
            target[1] = TwoOctets;
            BinaryPrimitives.WriteUInt16BigEndian(target[2..], (ushort)length);
            written = 4;
        }
        else
        {
            target[1] = EightOctets;
            BinaryPrimitives.WriteInt64BigEndian(target[2..], length);
            written = 10;
        }

        if (mask is { } key)
        {
            target[1] |= MaskBit;
            MemoryMarshal.Write(target[written..], key);
            written += sizeof(uint);
        }

        return written;
    }

    /// <summary>Reads a header and returns its length; zero when octets of it are missing, or when the error says what rule it breaks.</summary>
    public static int Read(ReadOnlySpan<byte> source, out WebSocketFrame frame, out string? error)
    {
        frame = default;
        error = null;
        if (source.Length < 2)
        {
            return 0;
        }

        int length = source[1] & ~MaskBit;
        int header = 2 + (length == TwoOctets ? 2 : length == EightOctets ? 8 : 0);
        bool masked = (source[1] & MaskBit) != 0;
        if ((source[0] & ReservedBits) != 0)
        {
            error = $"a frame has reserved bits set: 0x{source[0]:x2}";
            return 0;
        }

        if (source.Length < header + (masked ? sizeof(uint) : 0))
        {
            return 0;
        }

        long size = length switch
        {
            TwoOctets => BinaryPrimitives.ReadUInt16BigEndian(source[2..]),
            EightOctets => BinaryPrimitives.ReadInt64BigEndian(source[2..]),
            _ => length,
        };
        uint? mask = masked ? MemoryMarshal.Read<uint>(source[header..]) : null;
        frame = new WebSocketFrame((source[0] & FinalBit) != 0, (WebSocketOpcode)(source[0] & 0x0F), size, mask);
        error = frame.FindError(length);
        return error is null ? header + (masked ? sizeof(uint) : 0) : 0;
    }

    /// <summary>Masks octets in place, or takes the mask off (RFC 6455, section 5.3).</summary>
    /// <param name="octets">A part of the payload.</param>
    /// <param name="mask">The four octets of the mask as they stand in the header.</param>
    /// <param name="offset">Where in the payload the part begins.</param>
    public static void ApplyMask(Span<byte> octets, uint mask, long offset)
    {
        Span<byte> key = stackalloc byte[sizeof(uint)];
        MemoryMarshal.Write(key, mask);
        Span<byte> turned = stackalloc byte[sizeof(uint)];
        for (int i = 0; i < turned.Length; i++)
        {
            turned[i] = key[(int)((offset + i) % key.Length)];
        }

        uint word = MemoryMarshal.Read<uint>(turned);
        Span<uint> words = MemoryMarshal.Cast<byte, uint>(octets);
        for (int i = 0; i < words.Length; i++)
        {
            words[i] ^= word;
        }

        for (int i = words.Length * sizeof(uint); i < octets.Length; i++)
        {
            octets[i] ^= turned[i % turned.Length];
        }
    }

    private string? FindError(int shortLength)
    {
        if (!Enum.IsDefined(Opcode))
        {
            return $"the opcode 0x{(byte)Opcode:x} is unknown";
        }

        if (Length < 0 || (shortLength == TwoOctets && Length < TwoOctets) || (shortLength == EightOctets && Length <= ushort.MaxValue))
        {
            return $"the length {(ulong)Length} of a frame is not in its shortest form, or above 63 bits";
        }

        return IsControl && (!IsFinal || Length > MaxControlLength)
            ? $"a control frame is fragmented or has {Length} octets, the most is {MaxControlLength}"
            : null;
    }
}
