using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>Text that stands by itself: a string, number, boolean, null, or the whitespace between others.</summary>
public abstract class HoconLiteral : IHoconElement, IEquatable<IHoconElement>
{
    private readonly string? _value;
    private LiteralNode? _node;

    protected HoconLiteral(IHoconElement? parent, string? value)
    {
        Parent = parent;
        _value = value;
    }

    public IHoconElement? Parent { get; }

    public abstract HoconType Type { get; }

    public abstract HoconLiteralType LiteralType { get; }

    /// <summary>The text without quotes; null for null.</summary>
    public virtual string? Value => _value;

    public virtual string Raw => _value ?? "null";

    internal Origin Origin { get; init; }

    public static bool operator ==(HoconLiteral? left, HoconLiteral? right) => Equals(left, right);

    public static bool operator !=(HoconLiteral? left, HoconLiteral? right) => !Equals(left, right);

    public HoconObject GetObject() => throw NodeJoin.Unexpected(ToNode(), "an object");

    public string? GetString() => Value;

    public IList<HoconValue> GetArray() => throw NodeJoin.Unexpected(ToNode(), "an array");

    public abstract IHoconElement Clone(IHoconElement? newParent);

    public bool Equals(IHoconElement? other) => ElementEquality.Equal(this, other);

    public override bool Equals(object? obj) => obj is IHoconElement element && Equals(element);

    public override int GetHashCode() => ElementEquality.Hash(this);

    public override string ToString() => Raw;

    public string ToString(int indent, int indentSize) => Raw;

    /// <summary>Kept, so that reading a value again allocates nothing.</summary>
    internal LiteralNode ToNode() => _node ??= new LiteralNode(Origin, LiteralType, _value ?? "null");
}
