using System.Text;

namespace Actors.Hocon.Syntax;

/// <summary><c>include "x"</c>, <c>include file("x")</c>, <c>url</c>, <c>classpath</c>, <c>resource</c>, each also in <c>required(...)</c>.</summary>
internal readonly record struct IncludeStatement(Origin Origin, HoconCallbackType Type, string Name, bool IsHeuristic, bool IsRequired)
{
    private const string Expected =
        "a quoted name, or file(\"...\"), url(\"...\"), classpath(\"...\") or resource(\"...\"), each also in required(...) (a key named include has to be quoted)";

    public static IncludeStatement Parse(TokenReader reader)
    {
        var origin = reader.OriginOf(reader.Take());
        var qualifier = new StringBuilder();
        while (true)
        {
            reader.SkipWhitespaceAndNewLines();
            if (reader.Current.Kind == TokenKind.Quoted)
            {
                break;
            }

            if (reader.Current.Kind != TokenKind.Unquoted || qualifier.Length > 32)
            {
                throw reader.Unexpected($"after include {Expected}");
            }

            qualifier.Append(reader.Current.Text);
            if (!IsQualifierStart(qualifier.ToString()))
            {
                throw reader.Unexpected($"after include {Expected}");
            }

            reader.Take();
        }

        var name = reader.Take().Text;
        if (!TryInterpret(qualifier.ToString(), out var type, out var parentheses, out var isRequired))
        {
            throw new HoconParserException(origin, $"found include {qualifier}, expected {Expected}");
        }

        for (var open = parentheses; open > 0;)
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

        return new IncludeStatement(origin, type, name, qualifier.ToString() is "" or "required(", isRequired);
    }

    private static bool IsQualifierStart(string text) =>
        Qualifiers.Any(q => q.StartsWith(text, StringComparison.Ordinal));

    private static readonly string[] Qualifiers =
    [
        "file(", "url(", "classpath(", "resource(",
        "required(", "required(file(", "required(url(", "required(classpath(", "required(resource(",
    ];

    private static bool TryInterpret(string qualifier, out HoconCallbackType type, out int parentheses, out bool isRequired)
    {
        parentheses = qualifier.Count(static c => c == '(');
        isRequired = qualifier.StartsWith("required(", StringComparison.Ordinal);
        type = (isRequired ? qualifier["required(".Length..] : qualifier) switch
        {
            "url(" => HoconCallbackType.Url,
            "classpath(" or "resource(" => HoconCallbackType.Resource,
            _ => HoconCallbackType.File,
        };
        return qualifier.Length == 0 || Qualifiers.Contains(qualifier);
    }
}
