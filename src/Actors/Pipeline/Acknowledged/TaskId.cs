using System.Buffers.Binary;
using System.Text;

namespace Actors;

/// <summary>
/// The id of a task of an acknowledged pipeline: 1 to 255 bytes, the same in every try of the task and in no other task.
/// </summary>
/// <remarks>
/// Ids mostly differ only in their last eight bytes, a number counted up. So the number is kept apart, and the bytes before
/// it are an object that the ids of one origin share: an id costs no array, and consecutive ids have consecutive hash codes.
/// </remarks>
public readonly struct TaskId : IEquatable<TaskId>
{
    /// <summary>The most bytes of an id.</summary>
    public const int MaxLength = 255;

    private readonly TaskOrigin? _origin;
    private readonly ulong _number;

    internal TaskId(TaskOrigin origin, ulong number)
    {
        _origin = origin;
        _number = number;
    }

    /// <exception cref="ArgumentException">There is no byte, or there are too many.</exception>
    public TaskId(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is 0 or > MaxLength) throw new ArgumentException($"A task id has 1 to {MaxLength} bytes, but {bytes.Length} were given.", nameof(bytes));
        _origin = TaskOrigin.Of(bytes);
        _number = TaskOrigin.NumberOf(bytes);
    }

    /// <summary>The number of bytes.</summary>
    public int Length => _origin?.IdLength ?? 0;

    /// <summary>The bytes that it shares with other ids; null only in a default value, which is no id.</summary>
    internal TaskOrigin? Origin => _origin;

    /// <summary>The last eight bytes; 0 where it has fewer.</summary>
    internal ulong Number => _number;

    /// <summary>The id of the same origin and another number.</summary>
    internal TaskId WithNumber(ulong number) => new(_origin!, number);

    /// <summary>Writes the bytes as they stand in a command.</summary>
    /// <param name="target">At least <see cref="Length"/> bytes.</param>
    public void CopyTo(Span<byte> target)
    {
        if (_origin is null) return;
        _origin.Bytes.CopyTo(target);
        if (_origin.IsNumbered) BinaryPrimitives.WriteUInt64BigEndian(target[_origin.Bytes.Length..], _number);
    }

    /// <summary>The bytes as they stand in a command.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>True when both have the same bytes.</summary>
    public static bool operator ==(TaskId left, TaskId right) => left.Equals(right);

    /// <summary>True when the bytes differ.</summary>
    public static bool operator !=(TaskId left, TaskId right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(TaskId other) => _number == other._number && (ReferenceEquals(_origin, other._origin) || _origin?.Equals(other._origin) == true);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TaskId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (_origin?.GetHashCode() ?? 0) + (int)_number;

    /// <summary>The bytes as text when they are printable ASCII, and in hex otherwise.</summary>
    /// <inheritdoc/>
    public override string ToString()
    {
        var bytes = ToArray();
        return Array.TrueForAll(bytes, one => one is >= 0x21 and <= 0x7e) ? Encoding.ASCII.GetString(bytes) : Convert.ToHexString(bytes);
    }
}
