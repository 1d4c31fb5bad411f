using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Xml;
using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>
/// The value of a field or array element: one or more elements, which together are a string, number or boolean, an
/// array or an object.
/// </summary>
/// <remarks>
/// Where it was written is to be had through <see cref="IXmlLineInfo"/>, and with the file through the format
/// <c>origin</c>: <c>$"{value:origin}"</c>.
/// </remarks>
public partial class HoconValue : List<IHoconElement>, IHoconElement, IEquatable<IHoconElement>, IXmlLineInfo, IFormattable
{
    public HoconValue(IHoconElement? parent) => Parent = parent;

    public IHoconElement? Parent { get; }

    public ReadOnlyCollection<IHoconElement> Children => AsReadOnly();

    public virtual HoconType Type => Count switch
    {
        0 => HoconType.Empty,
        1 => this[0].Type,
        _ => ModelTree.TypeOf(ModelTree.ToNode(this)),
    };

    public virtual string Raw => string.Concat(this.Select(static e => e.Raw));

    int IXmlLineInfo.LineNumber => Origin.Line;

    int IXmlLineInfo.LinePosition => Origin.Column;

    internal Origin Origin { get; set; }

    public static bool operator ==(HoconValue? left, HoconValue? right) => Equals(left, right);

    public static bool operator !=(HoconValue? left, HoconValue? right) => !Equals(left, right);

    public new virtual void Add(IHoconElement value) => base.Add(value ?? throw new ArgumentNullException(nameof(value)));

    public new virtual void AddRange(IEnumerable<IHoconElement> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var value in values)
        {
            Add(value);
        }
    }

    public new void Clear() => base.Clear();

    /// <summary>This value at a key of a root of its own.</summary>
    public HoconRoot AtKey(string key)
    {
        var value = new HoconValue(null) { Origin = Origin };
        var fields = new HoconObject(value);
        var field = new HoconField(key, fields) { Origin = Origin };
        field.SetValue((HoconValue)Clone(field));
        fields.Add(key, field);
        value.Add(fields);
        return new HoconRoot(value);
    }

    /// <summary>The text of the value; null for null.</summary>
    public virtual string? GetString() =>
        Count == 1 && this[0] is HoconLiteral literal ? literal.Value : Type == HoconType.Empty ? null : Convert(Conversion.Conversions.String);

    public virtual bool TryGetString([NotNullWhen(true)] out string? result)
    {
        result = TryToNode(out var node) && Conversion.Conversions.String.TryConvert(node, out var text) ? text : null;
        return result is not null;
    }

    /// <summary>The object that the elements make, merged if they are several.</summary>
    public virtual HoconObject GetObject() =>
        TryGetObject(out var result) ? result : throw NodeJoin.Unexpected(ModelTree.ToNode(this), "an object");

    public virtual bool TryGetObject([NotNullWhen(true)] out HoconObject? result)
    {
        if (Count == 1 && this[0] is HoconObject single)
        {
            result = single;
            return true;
        }

        result = null;
        List<HoconObject> objects = [];
        foreach (var element in this)
        {
            if (element is HoconLiteral { LiteralType: HoconLiteralType.Whitespace })
            {
                continue;
            }

            if (element.Type != HoconType.Object)
            {
                return false;
            }

            objects.Add(element.GetObject());
        }

        result = objects.Count switch
        {
            0 => null,
            1 => objects[0],
            _ => new HoconMergedObject(this, objects),
        };
        return result is not null;
    }

    public virtual IList<HoconValue> GetArray() =>
        TryGetArray(out var result) ? result : throw NodeJoin.Unexpected(ModelTree.ToNode(this), "an array");

    public virtual bool TryGetArray([NotNullWhen(true)] out List<HoconValue>? result)
    {
        if (Count == 1 && this[0] is HoconArray single)
        {
            result = single;
            return true;
        }

        result = TryToNode(out var node) ? Conversion.Conversions.Items(node)?.ConvertAll(v => ModelTree.ToValue(v, this)) : null;
        return result is not null;
    }

    public virtual IHoconElement Clone(IHoconElement? newParent)
    {
        var clone = new HoconValue(newParent) { Origin = Origin };
        foreach (var element in this)
        {
            clone.Add(element.Clone(clone));
        }

        return clone;
    }

    public virtual bool Equals(IHoconElement? other) => ElementEquality.Equal(this, other);

    public override bool Equals(object? obj) => obj is IHoconElement element && Equals(element);

    public override int GetHashCode() => ElementEquality.Hash(this);

    public override string ToString() => ToString(0, 2);

    public virtual string ToString(int indent, int indentSize) =>
        ModelTree.ToNode(this) is { } node ? NodeRenderer.RenderValue(node, indent, indentSize) : "";

    bool IXmlLineInfo.HasLineInfo() => Origin.Line > 0;

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => format == "origin" ? Origin.ToString() : ToString();

    /// <summary>Elements put together in code may be of kinds that make no value.</summary>
    private bool TryToNode([NotNullWhen(true)] out Node? node)
    {
        try
        {
            node = ModelTree.ToNode(this);
        }
        catch (HoconException)
        {
            node = null;
        }

        return node is not null;
    }
}

/// <summary>No value.</summary>
public sealed class HoconEmptyValue : HoconValue
{
    public HoconEmptyValue()
        : this(null)
    {
    }

    public HoconEmptyValue(IHoconElement? parent)
        : base(parent)
    {
    }

    public override HoconType Type => HoconType.Empty;

    public override string Raw => "";

    public override void Add(IHoconElement value) => throw new HoconException($"{nameof(HoconEmptyValue)} cannot hold an element.");

    public override void AddRange(IEnumerable<IHoconElement> values) => throw new HoconException($"{nameof(HoconEmptyValue)} cannot hold elements.");

    public override string? GetString() => null;

    public override HoconObject GetObject() => new(this);

    public override IList<HoconValue> GetArray() => [];

    public override IHoconElement Clone(IHoconElement? newParent) => new HoconEmptyValue(newParent);

    public override bool Equals(IHoconElement? other) => other is { Type: HoconType.Empty };

    public override int GetHashCode() => 0;
}
