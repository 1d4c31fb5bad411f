using System.Text;

namespace Actors;

/// <summary>
/// The name of a task of an acknowledged pipeline: 1 to 255 bytes, the same for every try of the task and for nothing else.
/// </summary>
public readonly struct TaskId : IEquatable<TaskId>
{
    /// <summary>The most bytes of an id.</summary>
    public const int MaxLength = 255;

    private readonly int _hash;

    /// <exception cref="ArgumentException">There is no byte, or there are too many.</exception>
    public TaskId(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length is 0 or > MaxLength) throw new ArgumentException($"A task id has 1 to {MaxLength} bytes, but {bytes.Length} were given.", nameof(bytes));
        Bytes = bytes;
        var hash = new HashCode();
        hash.AddBytes(bytes.Span);
        _hash = hash.ToHashCode();
    }

    /// <summary>The bytes, as they stand in a command.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Whether both have the same bytes.</summary>
    public static bool operator ==(TaskId left, TaskId right) => left.Equals(right);

    /// <summary>Whether they differ in a byte.</summary>
    public static bool operator !=(TaskId left, TaskId right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(TaskId other) => _hash == other._hash && Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TaskId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>As text where the bytes are printable ASCII, else in hex.</summary>
    public override string ToString()
    {
        foreach (var one in Bytes.Span)
            if (one is < 0x21 or > 0x7e) return Convert.ToHexString(Bytes.Span);
        return Encoding.ASCII.GetString(Bytes.Span);
    }
}
