using System.Xml;
using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>A key of an object and its value.</summary>
/// <remarks>
/// Where the key was written is to be had through <see cref="IXmlLineInfo"/>, and with the file through the format
/// <c>origin</c>: <c>$"{field:origin}"</c>.
/// </remarks>
public sealed class HoconField : IHoconElement, IEquatable<IHoconElement>, IXmlLineInfo, IFormattable
{
    private readonly HoconObject _parent;

    public HoconField(string key, HoconObject parent)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(parent);
        Key = key;
        _parent = parent;
        Value = new HoconEmptyValue(this);
    }

    public string Key { get; }

    public HoconValue Value { get; private set; }

    public IHoconElement? Parent => _parent;

    /// <summary>The keys from the root to this one.</summary>
    public HoconPath Path => new([.. _parent.Path, Key]);

    public HoconType Type => Value.Type;

    public string Raw => Value.Raw;

    int IXmlLineInfo.LineNumber => Origin.Line;

    int IXmlLineInfo.LinePosition => Origin.Column;

    internal Origin Origin { get; set; }

    public static bool operator ==(HoconField? left, HoconField? right) => Equals(left, right);

    public static bool operator !=(HoconField? left, HoconField? right) => !Equals(left, right);

    public HoconObject GetObject() => Value.GetObject();

    public string? GetString() => Value.GetString();

    public IList<HoconValue> GetArray() => Value.GetArray();

    public IHoconElement Clone(IHoconElement? newParent)
    {
        var clone = new HoconField(Key, newParent as HoconObject ?? throw new ArgumentException("The parent of a field is an object.", nameof(newParent))) { Origin = Origin };
        clone.SetValue((HoconValue)Value.Clone(clone));
        return clone;
    }

    public bool Equals(IHoconElement? other) => ElementEquality.Equal(this, other);

    public override bool Equals(object? obj) => obj is IHoconElement element && Equals(element);

    public override int GetHashCode() => ElementEquality.Hash(this);

    public override string ToString() => ToString(0, 2);

    public string ToString(int indent, int indentSize) => Value.ToString(indent, indentSize);

    bool IXmlLineInfo.HasLineInfo() => Origin.Line > 0;

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => format == "origin" ? Origin.ToString() : ToString();

    internal void SetValue(HoconValue value) => Value = value;
}
