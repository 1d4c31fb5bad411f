using Actors.Hocon;

namespace Actors.Host.Configuration;

/// <summary>A configuration file with its includes and the overrides of the command line, parsed, with the place of each key.</summary>
internal sealed class ConfigFile
{
    private const string CommandLine = "--set";

    private readonly Dictionary<string, Origin> _origins = [];
    private readonly Dictionary<string, string> _texts = [];

    private ConfigFile(string file) => File = file;

    /// <summary>The file as the user named it.</summary>
    public string File { get; }

    /// <summary>Everything, substitutions resolved.</summary>
    public HoconObject Root { get; private set; } = HoconObject.Empty;

    /// <summary>Reads and parses.</summary>
    /// <param name="file">A path, relative to the working directory.</param>
    /// <param name="overrides">KEY=VALUE each, applied behind the file.</param>
    /// <exception cref="ConfigException">A file is missing or is not HOCON, or an override is malformed.</exception>
    public static ConfigFile Load(string file, IReadOnlyList<string> overrides)
    {
        var config = new ConfigFile(file);
        var text = config.Read(file, Path.GetFullPath(file), new Origin(file, 0), []);
        foreach (var one in overrides) text += config.Override(one);
        config.Parse(text);
        return config;
    }

    /// <summary>Where the key was last set; for an absent key, where the nearest section around it was.</summary>
    public Origin OriginOf(string key)
    {
        for (var path = key; path.Length > 0; path = path.LastIndexOf('.') is var cut and > 0 ? path[..cut] : "")
            if (_origins.TryGetValue(path, out var origin)) return origin;
        return new Origin(File, 0);
    }

    /// <summary>Whether the key holds the text, alone or in a list.</summary>
    public bool Sets(string key, string text) =>
        Root.TryGetValue(HoconPath.Parse(key), out var value)
        && (value.Type == HoconType.Array ? value.GetArray().Any(item => item.GetString() == text) : value.GetString() == text);

    /// <summary>The file's text with its includes made absolute; the included files are read on the way.</summary>
    private string Read(string shown, string path, Origin from, IReadOnlyList<string> under, IReadOnlyList<string>? including = null)
    {
        including ??= [];
        if (including.Contains(path)) throw new ConfigException(from, null, $"\"{shown}\" includes itself");
        string text;
        try
        {
            text = System.IO.File.ReadAllText(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            var fault = cause is FileNotFoundException or DirectoryNotFoundException ? $"there is no file \"{path}\"" : cause.Message;
            throw new ConfigException(from, null, including.Count == 0 ? fault : $"cannot include \"{shown}\": {fault}");
        }
        var names = new List<(int Start, int Length, string Absolute)>();
        KeyScanner.Scan(
            text,
            (key, line) => _origins[string.Join('.', under.Concat(key))] = new Origin(shown, line),
            include =>
            {
                var target = Path.GetFullPath(include.Name, Path.GetDirectoryName(path)!);
                var name = Path.Combine(Path.GetDirectoryName(shown) ?? "", include.Name);
                _texts[target] = Read(name, target, new Origin(shown, include.Line), [.. under, .. include.Under], [.. including, path]);
                names.Add((include.NameStart, include.Name.Length, target));
            });
        foreach (var (start, length, absolute) in Enumerable.Reverse(names))
            text = string.Concat(text.AsSpan(0, start), absolute.Replace("\\", "\\\\", StringComparison.Ordinal), text.AsSpan(start + length));
        return text;
    }

    /// <summary>An override as a line of HOCON.</summary>
    private string Override(string assignment)
    {
        var cut = assignment.IndexOf('=', StringComparison.Ordinal);
        if (cut <= 0) throw new ConfigException(new Origin(CommandLine, 0), null, $"\"{assignment}\" is not an override: expected KEY=VALUE");
        var key = assignment[..cut].Trim();
        var value = assignment[(cut + 1)..].Trim();
        _origins[key] = new Origin($"{CommandLine} {assignment}", 0);
        // Words such as tcp://*:5555 need quotes in HOCON; lists, objects, quoted strings and null are HOCON already.
        var isHocon = value == "null" || value.StartsWith('[') || value.StartsWith('{') || value.StartsWith('"');
        return $"\n{key} = {(isHocon ? value : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"")}";
    }

    private void Parse(string text)
    {
        try
        {
            Root = HoconParser.Parse(text, (_, name) => Task.FromResult(_texts[name])).Value.GetObject();
        }
        catch (Exception cause) when (cause is HoconParserException or HoconTokenizerException or HoconException)
        {
            throw new ConfigException(Place(cause), null, cause.Message);
        }
    }

    /// <summary>Which of the files the parser's line number belongs to: the included one that fails alike when parsed alone.</summary>
    private Origin Place(Exception cause)
    {
        var place = LineOf(cause);
        foreach (var (path, text) in _texts)
        {
            try
            {
                HoconParser.Parse(text, (_, name) => Task.FromResult(_texts[name]));
            }
            catch (Exception own) when (own is HoconParserException or HoconTokenizerException or HoconException)
            {
                if (LineOf(own) == place) return new Origin(Path.GetRelativePath(Environment.CurrentDirectory, path), place);
            }
        }
        return new Origin(File, place);
    }

    private static int LineOf(Exception cause) => cause switch
    {
        HoconParserException parser => parser.LineNumber,
        HoconTokenizerException tokenizer => tokenizer.LineNumber,
        _ => 0,
    };
}
