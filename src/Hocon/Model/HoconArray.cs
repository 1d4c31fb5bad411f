using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>A list of values.</summary>
public sealed class HoconArray : List<HoconValue>, IHoconElement, IEquatable<IHoconElement>
{
    public HoconArray(IHoconElement? parent) => Parent = parent;

    public IHoconElement? Parent { get; }

    public HoconType Type => HoconType.Array;

    public string Raw => $"[{string.Join(",", this.Select(static v => v.Raw))}]";

    public static bool operator ==(HoconArray? left, HoconArray? right) => Equals(left, right);

    public static bool operator !=(HoconArray? left, HoconArray? right) => !Equals(left, right);

    public new void Add(HoconValue value) => base.Add(value ?? throw new ArgumentNullException(nameof(value)));

    public HoconObject GetObject() => throw NodeJoin.Unexpected(ModelTree.ToNode(this), "an object");

    public string GetString() => throw NodeJoin.Unexpected(ModelTree.ToNode(this), "a string, number or boolean");

    public IList<HoconValue> GetArray() => this;

    public IHoconElement Clone(IHoconElement? newParent)
    {
        var clone = new HoconArray(newParent);
        clone.AddRange(this.Select(v => (HoconValue)v.Clone(clone)));
        return clone;
    }

    public bool Equals(IHoconElement? other) => ElementEquality.Equal(this, other);

    public override bool Equals(object? obj) => obj is IHoconElement element && Equals(element);

    public override int GetHashCode() => ElementEquality.Hash(this);

    public override string ToString() => ToString(0, 2);

    public string ToString(int indent, int indentSize) => NodeRenderer.RenderValue(ModelTree.ToNode(this), indent, indentSize);
}
