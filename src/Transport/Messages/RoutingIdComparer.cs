using System.Diagnostics.CodeAnalysis;

namespace Actors.Transport;

/// <summary>Compares routing ids by their octets.</summary>
internal sealed class RoutingIdComparer : IEqualityComparer<ReadOnlyMemory<byte>>
{
    public static RoutingIdComparer Instance { get; } = new();

    public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

    public int GetHashCode([DisallowNull] ReadOnlyMemory<byte> obj)
    {
        var hash = new HashCode();
        hash.AddBytes(obj.Span);
        return hash.ToHashCode();
    }
}
