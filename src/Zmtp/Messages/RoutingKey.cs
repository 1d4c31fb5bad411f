namespace Actors.Zmtp;

/// <summary>The routing id of a peer, as a ROUTER socket gives and takes it in the first frame of a message.</summary>
public struct RoutingKey : IEquatable<RoutingKey>, IEquatable<byte[]>
{
    private readonly byte[]? _bytes;

    /// <summary>A key of these bytes, which are not copied.</summary>
    public RoutingKey(byte[] array)
    {
        ArgumentNullException.ThrowIfNull(array);
        _bytes = array;
    }

    /// <summary>A key of the bytes that a base64 text stands for.</summary>
    /// <exception cref="FormatException">The text is not base64.</exception>
    public RoutingKey(string b64)
    {
        ArgumentNullException.ThrowIfNull(b64);
        _bytes = Convert.FromBase64String(b64);
    }

    /// <summary>A key of the eight bytes of a number, in network order.</summary>
    public RoutingKey(long value)
    {
        _bytes = NetworkOrderBitsConverter.GetBytes(value);
    }

    internal readonly byte[] Bytes => _bytes ?? [];

    /// <inheritdoc/>
    public readonly bool Equals(RoutingKey x) => Bytes.AsSpan().SequenceEqual(x.Bytes);

    /// <inheritdoc/>
    public readonly bool Equals(byte[]? x) => x != null && Bytes.AsSpan().SequenceEqual(x);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj switch
    {
        RoutingKey key => Equals(key),
        byte[] bytes => Equals(bytes),
        _ => false,
    };

    /// <inheritdoc/>
    public override readonly int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The key as base64.</summary>
    public override readonly string ToString() => Convert.ToBase64String(Bytes);
}
