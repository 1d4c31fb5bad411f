using System.Buffers.Binary;

namespace Actors.Zmtp.Protocol;

/// <summary>
/// The heartbeat (https://rfc.zeromq.org/spec/37/, "Connection Heartbeating"):
/// <code>
/// ping = command-size %d4 "PING" ping-ttl ping-context
/// ping-ttl = 2OCTET                 ; tenths of a second, network order; 0 is none
/// ping-context = 0*16OCTET
/// pong = command-size %d4 "PONG" ping-context
/// </code>
/// </summary>
internal static class HeartbeatCommand
{
    public const int MaxContextLength = 16;

    /// <summary>The longest PING or PONG frame, for a buffer on the stack.</summary>
    public const int MaxFrameLength = 2 + 1 + 4 + 2 + MaxContextLength;

    /// <summary>Writes a PING and returns its length. The time to live is rounded up to tenths of a second and capped at 6553.5 s.</summary>
    public static int WritePing(Span<byte> destination, TimeSpan timeToLive, ReadOnlySpan<byte> context)
    {
        CheckContext(context);
        var offset = Command.WriteHeader(destination, "PING"u8, sizeof(ushort) + context.Length);
        BinaryPrimitives.WriteUInt16BigEndian(destination[offset..], ToTenths(timeToLive));
        offset += sizeof(ushort);
        context.CopyTo(destination[offset..]);
        return offset + context.Length;
    }

    /// <summary>Writes the PONG that echoes the context of a PING, and returns its length.</summary>
    public static int WritePong(Span<byte> destination, ReadOnlySpan<byte> context)
    {
        CheckContext(context);
        return Command.Write(destination, "PONG"u8, context);
    }

    /// <summary>Reads the data of a PING; false when the time to live is missing or the context longer than 16 octets.</summary>
    public static bool TryParsePing(ReadOnlySpan<byte> data, out TimeSpan timeToLive, out ReadOnlySpan<byte> context)
    {
        timeToLive = default;
        context = default;
        if (data.Length is < sizeof(ushort) or > sizeof(ushort) + MaxContextLength)
            return false;
        timeToLive = TimeSpan.FromMilliseconds(100 * BinaryPrimitives.ReadUInt16BigEndian(data));
        context = data[sizeof(ushort)..];
        return true;
    }

    private static ushort ToTenths(TimeSpan timeToLive)
    {
        if (timeToLive <= TimeSpan.Zero)
            return 0;
        const long ticksOfATenth = TimeSpan.TicksPerMillisecond * 100;
        return (ushort)Math.Min(ushort.MaxValue, ((timeToLive.Ticks - 1) / ticksOfATenth) + 1);
    }

    private static void CheckContext(ReadOnlySpan<byte> context)
    {
        if (context.Length > MaxContextLength)
            throw new ArgumentException($"A heartbeat context has at most {MaxContextLength} octets, not {context.Length}.", nameof(context));
    }
}
