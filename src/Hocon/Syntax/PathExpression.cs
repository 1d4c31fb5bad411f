using System.Collections.Concurrent;
using System.Text;

namespace Actors.Hocon.Syntax;

/// <summary>Paths such as <c>a.b."c.d"</c>: written in a text, given to a getter, and rendered.</summary>
internal static class PathExpression
{
    private const int CacheCapacity = 4096;

    private static readonly ConcurrentDictionary<string, string[]> Cache = new(StringComparer.Ordinal);

    /// <summary>
    /// Cuts a path given in code. Dots outside quotes separate, quoted elements may hold anything, and characters
    /// that a text would have to quote are taken as they are. Paths in code repeat, so they are kept (up to a bound).
    /// </summary>
    /// <returns>Null and what is wrong, for an empty path or element and an open quote.</returns>
    public static string[]? TryParse(string path, out string? error)
    {
        error = null;
        if (Cache.TryGetValue(path, out var known))
        {
            return known;
        }

        var elements = new List<string>();
        var element = new StringBuilder();
        var quoted = false;
        for (var i = 0; i <= path.Length; i++)
        {
            if (i == path.Length || path[i] == '.')
            {
                if (element.Length == 0 && !quoted)
                {
                    error = path.Length == 0 ? "the path is empty" : $"element {elements.Count + 1} of the path '{path}' is empty (an empty key is written \"\")";
                    return null;
                }

                elements.Add(element.ToString());
                element.Clear();
                quoted = false;
            }
            else if (path[i] == '"')
            {
                var tokenizer = new Tokenizer(path[i..], null);
                try
                {
                    var token = tokenizer.Next();
                    element.Append(token.Text);
                    i += QuotedLength(path, i, token) - 1;
                }
                catch (HoconTokenizerException e)
                {
                    error = $"the path '{path}' is not valid: {e.Message}";
                    return null;
                }

                quoted = true;
            }
            else
            {
                element.Append(path[i]);
            }
        }

        var parsed = elements.ToArray();
        if (Cache.Count < CacheCapacity)
        {
            Cache.TryAdd(path, parsed);
        }

        return parsed;
    }

    public static string[] Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return TryParse(path, out var error) ?? throw new HoconParserException(error!);
    }

    /// <summary>The path as a text would write it.</summary>
    public static string Format(ReadOnlySpan<string> path)
    {
        if (path.Length == 1)
        {
            return FormatKey(path[0]);
        }

        var builder = new StringBuilder();
        foreach (var element in path)
        {
            if (builder.Length > 0)
            {
                builder.Append('.');
            }

            builder.Append(FormatKey(element));
        }

        return builder.ToString();
    }

    public static string FormatKey(string key)
    {
        foreach (var c in key)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('-' or '_' or '/'))
            {
                return Quoting.Quote(key);
            }
        }

        return key.Length == 0 || key == "include" || key.Contains("//", StringComparison.Ordinal) ? Quoting.Quote(key) : key;
    }

    private static int QuotedLength(string path, int start, Token token)
    {
        if (token.Kind == TokenKind.TripleQuoted)
        {
            return token.Text.Length + 6;
        }

        for (var i = start + 1; ; i++)
        {
            if (path[i] == '\\')
            {
                i++;
            }
            else if (path[i] == '"')
            {
                return i - start + 1;
            }
        }
    }
}
