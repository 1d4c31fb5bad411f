using System.Text;

namespace Actors.Hocon.Syntax;

/// <summary>Reads path expressions: keys, and what stands in <c>${...}</c>.</summary>
internal sealed class KeyParser(TokenReader reader)
{
    private readonly List<string> _elements = [];
    private readonly StringBuilder _element = new();
    private readonly StringBuilder _whitespace = new();

    /// <summary>Reads a text that is one path and nothing else.</summary>
    public static string[] ParseAll(SourceText path)
    {
        var reader = new TokenReader(path);
        var keys = new KeyParser(reader).Read("a key");
        return reader.Current.Kind == TokenKind.End ? keys : throw reader.Unexpected("the end of the path");
    }

    /// <summary>Reads a key up to its separator, which is left as the current token.</summary>
    public string[] ParseKey()
    {
        var path = Read("a key");
        reader.SkipWhitespaceAndNewLines();
        return reader.Current.Kind is TokenKind.Colon or TokenKind.Equals or TokenKind.PlusEquals or TokenKind.ObjectStart
            ? path
            : throw reader.Unexpected($"'=', ':', '+=' or '{{' after the key '{ConfigPath.Format(path)}'");
    }

    /// <summary>Reads the path of a substitution and its closing brace.</summary>
    /// <param name="isList">Whether <c>[]</c> follows the path.</param>
    public string[] ParseSubstitutionPath(out bool isList)
    {
        var path = Read("a path");
        isList = reader.Current.Kind == TokenKind.ArrayStart;
        if (isList)
        {
            reader.Take();
            if (reader.Current.Kind != TokenKind.ArrayEnd)
            {
                throw reader.Unexpected("']' after '['");
            }

            reader.Take();
        }

        if (reader.Current.Kind != TokenKind.ObjectEnd)
        {
            throw reader.Unexpected("'}' after the path of the substitution");
        }

        reader.Take();
        return path;
    }

    private string[] Read(string what)
    {
        var start = reader.Origin;
        var quoted = false;
        var any = false;
        _elements.Clear();
        _element.Clear();
        _whitespace.Clear();
        while (true)
        {
            var token = reader.Current;
            switch (token.Kind)
            {
                case TokenKind.Whitespace:
                    if (any)
                    {
                        _whitespace.Append(token.Text);
                    }

                    reader.Take();
                    continue;
                case TokenKind.Quoted or TokenKind.TripleQuoted:
                    TakeWhitespace();
                    _element.Append(token.Text);
                    quoted = true;
                    break;
                case TokenKind.Unquoted:
                    TakeWhitespace();
                    ReadUnquoted(token, ref quoted);
                    break;
                case TokenKind.SubstitutionStart or TokenKind.OptionalSubstitutionStart when any:
                    throw reader.Unexpected("text: a substitution cannot be part of a path");
                default:
                    if (!any)
                    {
                        throw reader.Unexpected(what);
                    }

                    if (_element.Length == 0 && !quoted)
                    {
                        throw EmptyElement(start);
                    }

                    _elements.Add(_element.ToString());
                    return [.. _elements];
            }

            any = true;
            reader.Take();
        }
    }

    private void ReadUnquoted(Token token, ref bool quoted)
    {
        var rest = token.Text.AsSpan();
        while (true)
        {
            var dot = rest.IndexOf('.');
            _element.Append(dot < 0 ? rest : rest[..dot]);
            if (dot < 0)
            {
                return;
            }

            if (_element.Length == 0 && !quoted)
            {
                throw EmptyElement(reader.OriginOf(token));
            }

            _elements.Add(_element.ToString());
            _element.Clear();
            quoted = false;
            rest = rest[(dot + 1)..];
        }
    }

    private void TakeWhitespace()
    {
        _element.Append(_whitespace);
        _whitespace.Clear();
    }

    private static HoconFormatException EmptyElement(Origin origin) =>
        HoconFormatException.AtColumn(origin, "found a path that begins or ends with '.' or has two in a row, expected a name between them (an empty name is written \"\")");
}
