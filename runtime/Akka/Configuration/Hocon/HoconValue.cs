using global::Hocon.Conversion;
using global::Hocon.Syntax;

namespace Akka.Configuration.Hocon;

/// <summary>
/// The value of a key or array element: one or more elements, which together are a string, an array or an object.
/// The getters convert it, and throw a <see cref="ConfigurationException"/> when it is not of their type.
/// </summary>
public class HoconValue : IMightBeAHoconObject
{
    public HoconValue()
        : this([])
    {
    }

    /// <param name="values">The elements.</param>
    /// <param name="adoptedFromFallback">Whether the value comes from a fallback; such a value gives way to a new one.</param>
    public HoconValue(List<IHoconElement> values, bool adoptedFromFallback = true)
    {
        Values = values;
        AdoptedFromFallback = adoptedFromFallback;
    }

    public List<IHoconElement> Values { get; }

    public bool IsEmpty => Values.Count == 0 || (Values.Count == 1 && Values[0] is HoconObject { Items.Count: 0 });

    internal Origin Origin { get; init; }

    internal bool AdoptedFromFallback { get; }

    /// <summary>Puts this value at a key of a configuration of its own.</summary>
    public Config AtKey(string key)
    {
        var root = new ObjectNode(Origin);
        root.Add(new FieldNode(key, Origin, HoconTree.ToNode(this)));
        return new Config(root, null);
    }

    public Config ToConfig() => new(new HoconRoot(this));

    public void AppendValue(IHoconElement value) => Values.Add(value);

    public void Clear() => Values.Clear();

    public void NewValue(IHoconElement value)
    {
        Values.Clear();
        Values.Add(value);
    }

    public bool IsString() => Values.Count > 0 && Values.TrueForAll(static v => v.IsString());

    public bool IsArray() => Values.Count > 0 && Values.TrueForAll(static v => v.IsArray());

    public bool IsObject() => GetObject() is not null;

    /// <summary>The object that the elements make, merged if they are several; null when they are no object.</summary>
    public HoconObject? GetObject()
    {
        HoconObject? result = null;
        foreach (var element in Values)
        {
            var next = element as HoconObject ?? (element as IMightBeAHoconObject)?.GetObject();
            if (next is null)
            {
                continue;
            }

            if (result is null)
            {
                result = next;
            }
            else
            {
                var merged = new HoconObject();
                merged.Merge(result);
                merged.Merge(next);
                result = merged;
            }
        }

        return result;
    }

    /// <summary>Null when this is not an object with that key.</summary>
    public HoconValue? GetChildObject(string key) => GetObject()?.GetKey(key);

    public string? GetString() => ConfigReader.Read(ToNode(), null, Conversions.String!, null);

    public bool GetBoolean() => ConfigReader.Read(ToNode(), null, Conversions.Boolean);

    public byte GetByte() => ConfigReader.Read(ToNode(), null, Conversions.Byte);

    public int GetInt() => ConfigReader.Read(ToNode(), null, Conversions.Int32);

    public long GetLong() => ConfigReader.Read(ToNode(), null, Conversions.Int64);

    public float GetFloat() => ConfigReader.Read(ToNode(), null, Conversions.Single);

    public double GetDouble() => ConfigReader.Read(ToNode(), null, Conversions.Double);

    public decimal GetDecimal() => ConfigReader.Read(ToNode(), null, Conversions.Decimal);

    public long? GetByteSize() => ConfigReader.Read(ToNode(), null, Conversions.ByteSize);

    public TimeSpan GetTimeSpan(bool allowInfinite = true) =>
        ConfigReader.Read(ToNode(), null, allowInfinite ? Conversions.Duration : Conversions.FiniteDuration);

    public IList<HoconValue> GetArray() => ToNode() is var node && Conversions.Items(node) is { } items
        ? [.. items.Select(HoconTree.ToValue)]
        : throw ConfigReader.Error(null, $"found {node.Describe()} ({node.Origin}), expected an array");

    public IList<bool> GetBooleanList() => ConfigReader.ReadList(ToNode(), null, Conversions.Boolean);

    public IList<byte> GetByteList() => ConfigReader.ReadList(ToNode(), null, Conversions.Byte);

    public IList<int> GetIntList() => ConfigReader.ReadList(ToNode(), null, Conversions.Int32);

    public IList<long> GetLongList() => ConfigReader.ReadList(ToNode(), null, Conversions.Int64);

    public IList<float> GetFloatList() => ConfigReader.ReadList(ToNode(), null, Conversions.Single);

    public IList<double> GetDoubleList() => ConfigReader.ReadList(ToNode(), null, Conversions.Double);

    public IList<decimal> GetDecimalList() => ConfigReader.ReadList(ToNode(), null, Conversions.Decimal);

    public IList<string> GetStringList() => ConfigReader.ReadList(ToNode(), null, Conversions.String);

    public override string ToString() => ToString(0);

    /// <param name="indent">Level of nesting, two spaces each.</param>
    public virtual string ToString(int indent) => Values.Count == 0 ? "" : NodeRenderer.RenderValue(ToNode(), indent, 2);

    private Node ToNode() => HoconTree.ToNode(this);
}
