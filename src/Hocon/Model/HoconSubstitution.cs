using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>A reference to another value, <c>${path}</c> or <c>${?path}</c>, and the value that took its place.</summary>
public sealed class HoconSubstitution : IHoconElement, IEquatable<IHoconElement>, IHoconLineInfo
{
    private readonly Origin _origin;

    internal HoconSubstitution(IHoconElement? parent, HoconPath path, bool required, Origin origin, HoconValue? resolvedValue)
    {
        Parent = parent;
        Path = path;
        Required = required;
        ResolvedValue = resolvedValue ?? new HoconEmptyValue(parent);
        _origin = origin;
    }

    public IHoconElement? Parent { get; }

    public HoconPath Path { get; }

    /// <summary>False for <c>${?path}</c>.</summary>
    public bool Required { get; }

    /// <summary>Empty when it was optional and nothing was there.</summary>
    public HoconValue ResolvedValue { get; }

    public int LineNumber => _origin.Line;

    public int LinePosition => _origin.Column;

    public HoconType Type => ResolvedValue.Type;

    public string Raw => $"${{{(Required ? "" : "?")}{Path}}}";

    public static bool operator ==(HoconSubstitution? left, HoconSubstitution? right) => Equals(left, right);

    public static bool operator !=(HoconSubstitution? left, HoconSubstitution? right) => !Equals(left, right);

    public HoconObject GetObject() => ResolvedValue.GetObject();

    public string? GetString() => ResolvedValue.GetString();

    public IList<HoconValue> GetArray() => ResolvedValue.GetArray();

    public IHoconElement Clone(IHoconElement? newParent) => new HoconSubstitution(newParent, Path, Required, _origin, ResolvedValue);

    public bool Equals(IHoconElement? other) =>
        other is HoconSubstitution substitution ? Path == substitution.Path && Required == substitution.Required : ElementEquality.Equal(this, other);

    public override bool Equals(object? obj) => obj is IHoconElement element && Equals(element);

    public override int GetHashCode() => ElementEquality.Hash(this);

    public override string ToString() => ResolvedValue.ToString();

    public string ToString(int indent, int indentSize) => ResolvedValue.ToString(indent, indentSize);
}
