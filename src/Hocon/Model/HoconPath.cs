using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>The keys that lead to a value, as in <c>a.b."c.d"</c>.</summary>
public sealed class HoconPath : List<string>, IEquatable<HoconPath>
{
    public static readonly HoconPath Empty = new([]);

    public HoconPath(IEnumerable<string> path)
        : base(path)
    {
    }

    public bool IsEmpty => Count == 0;

    /// <summary>The path as text, with quotes where a key needs them.</summary>
    public string Value => PathExpression.Format(CollectionsMarshal.AsSpan(this));

    /// <summary>The last key; null for the empty path.</summary>
    public string? Key => Count == 0 ? null : this[^1];

    public static bool operator ==(HoconPath? left, HoconPath? right) => Equals(left, right);

    public static bool operator !=(HoconPath? left, HoconPath? right) => !Equals(left, right);

    /// <exception cref="HoconParserException">An element is empty or a quote is not closed.</exception>
    public static HoconPath Parse(string path) => new(PathExpression.Parse(path));

    public static bool TryParse(string? path, [NotNullWhen(true)] out HoconPath? result)
    {
        result = path is not null && PathExpression.TryParse(path, out _) is { } elements ? new HoconPath(elements) : null;
        return result is not null;
    }

    /// <summary>The first <paramref name="length"/> keys.</summary>
    public HoconPath SubPath(int length) => new(GetRange(0, length));

    public HoconPath SubPath(int index, int count) => new(GetRange(index, count));

    public bool Equals(HoconPath? other) => other is not null && this.SequenceEqual(other, StringComparer.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as HoconPath);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var key in this)
        {
            hash.Add(key, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => Value;
}
