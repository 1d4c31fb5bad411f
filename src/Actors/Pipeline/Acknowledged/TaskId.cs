using System.Buffers.Binary;
using System.Text;

namespace Actors;

/// <summary>
/// The name of a task of an acknowledged pipeline: 1 to 255 bytes, the same for every try of the task and for nothing else.
/// </summary>
/// <remarks>
/// Ids mostly differ in their last eight bytes only, a number counted up. So these are kept apart, and what stands before
/// them is an object that the ids of one origin share: an id costs no array, and ids in a row have hash codes in a row.
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

    /// <summary>How many bytes it has.</summary>
    public int Length => _origin?.IdLength ?? 0;

    /// <summary>What it has in common with other ids; null only where it is no id at all.</summary>
    internal TaskOrigin? Origin => _origin;

    /// <summary>The last eight bytes; 0 where it has fewer.</summary>
    internal ulong Number => _number;

    /// <summary>The id of the same origin and another number.</summary>
    internal TaskId WithNumber(ulong number) => new(_origin!, number);

    /// <summary>Writes the bytes, as they stand in a command.</summary>
    /// <param name="target">Of <see cref="Length"/> bytes at least.</param>
    public void CopyTo(Span<byte> target)
    {
        if (_origin is null) return;
        _origin.Bytes.CopyTo(target);
        if (_origin.IsNumbered) BinaryPrimitives.WriteUInt64BigEndian(target[_origin.Bytes.Length..], _number);
    }

    /// <summary>The bytes, as they stand in a command.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Whether both have the same bytes.</summary>
    public static bool operator ==(TaskId left, TaskId right) => left.Equals(right);

    /// <summary>Whether they differ in a byte.</summary>
    public static bool operator !=(TaskId left, TaskId right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(TaskId other) => _number == other._number && (ReferenceEquals(_origin, other._origin) || _origin?.Equals(other._origin) == true);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TaskId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (_origin?.GetHashCode() ?? 0) + (int)_number;

    /// <summary>As text where the bytes are printable ASCII, else in hex.</summary>
    /// <inheritdoc/>
    public override string ToString()
    {
        var bytes = ToArray();
        return Array.TrueForAll(bytes, one => one is >= 0x21 and <= 0x7e) ? Encoding.ASCII.GetString(bytes) : Convert.ToHexString(bytes);
    }
}
