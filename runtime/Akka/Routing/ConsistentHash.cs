using System.Globalization;
using System.Text;

namespace Akka.Routing;

public static class ConsistentHash
{
    /// <param name="virtualNodesFactor">How many points of the ring each node takes; more spread the keys more evenly.</param>
    public static ConsistentHash<T> Create<T>(IEnumerable<T> nodes, int virtualNodesFactor)
    {
        var ring = new SortedDictionary<int, T>();
        foreach (var node in nodes)
        {
            ConsistentHash<T>.Place(ring, node, virtualNodesFactor);
        }

        return new ConsistentHash<T>(ring, virtualNodesFactor);
    }
}

/// <summary>
/// A ring of nodes: a key belongs to the first node at or behind its hash. A node that comes or goes changes only the
/// owner of its own keys. Immutable. A node is named by its <see cref="object.ToString"/>.
/// </summary>
public class ConsistentHash<T>
{
    private readonly SortedDictionary<int, T> _nodes;
    private readonly int _virtualNodesFactor;
    private readonly int[] _points;
    private readonly T[] _owners;

    public ConsistentHash(SortedDictionary<int, T> nodes, int virtualNodesFactor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(virtualNodesFactor);
        _nodes = nodes;
        _virtualNodesFactor = virtualNodesFactor;
        _points = [.. nodes.Keys];
        _owners = [.. nodes.Values];
    }

    public bool IsEmpty => _points.Length == 0;

    public ConsistentHash<T> Add(T node)
    {
        var ring = new SortedDictionary<int, T>(_nodes);
        Place(ring, node, _virtualNodesFactor);
        return new ConsistentHash<T>(ring, _virtualNodesFactor);
    }

    public ConsistentHash<T> Remove(T node)
    {
        var ring = new SortedDictionary<int, T>();
        foreach (var (point, owner) in _nodes)
        {
            if (!EqualityComparer<T>.Default.Equals(owner, node))
            {
                ring.Add(point, owner);
            }
        }

        return new ConsistentHash<T>(ring, _virtualNodesFactor);
    }

    public T NodeFor(byte[] key) => NodeAt(RingHash.Of(key));

    public T NodeFor(string key) => NodeAt(RingHash.Of(key));

    public static ConsistentHash<T> operator +(ConsistentHash<T> hash, T node) => hash.Add(node);

    public static ConsistentHash<T> operator -(ConsistentHash<T> hash, T node) => hash.Remove(node);

    internal static void Place(SortedDictionary<int, T> ring, T node, int virtualNodesFactor)
    {
        var name = node?.ToString() ?? "";
        for (var i = 0; i < virtualNodesFactor; i++)
        {
            // Where two nodes meet on one point, the first keeps it: it has others.
            ring.TryAdd(RingHash.Of(string.Create(CultureInfo.InvariantCulture, $"{name}#{i}")), node);
        }
    }

    internal T NodeAt(int point)
    {
        if (IsEmpty)
        {
            throw new InvalidOperationException("Can't get a node for a key from an empty ring.");
        }

        var index = Array.BinarySearch(_points, point);
        if (index < 0)
        {
            index = ~index;
        }

        return _owners[index == _owners.Length ? 0 : index];
    }
}

/// <summary>MurmurHash3 x86 32-bit, of bytes and of the UTF-8 form of strings: the same in every process.</summary>
internal static class RingHash
{
    public static int Of(string text)
    {
        Span<byte> buffer = stackalloc byte[256];
        return Encoding.UTF8.TryGetBytes(text, buffer, out var length)
            ? Of(buffer[..length])
            : Of(Encoding.UTF8.GetBytes(text));
    }

    public static int Of(ReadOnlySpan<byte> bytes)
    {
        const uint c1 = 0xcc9e2d51;
        const uint c2 = 0x1b873593;
        uint hash = 0;
        var rest = bytes;
        while (rest.Length >= 4)
        {
            hash ^= uint.RotateLeft(System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(rest) * c1, 15) * c2;
            hash = (uint.RotateLeft(hash, 13) * 5) + 0xe6546b64;
            rest = rest[4..];
        }

        uint tail = 0;
        for (var i = rest.Length - 1; i >= 0; i--)
        {
            tail = (tail << 8) | rest[i];
        }

        hash ^= uint.RotateLeft(tail * c1, 15) * c2;
        hash ^= (uint)bytes.Length;
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return (int)(hash ^ (hash >> 16));
    }
}
