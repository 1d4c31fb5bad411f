using System.Buffers.Binary;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Pipes;

/// <summary>
/// The header of a frame: the flags octet and the size of the body, in one octet or, when the long bit is set, in eight
/// (https://rfc.zeromq.org/spec/37/, "Framing").
/// </summary>
internal static class FrameHeader
{
    public const int ShortLength = 2;
    public const int MaxLength = 9;

    /// <summary>Writes a header with a size of eight octets and returns its length.</summary>
    public static int WriteLong(Span<byte> destination, byte flags, long size)
    {
        destination[0] = (byte)(flags | FrameFlags.Long);
        BinaryPrimitives.WriteInt64BigEndian(destination[1..], size);
        return MaxLength;
    }

    /// <summary>Writes the shortest header for a size and returns its length.</summary>
    public static int Write(Span<byte> destination, byte flags, long size)
    {
        if (size > byte.MaxValue)
        {
            return WriteLong(destination, flags, size);
        }

        destination[0] = flags;
        destination[1] = (byte)size;
        return ShortLength;
    }

    /// <summary>
    /// Reads a header; false when octets of it are missing. A size above 63 bits comes out negative; the flags are not
    /// checked.
    /// </summary>
    public static bool Read(ReadOnlySpan<byte> source, out int headerLength, out long size)
    {
        if (source.Length >= ShortLength)
        {
            if ((source[0] & FrameFlags.Long) == 0)
            {
                headerLength = ShortLength;
                size = source[1];
                return true;
            }

            if (source.Length >= MaxLength)
            {
                headerLength = MaxLength;
                size = BinaryPrimitives.ReadInt64BigEndian(source[1..]);
                return true;
            }
        }

        headerLength = 0;
        size = 0;
        return false;
    }
}
