using System.Buffers.Binary;

namespace Actors.Zmtp;

/// <summary>
/// The message by which the two ends of a pipe tell each other that something is done: a frame of eight bytes,
/// the number 0x7766554433221100 in network order with the status in the last byte.
/// </summary>
internal static class Signal
{
    public const byte Ok = 0;
    public const byte Error = 1;

    private const long Pattern = 0x7766554433221100L;

    public static byte[] Bytes(byte status) => NetworkOrderBitsConverter.GetBytes(Pattern | status);

    /// <summary>Whether a message of one frame is a signal, and if it is, whether all is well.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out bool ok)
    {
        ok = false;
        if (frame.Length != sizeof(long))
            return false;
        var value = BinaryPrimitives.ReadInt64BigEndian(frame);
        if ((value & ~0xFFL) != Pattern)
            return false;
        ok = (value & 0xFF) == Ok;
        return true;
    }
}
