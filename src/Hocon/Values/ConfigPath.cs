using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>Paths such as <c>a.b."c.d"</c>: keys with dots between them.</summary>
public static class ConfigPath
{
    /// <summary>The keys of a path, as HOCON reads it.</summary>
    /// <exception cref="HoconFormatException">A key is empty, or has a character that needs quotes.</exception>
    public static IReadOnlyList<string> Keys(string path) => Parse(path);

    /// <summary>The keys as a path, with quotes around those that need them.</summary>
    public static string Format(params IEnumerable<string> keys) => string.Join('.', keys.Select(FormatKey));

    internal static string[] Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return KeyParser.ParseAll(new SourceText(path, $"the path '{path}'", hasLines: false));
    }

    internal static string FormatKey(string key)
    {
        foreach (var c in key)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('-' or '_' or '/'))
            {
                return HoconWriter.Quote(key);
            }
        }

        return key.Length == 0 || key == "include" || key.Contains("//", StringComparison.Ordinal) ? HoconWriter.Quote(key) : key;
    }
}
