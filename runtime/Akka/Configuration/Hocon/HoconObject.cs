using System.Text;
using global::Hocon.Syntax;

namespace Akka.Configuration.Hocon;

/// <summary>Keys with values.</summary>
public class HoconObject : IHoconElement
{
    public Dictionary<string, HoconValue> Items { get; } = new(StringComparer.Ordinal);

    /// <summary>The object in plain .NET types: dictionaries, lists and strings.</summary>
    public IDictionary<string, object?> Unwrapped => Items.ToDictionary(static i => i.Key, static i => Unwrap(i.Value));

    public bool IsString() => false;

    public string GetString() => throw new ConfigurationException("Found an object, expected a string.");

    public bool IsArray() => false;

    public IList<HoconValue> GetArray() => throw new ConfigurationException("Found an object, expected an array.");

    /// <summary>Null when there is no such key.</summary>
    public HoconValue? GetKey(string key) => Items.GetValueOrDefault(key);

    public HoconValue GetOrCreateKey(string key)
    {
        if (!Items.TryGetValue(key, out var value))
        {
            Items.Add(key, value = new HoconValue());
        }

        return value;
    }

    /// <summary>Puts the keys of another object over these; where both have objects, they are merged.</summary>
    public void Merge(HoconObject other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (key, value) in other.Items)
        {
            if (Items.TryGetValue(key, out var existing) && existing.GetObject() is { } below && value.GetObject() is { } above)
            {
                below.Merge(above);
                existing.NewValue(below);
            }
            else
            {
                Items[key] = value;
            }
        }
    }

    public override string ToString() => ToString(0);

    /// <param name="indent">Level of nesting, two spaces each.</param>
    public string ToString(int indent)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in Items)
        {
            text.Append(' ', indent * 2).Append(PathExpression.FormatKey(key)).Append(" : ").Append(value.ToString(indent)).Append('\n');
        }

        return text.ToString();
    }

    private static object? Unwrap(HoconValue value) =>
        value.GetObject() is { } fields ? fields.Unwrapped
        : value.IsArray() ? value.GetArray().Select(Unwrap).ToList()
        : value.GetString();
}
