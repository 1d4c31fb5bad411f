using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Actors.Zmtp;

/// <summary>One frame of a <see cref="ZmqMessage"/>. Frames are equal when their bytes are.</summary>
public class ZmqFrame : IEquatable<ZmqFrame>, IEquatable<byte[]>
{
    private int _messageSize;

    /// <summary>A frame of these bytes, which are not copied.</summary>
    public ZmqFrame(byte[] buffer)
        : this(buffer, Checked(buffer).Length)
    {
    }

    /// <summary>A frame of the text in UTF-8.</summary>
    public ZmqFrame(string message)
        : this(message, SendReceiveConstants.DefaultEncoding)
    {
    }

    /// <summary>A frame of the text in an encoding.</summary>
    public ZmqFrame(string message, Encoding encoding)
        : this(Encode(message, encoding))
    {
    }

    /// <summary>A frame of so many bytes, all zero.</summary>
    public ZmqFrame(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Buffer = length == 0 ? [] : new byte[length];
        _messageSize = length;
    }

    /// <summary>A frame of the first bytes of an array, which are not copied.</summary>
    public ZmqFrame(byte[] buffer, int length)
    {
        Buffer = Checked(buffer);
        MessageSize = length;
    }

    /// <summary>A frame without bytes.</summary>
    public static ZmqFrame Empty => new(0);

    /// <summary>How many bytes of the buffer belong to the frame.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or larger than the buffer.</exception>
    public int MessageSize
    {
        get => _messageSize;
        set
        {
            if (value < 0 || value > Buffer.Length)
                throw new ArgumentOutOfRangeException(nameof(value), value, $"The size of the frame must be between 0 and that of its buffer, {Buffer.Length}.");
            _messageSize = value;
        }
    }

    /// <summary>The array behind the frame.</summary>
    public byte[] Buffer { get; }

    /// <summary>The length of the array behind the frame.</summary>
    public int BufferSize => Buffer.Length;

    /// <summary>The frame has no bytes.</summary>
    public bool IsEmpty => _messageSize == 0;

    /// <summary>A frame with a copy of the bytes.</summary>
    public static ZmqFrame Copy(byte[] buffer) => new(Checked(buffer).AsSpan().ToArray());

    /// <summary>A frame with a copy of the bytes of another.</summary>
    public static ZmqFrame Copy(ZmqFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return frame.Duplicate();
    }

    /// <summary>A frame with a copy of the bytes.</summary>
    public ZmqFrame Duplicate() => new(AsSpan().ToArray());

    /// <summary>The bytes, without a copy.</summary>
    public ReadOnlySpan<byte> AsSpan() => Buffer.AsSpan(0, _messageSize);

    /// <summary>The bytes; the array behind the frame itself, unless a copy is asked for or the frame is shorter than its array.</summary>
    public byte[] ToByteArray(bool copy = false) => copy || _messageSize != Buffer.Length ? AsSpan().ToArray() : Buffer;

    /// <summary>The bytes as UTF-8 text.</summary>
    public string ConvertToString() => ConvertToString(SendReceiveConstants.DefaultEncoding);

    /// <summary>The bytes as text in an encoding.</summary>
    public string ConvertToString(Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        return encoding.GetString(AsSpan());
    }

    /// <summary>The first four bytes as a number in network order.</summary>
    public int ConvertToInt32() => NetworkOrderBitsConverter.ToInt32(Bytes(sizeof(int)));

    /// <summary>The first eight bytes as a number in network order.</summary>
    public long ConvertToInt64() => NetworkOrderBitsConverter.ToInt64(Bytes(sizeof(long)));

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] ZmqFrame? other) => other is not null && AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] byte[]? other) => other is not null && AsSpan().SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj switch
    {
        ZmqFrame frame => Equals(frame),
        byte[] bytes => Equals(bytes),
        _ => false,
    };

    /// <summary>Compares the bytes.</summary>
    public static bool operator ==(ZmqFrame? one, ZmqFrame? other) => one is null ? other is null : one.Equals(other);

    /// <inheritdoc cref="op_Equality"/>
    public static bool operator !=(ZmqFrame? one, ZmqFrame? other) => !(one == other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(AsSpan());
        return hash.ToHashCode();
    }

    private Span<byte> Bytes(int count)
    {
        if (_messageSize < count)
            throw new InvalidOperationException($"A number of {count} bytes does not fit a frame of {_messageSize}.");
        return Buffer.AsSpan(0, count);
    }

    private static byte[] Checked(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return buffer;
    }

    private static byte[] Encode(string message, Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(encoding);
        return encoding.GetBytes(message);
    }
}
