using System.Text;

namespace Actors.Hocon.Syntax;

/// <summary><c>include "x"</c> or <c>include file("x")</c>, each also in <c>required(...)</c>.</summary>
/// <param name="Origin">The place of the word <c>include</c>.</param>
/// <param name="Name">The quoted name.</param>
/// <param name="IsHeuristic">Whether the name stands without <c>file(...)</c>, so that its extension may be missing.</param>
/// <param name="IsRequired">Whether a missing file is an error.</param>
internal sealed record IncludeStatement(Origin Origin, string Name, bool IsHeuristic, bool IsRequired)
{
    private const string Expected = "after include a quoted name or file(\"...\"), each also in required(...) (a key named include has to be quoted)";

    private static readonly string[] Qualifiers =
    [
        "file(", "url(", "classpath(", "resource(",
        "required(", "required(file(", "required(url(", "required(classpath(", "required(resource(",
    ];

    public static IncludeStatement Parse(TokenReader reader)
    {
        var origin = reader.OriginOf(reader.Take());
        var qualifier = ParseQualifier(reader);
        var name = reader.Take().Text;
        for (var open = qualifier.Count(static c => c == '('); open > 0;)
        {
            reader.SkipWhitespace();
            var token = reader.Current;
            var isClosing = token.Kind == TokenKind.Unquoted && token.Text.Length <= open && !token.Text.AsSpan().ContainsAnyExcept(')');
            if (!isClosing)
            {
                throw reader.Unexpected($"{new string(')', open)} after \"{name}\"");
            }

            open -= token.Text.Length;
            reader.Take();
        }

        var isRequired = qualifier.StartsWith("required(", StringComparison.Ordinal);
        var kind = isRequired ? qualifier["required(".Length..] : qualifier;
        var isUrl = kind.Length == 0 && name.Contains("://", StringComparison.Ordinal);
        return isUrl || kind is not ("" or "file(")
            ? throw new HoconFormatException(origin, $"cannot include {(isUrl ? "url(" : kind)}\"{name}\"): only files can be included, expected \"...\" or file(\"...\")")
            : new IncludeStatement(origin, name, kind.Length == 0, isRequired);
    }

    /// <summary>Reads what stands before the quoted name, which may have whitespace around each parenthesis.</summary>
    private static string ParseQualifier(TokenReader reader)
    {
        var qualifier = new StringBuilder();
        while (true)
        {
            reader.SkipWhitespaceAndNewLines();
            var text = qualifier.ToString();
            if (reader.Current.Kind == TokenKind.Quoted && (text.Length == 0 || Qualifiers.Contains(text)))
            {
                return text;
            }

            text += reader.Current.Text;
            if (reader.Current.Kind != TokenKind.Unquoted || !Array.Exists(Qualifiers, q => q.StartsWith(text, StringComparison.Ordinal)))
            {
                throw reader.Unexpected(Expected);
            }

            qualifier.Append(reader.Take().Text);
        }
    }
}
