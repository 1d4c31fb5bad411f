using Actors.Hocon;

namespace Actors.Host.Configuration;

/// <summary>
/// One section of the configuration while it is read: gives typed values, and notes every mistake instead of stopping at
/// the first.
/// </summary>
internal sealed class Section
{
    private readonly ConfigFile _file;
    private readonly ConfigObject _values;
    private readonly List<ConfigError> _errors;
    private readonly string _path;

    private Section(ConfigFile file, ConfigObject values, string path, List<ConfigError> errors)
    {
        _file = file;
        _values = values;
        _path = path;
        _errors = errors;
    }

    /// <summary>The engine that the file names, whether there is such a one or not.</summary>
    public string Engine => _file.Root.FieldAt($"{Keys.ActorsSection.Name}.{Keys.Transport.Name}.{Keys.Engine.Name}")?.Value is ConfigScalar { IsNull: false } set ? set.Text : Keys.Engine.Default!;

    public static Section Root(ConfigFile file, List<ConfigError> errors) => new(file, file.Root, "", errors);

    /// <summary>The keys that are set here, in the order of the file; a null takes a key back.</summary>
    public IEnumerable<string> Names => _values.Fields.Where(set => !set.Value.IsNull).Select(set => set.Name);

    /// <summary>Notes an error for each key that is set and not known.</summary>
    public void Allow(IEnumerable<Key> keys, string what)
    {
        var known = keys.Select(key => key.Name).ToList();
        foreach (var name in Names.Where(name => !known.Contains(name)))
            Fault(ConfigPath.Format(name), $"unknown key{Nearest.Hint(name, known)}; {what} has {string.Join(", ", known.Order(StringComparer.Ordinal))}");
    }

    public bool Has(Key key) => FieldOf(key.Name) is not null;

    /// <summary>The value, or the default; when the value is wrong, the error is noted and the type's empty value returned.</summary>
    public T Get<T>(Key key)
    {
        var type = (KeyType<T>)key.Type;
        if (FieldOf(key.Name) is { } field)
        {
            if (type.Read(field.Value, out var result)) return result;
            Fault(key.Name, $"is {(key.Type == KeyType.Secret ? "something else" : Shown(field))}: expected {type.Expected}");
        }
        else if (key.IsRequired)
        {
            Fault(key.Name, $"is missing: expected {type.Expected}");
        }
        else if (key.Default is not null)
        {
            var given = new HoconDocument().Set(key.Name, key.Default, "default").ResolveObject().Field(key.Name)!.Value;
            if (type.Read(given, out var result)) return result;
            throw new InvalidOperationException($"the default of \"{key.Name}\", {key.Default}, is not {type.Expected}");
        }
        return typeof(T) == typeof(string) ? (T)(object)"" : typeof(T) == typeof(IReadOnlyList<string>) ? (T)(object)Array.Empty<string>() : default!;
    }

    /// <summary>The value, or null when the key is absent.</summary>
    public T? Optional<T>(Key key)
        where T : struct => Has(key) ? Get<T>(key) : null;

    /// <summary>A section below this one; an absent one is empty.</summary>
    public Section Below(string name)
    {
        var field = FieldOf(name);
        if (field is not null and not { Value: ConfigObject }) Fault(ConfigPath.Format(name), $"is {Shown(field)}: expected a section in braces");
        return new Section(_file, field?.Value as ConfigObject ?? ConfigObject.Empty, PathOf(ConfigPath.Format(name)), _errors);
    }

    /// <summary>The section below this one as plain HOCON, for the settings of the actor system. Empty when it is absent.</summary>
    public string Text(string name) => FieldOf(name) is null ? "" : $"{ConfigPath.Format(name)} : {{\n{HoconWriter.Write(Below(name)._values)}}}\n";

    /// <param name="path">The key, or a path below this section; null for the section itself.</param>
    /// <param name="fault">What is wrong and what was expected.</param>
    public void Fault(string? path, string fault)
    {
        var key = path is null ? _path : PathOf(path);
        _errors.Add(new ConfigError(_file.OriginOf(key), key, fault));
    }

    private string PathOf(string path) => _path.Length == 0 ? path : $"{_path}.{path}";

    /// <summary>The field of the name, unless it is null.</summary>
    private ConfigField? FieldOf(string name) => _values.Field(name) is { Value.IsNull: false } field ? field : null;

    private static string Shown(ConfigField field)
    {
        var shown = field.Value is ConfigScalar scalar ? $"\"{scalar.Text}\"" : field.Value is ConfigObject ? "a section" : "a list";
        var (at, from) = (field.Origin, field.Value.Origin);
        return at.Source == from.Source && at.Line == from.Line ? shown : $"{shown} (from {from})";
    }
}
