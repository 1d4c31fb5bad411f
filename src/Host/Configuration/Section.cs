using System.Diagnostics.CodeAnalysis;
using Actors.Hocon;

namespace Actors.Host.Configuration;

/// <summary>
/// One section of the configuration while it is read: gives typed values, and notes every mistake instead of stopping at
/// the first.
/// </summary>
internal sealed class Section
{
    private readonly ConfigFile _file;
    private readonly HoconObject _values;
    private readonly List<ConfigError> _errors;
    private readonly string _path;

    private Section(ConfigFile file, HoconObject values, string path, List<ConfigError> errors)
    {
        _file = file;
        _values = values;
        _path = path;
        _errors = errors;
    }

    public static Section Root(ConfigFile file, List<ConfigError> errors) => new(file, file.Root, "", errors);

    /// <summary>The keys that are set here, in the order of the file; a null takes a key back.</summary>
    public IEnumerable<string> Names => _values.Keys.Where(name => TryValue(name, out _));

    /// <summary>Notes an error for each key that is set and not known.</summary>
    public void Allow(IEnumerable<Key> keys, string what)
    {
        var known = keys.Select(key => key.Name).ToList();
        foreach (var name in Names.Where(name => !known.Contains(name)))
            Fault(name, $"unknown key{Nearest.Hint(name, known)}; {what} has {string.Join(", ", known.Order(StringComparer.Ordinal))}");
    }

    public bool Has(Key key) => TryValue(key.Name, out _);

    /// <summary>The value, or the default; when the value is wrong, the error is noted and the type's empty value returned.</summary>
    public T Get<T>(Key key)
    {
        var type = (KeyType<T>)key.Type;
        if (TryValue(key.Name, out var value))
        {
            if (type.Read(value, out var result)) return result;
            Fault(key.Name, $"is {Shown(value)}: expected {type.Expected}");
        }
        else if (key.IsRequired)
        {
            Fault(key.Name, $"is missing: expected {type.Expected}");
        }
        else if (key.Default is not null)
        {
            var given = HoconParser.Parse($"value = {key.Default}").GetValue("value");
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
        if (!TryValue(name, out var value)) return new Section(_file, HoconObject.Empty, PathOf(name), _errors);
        if (value.Type == HoconType.Object) return new Section(_file, value.GetObject(), PathOf(name), _errors);
        Fault(name, $"is {Shown(value)}: expected a section in braces");
        return new Section(_file, HoconObject.Empty, PathOf(name), _errors);
    }

    /// <summary>The section as HOCON text, for the settings of the actor system.</summary>
    public string Text(string name) => TryValue(name, out var value) ? $"{name} {value.GetObject().ToString(0, 2)}" : "";

    public void Fault(string? name, string fault)
    {
        var key = name is null ? _path : PathOf(name);
        _errors.Add(new ConfigError(_file.OriginOf(key), key, fault));
    }

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private bool TryValue(string name, [NotNullWhen(true)] out HoconValue? value)
    {
        value = _values.TryGetValue(name, out var field) ? field.Value : null;
        if (value is null || value.Type == HoconType.Empty) return false;
        return value.Type is HoconType.Object or HoconType.Array || value.GetString() is not null;
    }

    private static string Shown(HoconValue value) => value.Type switch
    {
        HoconType.Object => "a section",
        HoconType.Array => "a list",
        _ => $"\"{value.GetString()}\"",
    };
}
