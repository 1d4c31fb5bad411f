using System.Buffers;
using System.Globalization;
using System.Text;

namespace Actors.Hocon.Syntax;

/// <summary>When a string has to be quoted to be read back as it is, and how.</summary>
internal static class Quoting
{
    private static readonly SearchValues<char> Special = SearchValues.Create("$\"{}[]:=,+#`^?!@*&\\/");

    public static bool NeedsQuotes(string text)
    {
        if (text.Length == 0 || text.AsSpan().ContainsAny(Special))
        {
            return true;
        }

        // Whitespace between words would survive, but at the ends it is trimmed; quoting all of it is easier to read.
        foreach (var c in text)
        {
            if (char.IsControl(c) || Tokenizer.IsWhitespace(c))
            {
                return true;
            }
        }

        return false;
    }

    public static string Quote(string text)
    {
        var builder = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"': builder.Append("\\\""); break;
                case '\\': builder.Append("\\\\"); break;
                case '\n': builder.Append("\\n"); break;
                case '\r': builder.Append("\\r"); break;
                case '\t': builder.Append("\\t"); break;
                case '\b': builder.Append("\\b"); break;
                case '\f': builder.Append("\\f"); break;
                case < ' ' or '\ufeff' or '\u2028' or '\u2029':
                    builder.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default: builder.Append(c); break;
            }
        }

        return builder.Append('"').ToString();
    }
}
