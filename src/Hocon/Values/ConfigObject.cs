namespace Actors.Hocon;

/// <summary>Fields by name, in the order in which their keys first appear.</summary>
public sealed class ConfigObject : ConfigValue
{
    private readonly Dictionary<string, ConfigField> _byName;

    internal ConfigObject(Origin origin, IReadOnlyList<ConfigField> fields)
        : base(origin)
    {
        Fields = fields;
        _byName = fields.ToDictionary(static field => field.Name, StringComparer.Ordinal);
    }

    /// <summary>An object without fields.</summary>
    public static ConfigObject Empty { get; } = new(default, []);

    /// <summary>The fields, those that are <c>null</c> included.</summary>
    public IReadOnlyList<ConfigField> Fields { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ConfigValue>? Items =>
        IndexedKeys.InOrder(Fields, static f => f.Name)?.ConvertAll(static f => f.Value);

    /// <summary>The field of a name, which is one key and not a path; null when there is none.</summary>
    public ConfigField? Field(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The field at a path such as <c>a."b.c"</c>; null when there is none.</summary>
    /// <exception cref="HoconFormatException">The path is malformed.</exception>
    public ConfigField? FieldAt(string path)
    {
        var fields = FieldsTo(path, out var isThere);
        return isThere ? fields[^1] : null;
    }

    /// <summary>The place of the key at a path. Where the key is missing, that of the nearest section around it.</summary>
    /// <exception cref="HoconFormatException">The path is malformed.</exception>
    public Origin OriginOf(string path) => FieldsTo(path, out _) is { Count: > 0 } fields ? fields[^1].Origin : Origin;

    /// <summary>The value at a path, converted.</summary>
    /// <exception cref="HoconFormatException">The value is missing, null or of another type. The message says file, line, path and what was expected.</exception>
    public T Get<T>(string path, ConfigType<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return FieldAt(path) is { } field ? Convert(path, field, type) : throw new HoconFormatException(OriginOf(path), path, $"is missing: expected {type.Expected}");
    }

    /// <summary>The value at a path, converted, or a default where it is missing or null.</summary>
    /// <exception cref="HoconFormatException">The value is of another type.</exception>
    public T Get<T>(string path, ConfigType<T> type, T whenMissing)
    {
        ArgumentNullException.ThrowIfNull(type);
        return FieldAt(path) is { Value.IsNull: false } field ? Convert(path, field, type) : whenMissing;
    }

    internal override string Describe() => "an object";

    /// <summary>The fields that a path leads through, as far as they are there.</summary>
    private List<ConfigField> FieldsTo(string path, out bool isThere)
    {
        var keys = ConfigPath.Parse(path);
        var fields = new List<ConfigField>(keys.Length);
        for (var at = this; fields.Count < keys.Length && at?.Field(keys[fields.Count]) is { } found; at = found.Value as ConfigObject)
        {
            fields.Add(found);
        }

        isThere = fields.Count == keys.Length;
        return fields;
    }

    private static T Convert<T>(string path, ConfigField field, ConfigType<T> type)
    {
        if (type.TryRead(field.Value, out var result))
        {
            return result;
        }

        var elsewhere = field.Value.Origin.Source == field.Origin.Source && field.Value.Origin.Line == field.Origin.Line ? "" : $" (from {field.Value.Origin})";
        throw new HoconFormatException(field.Origin, path, $"found {field.Value.Describe()}{elsewhere}, expected {type.Expected}");
    }
}
