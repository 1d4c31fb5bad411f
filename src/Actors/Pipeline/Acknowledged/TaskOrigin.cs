using System.Buffers.Binary;

namespace Actors;

/// <summary>
/// The bytes that the ids of one origin share: all but the last eight, which are a number. The rare id of fewer bytes is
/// an origin of its own, without a number.
/// </summary>
internal sealed class TaskOrigin : IEquatable<TaskOrigin>
{
    private const int NumberLength = sizeof(ulong);

    private readonly byte[] _bytes;
    private readonly int _hash;

    private TaskOrigin(byte[] bytes, bool isNumbered)
    {
        _bytes = bytes;
        IsNumbered = isNumbered;
        var hash = new HashCode();
        hash.AddBytes(bytes);
        _hash = hash.ToHashCode();
    }

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>True when a number of eight bytes follows in each id.</summary>
    public bool IsNumbered { get; }

    public int IdLength => IsNumbered ? _bytes.Length + NumberLength : _bytes.Length;

    /// <summary>An origin whose ids begin with these bytes.</summary>
    public static TaskOrigin WithPrefix(ReadOnlySpan<byte> prefix) => new(prefix.ToArray(), isNumbered: true);

    /// <summary>The origin of the id.</summary>
    public static TaskOrigin Of(ReadOnlySpan<byte> id) => new(PrefixOf(id).ToArray(), IsNumberedId(id));

    /// <summary>The number at the end of the id, or 0 where it has none.</summary>
    public static ulong NumberOf(ReadOnlySpan<byte> id) => IsNumberedId(id) ? BinaryPrimitives.ReadUInt64BigEndian(id[^NumberLength..]) : 0;

    /// <summary>True when the id is of this origin.</summary>
    public bool Has(ReadOnlySpan<byte> id) => id.Length == IdLength && PrefixOf(id).SequenceEqual(_bytes);

    public bool Equals(TaskOrigin? other) => other is not null && _hash == other._hash && IsNumbered == other.IsNumbered && _bytes.AsSpan().SequenceEqual(other._bytes);

    public override bool Equals(object? obj) => Equals(obj as TaskOrigin);

    public override int GetHashCode() => _hash;

    private static bool IsNumberedId(ReadOnlySpan<byte> id) => id.Length >= NumberLength;

    private static ReadOnlySpan<byte> PrefixOf(ReadOnlySpan<byte> id) => IsNumberedId(id) ? id[..^NumberLength] : id;
}

/// <summary>Reads task ids, and remembers their origins, so that the ids of one origin share it.</summary>
/// <remarks>Belongs to one actor; not safe for concurrent use.</remarks>
internal sealed class TaskIdReader
{
    // More sources than a link has in practice. With still more, each id costs an object.
    private readonly TaskOrigin?[] _recent = new TaskOrigin?[16];
    private int _next;
    private TaskOrigin? _last;

    public TaskId Read(ReadOnlySpan<byte> id)
    {
        if (_last?.Has(id) != true) _last = Find(id) ?? Add(id);
        return new TaskId(_last, TaskOrigin.NumberOf(id));
    }

    private TaskOrigin? Find(ReadOnlySpan<byte> id)
    {
        foreach (var origin in _recent)
            if (origin?.Has(id) == true) return origin;
        return null;
    }

    private TaskOrigin Add(ReadOnlySpan<byte> id)
    {
        var origin = TaskOrigin.Of(id);
        _recent[_next] = origin;
        _next = (_next + 1) % _recent.Length;
        return origin;
    }
}
