using System.Text;

namespace Actors.Host.Configuration;

/// <summary>
/// Reads a HOCON text only for the places of its keys and of its includes; values are passed over. The HOCON library
/// gives values without their place, and an error message needs it.
/// </summary>
/// <remarks>
/// A text that is not HOCON may yield wrong places but never an exception: the library's parser judges it.
/// Grammar: HOCON.md, "Syntax".
/// </remarks>
internal sealed class KeyScanner
{
    private readonly string _text;
    private readonly Action<IReadOnlyList<string>, int> _onKey;
    private readonly Action<Include> _onInclude;
    private readonly List<string> _path = [];
    private int _at;
    private int _line = 1;

    private KeyScanner(string text, Action<IReadOnlyList<string>, int> onKey, Action<Include> onInclude)
    {
        _text = text;
        _onKey = onKey;
        _onInclude = onInclude;
    }

    /// <summary>An include statement.</summary>
    /// <param name="Under">The path of the object that it stands in.</param>
    /// <param name="Name">The quoted file name.</param>
    /// <param name="NameStart">The index of the name in the text, behind the quote.</param>
    /// <param name="Line">Counted from 1.</param>
    public sealed record Include(IReadOnlyList<string> Under, string Name, int NameStart, int Line);

    /// <summary>Calls back for each key (with its full path and line) and each include, in the order of the text.</summary>
    public static void Scan(string text, Action<IReadOnlyList<string>, int> onKey, Action<Include> onInclude)
    {
        var scanner = new KeyScanner(text, onKey, onInclude);
        scanner.SkipBlank();
        if (scanner.Peek() == '{') scanner._at++;
        while (scanner._at < text.Length)
        {
            scanner.Fields();
            // An unbalanced closing brace: the parser reports it.
            scanner.Advance();
        }
    }

    private char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private void Advance()
    {
        if (_at >= _text.Length) return;
        if (_text[_at++] == '\n') _line++;
    }

    /// <summary>The fields of an object, up to its closing brace or the end of the text.</summary>
    private void Fields()
    {
        while (true)
        {
            SkipBlank();
            if (_at >= _text.Length || Peek() == '}') return;
            if (TryInclude()) continue;
            var line = _line;
            var keys = Key();
            if (keys.Count == 0)
            {
                Advance();
                continue;
            }
            _path.AddRange(keys);
            _onKey(_path, line);
            SkipSpaces();
            if (Peek() == '+' && Peek(1) == '=') _at += 2;
            else if (Peek() is ':' or '=') _at++;
            SkipSpacesAndLines();
            Value();
            _path.RemoveRange(_path.Count - keys.Count, keys.Count);
        }
    }

    private bool TryInclude()
    {
        if (string.CompareOrdinal(_text, _at, "include", 0, 7) != 0 || Peek(7) is not (' ' or '\t' or '"')) return false;
        var end = _text.IndexOf('\n', _at);
        if (end < 0) end = _text.Length;
        var open = _text.IndexOf('"', _at, end - _at);
        var close = open < 0 ? -1 : _text.IndexOf('"', open + 1, end - open - 1);
        if (close < 0) return false;
        _onInclude(new Include([.. _path], _text[(open + 1)..close], open + 1, _line));
        _at = close + 1;
        while (Peek() is ')' or ' ' or '\t') _at++;
        return true;
    }

    private List<string> Key()
    {
        var keys = new List<string>();
        var part = new StringBuilder();
        var quoted = false;
        while (_at < _text.Length)
        {
            var c = Peek();
            if (c == '"')
            {
                part.Append(Quoted());
                quoted = true;
            }
            else if (c == '.')
            {
                Take();
                _at++;
            }
            else if (c is ':' or '=' or '{' or '}' or '[' or ']' or ',' or '\n' or '#' || (c == '+' && Peek(1) == '='))
            {
                break;
            }
            else
            {
                part.Append(c);
                Advance();
            }
        }
        Take();
        return keys;

        void Take()
        {
            var name = quoted ? part.ToString() : part.ToString().Trim();
            if (name.Length > 0) keys.Add(name.Trim());
            part.Clear();
            quoted = false;
        }
    }

    /// <summary>Passes over a value, a concatenation of parts; objects in it have keys.</summary>
    private void Value()
    {
        while (_at < _text.Length)
        {
            switch (Peek())
            {
                case '\n' or ',' or '}' or ']':
                    return;
                case '#':
                case '/' when Peek(1) == '/':
                    SkipComment();
                    break;
                case '{':
                    _at++;
                    Fields();
                    Advance();
                    break;
                case '[':
                    Array();
                    break;
                case '"':
                    Quoted();
                    break;
                case '$' when Peek(1) == '{':
                    while (_at < _text.Length && Peek() is not ('}' or '\n')) _at++;
                    if (Peek() == '}') _at++;
                    break;
                default:
                    Advance();
                    break;
            }
        }
    }

    private void Array()
    {
        _at++;
        while (_at < _text.Length && Peek() != ']')
        {
            Value();
            if (Peek() is ',' or '\n') Advance();
            else if (Peek() == '}') return;
        }
        if (Peek() == ']') _at++;
    }

    private string Quoted()
    {
        if (string.CompareOrdinal(_text, _at, "\"\"\"", 0, 3) == 0)
        {
            var end = _text.IndexOf("\"\"\"", _at + 3, StringComparison.Ordinal);
            var stop = end < 0 ? _text.Length : end + 3;
            var body = _text[(_at + 3)..(end < 0 ? stop : end)];
            while (_at < stop) Advance();
            return body;
        }
        var text = new StringBuilder();
        for (_at++; _at < _text.Length && Peek() is not ('"' or '\n'); Advance())
        {
            if (Peek() == '\\') _at++;
            text.Append(Peek());
        }
        if (Peek() == '"') _at++;
        return text.ToString();
    }

    private void SkipBlank()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(Peek()) || Peek() is ',' or '\uFEFF') Advance();
            else if (Peek() == '#' || (Peek() == '/' && Peek(1) == '/')) SkipComment();
            else return;
        }
    }

    private void SkipSpaces()
    {
        while (Peek() is ' ' or '\t' or '\r') _at++;
    }

    private void SkipSpacesAndLines()
    {
        while (_at < _text.Length && char.IsWhiteSpace(Peek())) Advance();
    }

    private void SkipComment()
    {
        while (_at < _text.Length && Peek() != '\n') _at++;
    }
}
