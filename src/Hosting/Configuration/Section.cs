using System.Globalization;
using Actors.Hocon;

namespace Actors.Hosting.Configuration;

/// <summary>
/// One section of the configuration while it is read: gives typed values, and notes every mistake instead of stopping at
/// the first.
/// </summary>
internal sealed class Section
{
    private const int MostShown = 60;

    private readonly ConfigFile _file;
    private readonly ConfigObject _values;
    private readonly Findings _findings;
    private readonly string _path;

    private Section(ConfigFile file, ConfigObject values, string path, Findings findings, bool isOfWrongType = false)
    {
        IsOfWrongType = isOfWrongType;
        _file = file;
        _values = values;
        _path = path;
        _findings = findings;
    }

    /// <summary>The engine that the file names, whether there is such a one or not.</summary>
    public string Engine => _file.Root.FieldAt($"{Keys.ActorsSection.Name}.{Keys.Transport.Name}.{Keys.Engine.Name}")?.Value is ConfigScalar { IsNull: false } set ? set.Text : Keys.Engine.Default!;

    public static Section Root(ConfigFile file, Findings findings) => new(file, file.Root, "", findings);

    /// <summary>Whether something else stands where the section should, which is noted; then nothing in it is missing.</summary>
    public bool IsOfWrongType { get; }

    /// <summary>Whether a mistake was noted in this section or below.</summary>
    public bool HasFaults => _findings.Errors.Exists(error => error.Key == _path || error.Key?.StartsWith($"{_path}.", StringComparison.Ordinal) == true);

    /// <summary>The keys that are set here, in the order of the file; a null takes a key back.</summary>
    public IEnumerable<string> Names => Fields.Select(set => set.Name);

    /// <summary>Notes an error for each key that is set and not known.</summary>
    public void Allow(IEnumerable<Key> keys, string what)
    {
        var known = keys.Select(key => key.Name).ToList();
        foreach (var name in Names.Where(name => !known.Contains(name)))
            Fault(ConfigPath.Format(name), $"unknown key{Nearest.Hint(name, known)}; {what} has {string.Join(", ", known.Order(StringComparer.Ordinal))}");
    }

    /// <summary>Notes an error, and returns false, when the key's value is of another type.</summary>
    public bool Expect(string name, KeyType type)
    {
        if (FieldOf(name) is not { } field || type.Accepts(field.Value)) return true;
        Fault(ConfigPath.Format(name), $"is {Shown(field)}: expected {type.Expected}");
        return false;
    }

    public bool Has(Key key) => FieldOf(key.Name) is not null;

    /// <summary>The value, or the default; when the value is wrong, the error is noted and the type's empty value returned.</summary>
    public T Get<T>(Key key)
    {
        var type = (KeyType<T>)key.Type;
        if (FieldOf(key.Name) is { } field)
        {
            if (!type.Read(field.Value, out var result)) Fault(key.Name, $"is {(key.Type == KeyType.Secret ? "something else" : Shown(field))}: expected {type.Expected}");
            else if (key.IsRequired && result is ("" or IReadOnlyList<string> { Count: 0 })) Fault(key.Name, $"is empty: expected {type.Expected}");
            else return result;
        }
        else if (key.IsRequired)
        {
            if (!IsOfWrongType) Fault(key.Name, $"is missing: expected {type.Expected}");
        }
        else if (key.Default is not null)
        {
            var given = new HoconDocument().Set(key.Name, key.Default, "default").ResolveObject().Field(key.Name)!.Value;
            if (type.Read(given, out var result)) return result;
            throw new InvalidOperationException($"the default of \"{key.Name}\", {key.Default}, is not {type.Expected}");
        }
        return typeof(T) == typeof(string) ? (T)(object)"" : typeof(T) == typeof(IReadOnlyList<string>) ? (T)(object)Array.Empty<string>() : default!;
    }

    /// <summary>A duration that is at least so long and that a timer can count; a mistake is noted.</summary>
    public TimeSpan Timeout(Key key, TimeSpan least)
    {
        var errors = _findings.Errors.Count;
        var value = Get<TimeSpan>(key);
        if (errors == _findings.Errors.Count && (value < least || value.TotalMilliseconds > int.MaxValue))
            Fault(key.Name, string.Create(CultureInfo.InvariantCulture, $"is {value.TotalMilliseconds} ms: expected from {least.TotalMilliseconds} to {int.MaxValue} ms"));
        return value;
    }

    /// <summary>A whole number in a range; a mistake is noted.</summary>
    public int Within(Key key, int least, int most)
    {
        var errors = _findings.Errors.Count;
        var value = Get<int>(key);
        if (errors == _findings.Errors.Count && (value < least || value > most))
            Fault(key.Name, $"is {value}: expected {(most == int.MaxValue ? $"{least} or more" : $"from {least} to {most}")}");
        return value;
    }

    /// <summary>The value, or null when the key is absent.</summary>
    public T? Optional<T>(Key key)
        where T : struct => Has(key) ? Get<T>(key) : null;

    /// <summary>A section below this one; an absent one is empty.</summary>
    public Section Below(string name)
    {
        var field = FieldOf(name);
        var isOfWrongType = field is not null and not { Value: ConfigObject };
        if (isOfWrongType) Fault(ConfigPath.Format(name), $"is {Shown(field!)}: expected a section in braces");
        return new Section(_file, field?.Value as ConfigObject ?? ConfigObject.Empty, PathOf(ConfigPath.Format(name)), _findings, isOfWrongType);
    }

    /// <summary>The section as plain HOCON. Keys that are null are left out, so that their defaults hold.</summary>
    public string Text => HoconWriter.Write(_values, withoutNulls: true);

    /// <summary>The keys that are set here with their values; a null takes a key back.</summary>
    public IEnumerable<ConfigField> Fields => _values.Fields.Where(set => !set.Value.IsNull);

    /// <param name="path">The key, or a path below this section; null for the section itself.</param>
    /// <param name="fault">What is wrong and what was expected.</param>
    /// <param name="at">The place, where it is known better than by the key: an item of a list.</param>
    public void Fault(string? path, string fault, Origin? at = null)
    {
        var key = path is null ? _path : PathOf(path);
        var error = new ConfigError(at ?? _file.OriginOf(key), key, fault);
        // Two who read one section find the same.
        if (!_findings.Errors.Contains(error)) _findings.Errors.Add(error);
    }

    /// <param name="path">The key, or a path below this section.</param>
    /// <param name="doubt">What is doubtful about it, and what would be clear.</param>
    /// <param name="isLogged">The start of a role logs the same by itself.</param>
    public void Warn(string path, string doubt, bool isLogged = false)
    {
        var key = PathOf(path);
        _findings.Warnings.Add(new ConfigWarning(_file.OriginOf(key), key, doubt, isLogged));
    }

    private string PathOf(string path) => _path.Length == 0 ? path : $"{_path}.{path}";

    /// <summary>The field of the name, unless it is null.</summary>
    private ConfigField? FieldOf(string name) => _values.Field(name) is { Value.IsNull: false } field ? field : null;

    private static string Cut(string text) => text.Length <= MostShown ? text : string.Concat(text.AsSpan(0, MostShown), "...");

    private static string Shown(ConfigField field)
    {
        var shown = field.Value switch
        {
            ConfigScalar scalar => $"\"{Cut(scalar.Text)}\"",
            ConfigArray { Items.Count: > 0 } list => $"the list {Cut(HoconWriter.Write(list).ReplaceLineEndings(" "))}",
            ConfigArray => "an empty list",
            _ => "a section",
        };
        var (at, from) = (field.Origin, field.Value.Origin);
        return at.Source == from.Source && at.Line == from.Line ? shown : $"{shown} (from {from})";
    }
}
