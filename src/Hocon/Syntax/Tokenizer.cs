using System.Buffers;
using System.Globalization;
using System.Text;

namespace Actors.Hocon.Syntax;

/// <summary>
/// Cuts a text into tokens, one at a time and in one pass. Comments vanish here. Numbers, booleans and null come
/// out as unquoted text: only the parser knows whether they stand alone or are part of a concatenation.
/// </summary>
internal sealed class Tokenizer(SourceText source)
{
    private static readonly SearchValues<char> EndsUnquoted =
        SearchValues.Create("$\"{}[]:=,+#`^?!@*&\\ \t\r\n\v\f\u001c\u001d\u001e\u001f\u00a0\ufeff/");

    private readonly string _text = source.Text;
    private int _position;
    private int _line = 1;
    private int _lineStart;

    private Origin Here => source.At(_line, _position - _lineStart + 1);

    public Token Next()
    {
        if (_position < _text.Length && (_text[_position] == '#' || IsSlashComment(_position)))
        {
            var newLine = _text.AsSpan(_position).IndexOf('\n');
            _position = newLine < 0 ? _text.Length : _position + newLine;
        }

        if (_position >= _text.Length)
        {
            return Make(TokenKind.End);
        }

        var c = _text[_position];
        switch (c)
        {
            case '\n':
                var token = Make(TokenKind.NewLine);
                _position++;
                StartLine();
                return token;
            case ',': return Symbol(TokenKind.Comma, 1);
            case ':': return Symbol(TokenKind.Colon, 1);
            case '=': return Symbol(TokenKind.Equals, 1);
            case '{': return Symbol(TokenKind.ObjectStart, 1);
            case '}': return Symbol(TokenKind.ObjectEnd, 1);
            case '[': return Symbol(TokenKind.ArrayStart, 1);
            case ']': return Symbol(TokenKind.ArrayEnd, 1);
            case '+' when At(_position + 1) == '=': return Symbol(TokenKind.PlusEquals, 2);
            case '$' when At(_position + 1) == '{':
                return At(_position + 2) == '?'
                    ? Symbol(TokenKind.OptionalSubstitutionStart, 3)
                    : Symbol(TokenKind.SubstitutionStart, 2);
            case '$':
                throw Unexpected("a '$' stands before '{', as in ${path}; put quotes around text that contains '$'");
            case '"':
                return At(_position + 1) == '"' && At(_position + 2) == '"' ? TripleQuoted() : Quoted();
        }

        if (IsWhitespace(c))
        {
            return Whitespace();
        }

        if (c != '/' && EndsUnquoted.Contains(c))
        {
            throw Unexpected($"'{c}' is reserved; put quotes around text that contains it");
        }

        return Unquoted();
    }

    /// <summary>Whitespace as HOCON defines it, newline included; a byte order mark counts too.</summary>
    public static bool IsWhitespace(char c) => c switch
    {
        ' ' or '\t' or '\n' or '\r' or '\v' or '\f' => true,
        < '\u001c' => false,
        <= '\u001f' or '\u00a0' or '\ufeff' => true,
        < '\u0080' => false,
        _ => char.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };

    private char At(int index) => index < _text.Length ? _text[index] : '\0';

    private bool IsSlashComment(int index) => At(index) == '/' && At(index + 1) == '/';

    private Token Make(TokenKind kind, string value = "") => new(kind, value, _line, _position - _lineStart + 1);

    private Token Symbol(TokenKind kind, int length)
    {
        var token = Make(kind);
        _position += length;
        return token;
    }

    private void StartLine()
    {
        _line++;
        _lineStart = _position;
    }

    private Token Whitespace()
    {
        var end = _position + 1;
        while (end < _text.Length && _text[end] != '\n' && IsWhitespace(_text[end]))
        {
            end++;
        }

        var token = Make(TokenKind.Whitespace, end - _position == 1 && _text[_position] == ' ' ? " " : _text[_position..end]);
        _position = end;
        return token;
    }

    private Token Unquoted()
    {
        var start = _position;
        var end = start;
        while (end < _text.Length)
        {
            var run = _text.AsSpan(end).IndexOfAny(EndsUnquoted);
            var stop = run < 0 ? _text.Length : end + run;

            // The search stops at ASCII separators; the rarer Unicode ones are looked for here.
            for (; end < stop; end++)
            {
                if (_text[end] >= '\u0080' && IsWhitespace(_text[end]))
                {
                    stop = end;
                    run = -1;
                    break;
                }
            }

            if (run < 0 || end >= _text.Length)
            {
                break;
            }

            if ((_text[end] == '/' && !IsSlashComment(end)) || (_text[end] == '+' && IsExponentSign(start, end)))
            {
                end++;
                continue;
            }

            break;
        }

        var token = Make(TokenKind.Unquoted, _text[start..end]);
        _position = end;
        return token;
    }

    /// <summary>'+' is reserved, except in a number such as 1e+5.</summary>
    private bool IsExponentSign(int start, int plus)
    {
        if (plus - start < 2 || (_text[plus - 1] | 0x20) != 'e' || !char.IsAsciiDigit(At(plus + 1)))
        {
            return false;
        }

        for (var i = _text[start] == '-' ? start + 1 : start; i < plus - 1; i++)
        {
            if (!char.IsAsciiDigit(_text[i]) && _text[i] != '.')
            {
                return false;
            }
        }

        return true;
    }

    private Token Quoted()
    {
        var opening = Make(TokenKind.Quoted);
        var start = ++_position;
        var plain = _text.AsSpan(start).IndexOfAny('"', '\\', '\n');
        if (plain >= 0 && _text[start + plain] == '"')
        {
            var end = start + plain;
            RejectControlCharacters(start, end);
            _position = end + 1;
            return opening with { Text = _text[start..end] };
        }

        var builder = new StringBuilder();
        while (true)
        {
            if (_position >= _text.Length || _text[_position] == '\n')
            {
                throw HoconFormatException.AtColumn(
                    source.At(opening.Line, opening.Column),
                    $"this string is not closed: found {(_position >= _text.Length ? "the end of the text" : "the end of the line")}, expected '\"' (text over several lines takes three quotes)");
            }

            var c = _text[_position];
            if (c == '"')
            {
                _position++;
                return opening with { Text = builder.ToString() };
            }

            if (c == '\\')
            {
                builder.Append(Escape());
                continue;
            }

            RejectControlCharacters(_position, _position + 1);
            builder.Append(c);
            _position++;
        }
    }

    private char Escape()
    {
        var letter = At(_position + 1);
        if (letter == 'u')
        {
            if (_position + 6 > _text.Length
                || !ushort.TryParse(_text.AsSpan(_position + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                throw Unexpected("expected four hexadecimal digits after \\u", 2);
            }

            _position += 6;
            return (char)code;
        }

        var unescaped = letter switch
        {
            '"' => '"',
            '\\' => '\\',
            '/' => '/',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => throw Unexpected("expected an escape: one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX (a backslash itself is written \\\\)", 2),
        };
        _position += 2;
        return unescaped;
    }

    private void RejectControlCharacters(int start, int end)
    {
        var at = _text.AsSpan(start, end - start).IndexOfAnyInRange('\0', '\u001f');
        if (at >= 0)
        {
            _position = start + at;
            throw Unexpected($"a quoted string may not contain the control character U+{(int)_text[_position]:X4}; write it as an escape");
        }
    }

    private Token TripleQuoted()
    {
        var opening = Make(TokenKind.TripleQuoted);
        var start = _position + 3;
        var close = _text.IndexOf("\"\"\"", start, StringComparison.Ordinal);
        if (close < 0)
        {
            throw HoconFormatException.AtColumn(
                source.At(opening.Line, opening.Column), "this string is not closed: found the end of the text, expected '\"\"\"'");
        }

        // Of more than three closing quotes the last three close, the others belong to the string.
        while (At(close + 3) == '"')
        {
            close++;
        }

        for (_position = start; _position < close;)
        {
            var newLine = _text.AsSpan(_position, close - _position).IndexOf('\n');
            if (newLine < 0)
            {
                break;
            }

            _position += newLine + 1;
            StartLine();
        }

        _position = close + 3;
        return opening with { Text = _text[start..close] };
    }

    private HoconFormatException Unexpected(string advice, int length = 1)
    {
        var found = _text.Substring(_position, Math.Min(length, _text.Length - _position));
        return HoconFormatException.AtColumn(Here, $"found '{found}': {advice}");
    }
}
