using System.Buffers.Binary;

namespace Actors.Zmtp;

/// <summary>Integers in network order, the most significant byte first.</summary>
public static class NetworkOrderBitsConverter
{
    /// <summary>Reads the first two bytes.</summary>
    public static short ToInt16(byte[] buffer) => BinaryPrimitives.ReadInt16BigEndian(Checked(buffer));

    /// <summary>Reads two bytes from an offset on.</summary>
    public static ushort ToUInt16(byte[] buffer, int offset) => BinaryPrimitives.ReadUInt16BigEndian(Checked(buffer)[offset..]);

    /// <inheritdoc cref="ToUInt16(byte[], int)"/>
    public static ushort ToUInt16(Span<byte> buffer, int offset) => BinaryPrimitives.ReadUInt16BigEndian(buffer[offset..]);

    /// <summary>Reads four bytes from an offset on.</summary>
    public static int ToInt32(byte[] buffer, int offset = 0) => BinaryPrimitives.ReadInt32BigEndian(Checked(buffer)[offset..]);

    /// <summary>Reads the first four bytes.</summary>
    public static int ToInt32(Span<byte> buffer) => BinaryPrimitives.ReadInt32BigEndian(buffer);

    /// <summary>Reads the first eight bytes.</summary>
    public static long ToInt64(byte[] buffer) => BinaryPrimitives.ReadInt64BigEndian(Checked(buffer));

    /// <inheritdoc cref="ToInt64(byte[])"/>
    public static long ToInt64(Span<byte> buffer) => BinaryPrimitives.ReadInt64BigEndian(buffer);

    /// <summary>Reads eight bytes from an offset on.</summary>
    public static ulong ToUInt64(byte[] buffer, int offset) => BinaryPrimitives.ReadUInt64BigEndian(Checked(buffer)[offset..]);

    /// <inheritdoc cref="ToUInt64(byte[], int)"/>
    public static ulong ToUInt64(Span<byte> buffer, int offset) => BinaryPrimitives.ReadUInt64BigEndian(buffer[offset..]);

    /// <summary>The two bytes of a number.</summary>
    public static byte[] GetBytes(short value)
    {
        var buffer = new byte[sizeof(short)];
        PutInt16(value, buffer);
        return buffer;
    }

    /// <summary>The four bytes of a number.</summary>
    public static byte[] GetBytes(int value)
    {
        var buffer = new byte[sizeof(int)];
        PutInt32(value, buffer.AsSpan());
        return buffer;
    }

    /// <summary>The eight bytes of a number.</summary>
    public static byte[] GetBytes(long value)
    {
        var buffer = new byte[sizeof(long)];
        PutInt64(value, buffer.AsSpan());
        return buffer;
    }

    /// <summary>Writes the first two bytes.</summary>
    public static void PutInt16(short value, byte[] buffer) => BinaryPrimitives.WriteInt16BigEndian(Checked(buffer), value);

    /// <summary>Writes two bytes from an offset on.</summary>
    public static void PutUInt16(ushort value, byte[] buffer, int offset = 0) => BinaryPrimitives.WriteUInt16BigEndian(Checked(buffer)[offset..], value);

    /// <inheritdoc cref="PutUInt16(ushort, byte[], int)"/>
    public static void PutUInt16(ushort value, Span<byte> buffer, int offset = 0) => BinaryPrimitives.WriteUInt16BigEndian(buffer[offset..], value);

    /// <summary>Writes four bytes from an offset on.</summary>
    public static void PutInt32(int value, byte[] buffer, int offset = 0) => BinaryPrimitives.WriteInt32BigEndian(Checked(buffer)[offset..], value);

    /// <summary>Writes the first four bytes.</summary>
    public static void PutInt32(int value, Span<byte> buffer) => BinaryPrimitives.WriteInt32BigEndian(buffer, value);

    /// <summary>Writes the first eight bytes.</summary>
    public static void PutInt64(long value, byte[] buffer) => BinaryPrimitives.WriteInt64BigEndian(Checked(buffer), value);

    /// <inheritdoc cref="PutInt64(long, byte[])"/>
    public static void PutInt64(long value, Span<byte> buffer) => BinaryPrimitives.WriteInt64BigEndian(buffer, value);

    /// <summary>Writes eight bytes from an offset on.</summary>
    public static void PutUInt64(ulong value, byte[] buffer, int offset) => BinaryPrimitives.WriteUInt64BigEndian(Checked(buffer)[offset..], value);

    /// <summary>Writes the first eight bytes.</summary>
    public static void PutUInt64(ulong value, Span<byte> buffer) => BinaryPrimitives.WriteUInt64BigEndian(buffer, value);

    private static Span<byte> Checked(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return buffer;
    }
}
