namespace Actors.Hocon.Syntax;

/// <summary>
/// Tokens to document tree, by recursive descent. Fields go into their objects as they are read, so that duplicate
/// keys, dotted keys and included files merge in the order in which they are written.
/// </summary>
internal sealed class DocumentParser
{
    private readonly TokenReader _reader;
    private readonly IncludeLoader _includes;
    private readonly KeyParser _keys;

    /// <summary>Where the text was included; null inside an array, where nothing has a path.</summary>
    private readonly string[]? _rootPath;

    /// <summary>Path of the object being read.</summary>
    private readonly List<string> _path;
    private int _openArrays;
    private int _depth;

    private DocumentParser(string text, string? source, IncludeLoader includes, string[]? path, int depth)
    {
        _reader = new TokenReader(text, source);
        _keys = new KeyParser(_reader);
        _includes = includes;
        _rootPath = path;
        _path = path is null ? [] : [.. path];
        _depth = depth;
    }

    /// <returns>The root: an object, or an array.</returns>
    public static Node Parse(string text, string? source, IncludeLoader includes) =>
        new DocumentParser(text, source, includes, [], 0).ParseDocument();

    /// <summary>Parses the text of an include statement in an object at <paramref name="path"/>.</summary>
    public static Node ParseIncluded(string text, string? source, IncludeLoader includes, string[]? path, int depth) =>
        new DocumentParser(text, source, includes, path, depth).ParseDocument();

    private Node ParseDocument()
    {
        _reader.SkipWhitespaceAndNewLines();
        Node root;
        switch (_reader.Current.Kind)
        {
            case TokenKind.ArrayStart:
                root = ParseArray();
                break;
            case TokenKind.ObjectStart:
                root = ParseObject();
                break;
            default:
                var document = new ObjectNode(_reader.Origin);
                ParseFields(document, TokenKind.End);
                return document;
        }

        _reader.SkipWhitespaceAndNewLines();
        return _reader.Current.Kind == TokenKind.End
            ? root
            : throw _reader.Unexpected($"the end of the text after the closing {(root is ArrayNode ? "']'" : "'}'")} of the root");
    }

    private ObjectNode ParseObject()
    {
        var result = new ObjectNode(_reader.Origin);
        var opening = _reader.Take();
        Descend(opening);
        ParseFields(result, TokenKind.ObjectEnd, opening);
        _reader.Take();
        _depth--;
        return result;
    }

    private void ParseFields(ObjectNode target, TokenKind end, Token opening = default)
    {
        _reader.SkipWhitespaceAndNewLines();
        while (_reader.Current.Kind != end)
        {
            if (_reader.Current.Kind == TokenKind.End)
            {
                throw _reader.Unexpected($"'}}' to close the '{{' of line {opening.Line}, column {opening.Column}");
            }

            if (!TryParseInclude(target))
            {
                ParseField(target);
            }

            SkipSeparator(end, end == TokenKind.End ? "',' or a new line before the next key" : "',', a new line or '}'");
        }
    }

    private void ParseField(ObjectNode target)
    {
        var keyOrigin = _reader.Origin;
        var path = _keys.ParseKey();
        _path.AddRange(path);
        _depth += path.Length - 1;
        CheckDepth(keyOrigin);

        var separator = _reader.Current;
        if (separator.Kind != TokenKind.ObjectStart)
        {
            _reader.Take();
            _reader.SkipWhitespaceAndNewLines();
        }

        var value = ParseValue();
        if (separator.Kind == TokenKind.PlusEquals)
        {
            value = new AppendNode(value.Origin, value);
        }

        for (var i = 0; i < path.Length - 1; i++)
        {
            target = target.GetOrAdd(path[i], keyOrigin).ObjectToExtend(keyOrigin);
        }

        target.GetOrAdd(path[^1], keyOrigin).Assign(value);
        _path.RemoveRange(_path.Count - path.Length, path.Length);
        _depth -= path.Length - 1;
    }

    private ArrayNode ParseArray()
    {
        var origin = _reader.Origin;
        var opening = _reader.Take();
        Descend(opening);
        _openArrays++;
        var items = new List<Node>();
        _reader.SkipWhitespaceAndNewLines();
        while (_reader.Current.Kind != TokenKind.ArrayEnd)
        {
            if (_reader.Current.Kind == TokenKind.End)
            {
                throw _reader.Unexpected($"']' to close the '[' of line {opening.Line}, column {opening.Column}");
            }

            items.Add(ParseValue());
            SkipSeparator(TokenKind.ArrayEnd, "',', a new line or ']'");
        }

        _reader.Take();
        _openArrays--;
        _depth--;
        return new ArrayNode(origin, items);
    }

    /// <summary>After a field or element: a comma, a newline or the end; one comma at most.</summary>
    private void SkipSeparator(TokenKind end, string expected)
    {
        var newLine = _reader.SkipWhitespaceAndNewLines();
        if (_reader.Current.Kind == TokenKind.Comma)
        {
            _reader.Take();
            _reader.SkipWhitespaceAndNewLines();
        }
        else if (!newLine && _reader.Current.Kind != end && _reader.Current.Kind != TokenKind.End)
        {
            throw _reader.Unexpected(_reader.Current.Kind == TokenKind.Colon ? expected + " (text that contains ':' has to be quoted)" : expected);
        }
    }

    private Node ParseValue()
    {
        var concatenation = new ConcatenationBuilder(_reader.Origin);
        while (true)
        {
            switch (_reader.Current.Kind)
            {
                case TokenKind.Unquoted:
                    concatenation.Add(Literals.FromUnquoted(_reader.Origin, _reader.Take().Text));
                    break;
                case TokenKind.Quoted:
                    concatenation.Add(new LiteralNode(_reader.Origin, HoconLiteralType.QuotedString, _reader.Take().Text));
                    break;
                case TokenKind.TripleQuoted:
                    concatenation.Add(new LiteralNode(_reader.Origin, HoconLiteralType.TripleQuotedString, _reader.Take().Text));
                    break;
                case TokenKind.Whitespace:
                    concatenation.Add(new LiteralNode(_reader.Origin, HoconLiteralType.Whitespace, _reader.Take().Text));
                    break;
                case TokenKind.SubstitutionStart or TokenKind.OptionalSubstitutionStart:
                    concatenation.Add(ParseSubstitution());
                    break;
                case TokenKind.ObjectStart:
                    concatenation.Add(ParseObject());
                    break;
                case TokenKind.ArrayStart:
                    concatenation.Add(ParseArray());
                    break;
                default:
                    return concatenation.Build() ?? throw _reader.Unexpected("a value");
            }
        }
    }

    private SubstitutionNode ParseSubstitution()
    {
        var origin = _reader.Origin;
        var isOptional = _reader.Take().Kind == TokenKind.OptionalSubstitutionStart;
        var path = _keys.ParseSubstitutionPath();
        var prefix = _rootPath?.Length ?? 0;
        if (prefix + path.Length > Limits.Depth)
        {
            throw new HoconParserException(origin, $"this path has more than {Limits.Depth} elements");
        }

        return new SubstitutionNode(origin, prefix == 0 ? path : [.. _rootPath!, .. path], prefix, isOptional);
    }

    private bool TryParseInclude(ObjectNode target)
    {
        if (_reader.Current is not { Kind: TokenKind.Unquoted, Text: "include" })
        {
            return false;
        }

        var statement = IncludeStatement.Parse(_reader);
        if (_includes.Load(statement, _openArrays > 0 || _rootPath is null ? null : [.. _path], _depth) is { } included)
        {
            target.Absorb(included);
        }

        return true;
    }

    private void Descend(Token at)
    {
        _depth++;
        CheckDepth(_reader.OriginOf(at));
    }

    private void CheckDepth(Origin at)
    {
        if (_depth > Limits.Depth)
        {
            throw new HoconParserException(at, $"objects, arrays and keys are nested more than {Limits.Depth} levels deep");
        }
    }
}
