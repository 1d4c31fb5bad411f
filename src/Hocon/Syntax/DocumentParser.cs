using System.Runtime.CompilerServices;

namespace Actors.Hocon.Syntax;

/// <summary>
/// Tokens to document tree, by recursive descent. Fields go into their objects as they are read, so that duplicate
/// keys, dotted keys and included files merge in the order in which they are written.
/// </summary>
internal sealed class DocumentParser
{
    private readonly SourceText _source;
    private readonly TokenReader _reader;
    private readonly IncludeLoader _includes;
    private readonly KeyParser _keys;

    /// <summary>Where the text was included; null inside an array, where nothing has a path.</summary>
    private readonly string[]? _rootPath;

    /// <summary>Path of the object being read.</summary>
    private readonly List<string> _path;
    private int _openArrays;
    private int _depth;

    private DocumentParser(SourceText source, IncludeLoader includes, IncludePlace place)
    {
        _source = source;
        _reader = new TokenReader(source);
        _keys = new KeyParser(_reader);
        _includes = includes;
        _rootPath = place.Path;
        _path = [.. place.Path ?? []];
        _depth = place.Depth;
    }

    /// <summary>Parses a document into an object that may have fields already.</summary>
    /// <returns>The target; or the array that the document is, and then the target is as it was.</returns>
    public static Node ParseDocument(SourceText source, IncludeLoader includes, ObjectNode target) =>
        new DocumentParser(source, includes, new IncludePlace([], 0)).ParseDocument(target);

    /// <summary>Parses the text of an include statement into the object that the statement stands in.</summary>
    /// <inheritdoc cref="ParseDocument(SourceText, IncludeLoader, ObjectNode)"/>
    public static Node ParseIncluded(SourceText source, IncludeLoader includes, ObjectNode target, IncludePlace place) =>
        new DocumentParser(source, includes, place).ParseDocument(target);

    /// <summary>Parses one value and assigns it to a key.</summary>
    public static void ParseAssignment(string[] key, SourceText value, IncludeLoader includes, ObjectNode target)
    {
        var parser = new DocumentParser(value, includes, new IncludePlace([], 0));
        var origin = parser._reader.Origin;
        parser._reader.SkipWhitespaceAndNewLines();
        parser.ParseAndAssign(key, origin, isAppend: false, target);
        parser._reader.SkipWhitespaceAndNewLines();
        if (parser._reader.Current.Kind != TokenKind.End)
        {
            throw parser._reader.Unexpected("the end of the value");
        }
    }

    private Node ParseDocument(ObjectNode target)
    {
        _reader.SkipWhitespaceAndNewLines();
        Node root = target;
        switch (_reader.Current.Kind)
        {
            case TokenKind.ArrayStart:
                root = ParseArray();
                break;
            case TokenKind.ObjectStart:
                ParseObject(target);
                break;
            default:
                ParseFields(target, TokenKind.End);
                return target;
        }

        _reader.SkipWhitespaceAndNewLines();
        return _reader.Current.Kind == TokenKind.End
            ? root
            : throw _reader.Unexpected($"the end of the text after the closing {(root is ArrayNode ? "']'" : "'}'")} of the root");
    }

    private ObjectNode ParseObject(ObjectNode target)
    {
        var opening = _reader.Take();
        Descend(opening);
        ParseFields(target, TokenKind.ObjectEnd, opening);
        _reader.Take();
        _depth--;
        return target;
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
        var origin = _reader.Origin;
        var key = _keys.ParseKey();
        var separator = _reader.Current.Kind;
        if (separator != TokenKind.ObjectStart)
        {
            _reader.Take();
            _reader.SkipWhitespaceAndNewLines();
        }

        ParseAndAssign(key, origin, separator == TokenKind.PlusEquals, target);
    }

    private void ParseAndAssign(string[] key, Origin origin, bool isAppend, ObjectNode target)
    {
        _path.AddRange(key);
        _depth += key.Length - 1;
        CheckDepth(origin);
        var value = ParseValue();
        foreach (var section in key.AsSpan(0, key.Length - 1))
        {
            target = target.GetOrAdd(section).ObjectToExtend(origin);
        }

        target.GetOrAdd(key[^1]).Assign(isAppend ? new AppendNode(value.Origin, value) : value, origin);
        _path.RemoveRange(_path.Count - key.Length, key.Length);
        _depth -= key.Length - 1;
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
            if (_reader.Current.Kind is TokenKind.End or TokenKind.ObjectEnd)
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
                case TokenKind.Quoted or TokenKind.TripleQuoted:
                    concatenation.Add(new LiteralNode(_reader.Origin, ScalarKind.String, _reader.Take().Text, isQuoted: true));
                    break;
                case TokenKind.Whitespace:
                    concatenation.Add(new LiteralNode(_reader.Origin, ScalarKind.String, _reader.Take().Text) { IsWhitespace = true });
                    break;
                case TokenKind.SubstitutionStart or TokenKind.OptionalSubstitutionStart:
                    concatenation.Add(ParseSubstitution());
                    break;
                case TokenKind.ObjectStart:
                    concatenation.Add(ParseObject(new ObjectNode(_reader.Origin) { IsInBraces = true }));
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
        var path = _keys.ParseSubstitutionPath(out var isList);
        var prefix = _rootPath?.Length ?? 0;
        if (prefix + path.Length > Limits.Depth)
        {
            throw HoconFormatException.AtColumn(origin, $"this path has more than {Limits.Depth} elements");
        }

        return new SubstitutionNode(origin, prefix == 0 ? path : [.. _rootPath!, .. path], prefix, isOptional) { IsList = isList };
    }

    private bool TryParseInclude(ObjectNode target)
    {
        if (_reader.Current is not { Kind: TokenKind.Unquoted, Text: "include" })
        {
            return false;
        }

        var statement = IncludeStatement.Parse(_reader);
        var path = _openArrays > 0 || _rootPath is null ? null : _path.ToArray();
        _includes.Load(statement, _source, target, new IncludePlace(path, _depth));
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
            throw HoconFormatException.AtColumn(at, $"objects, arrays and keys are nested more than {Limits.Depth} levels deep");
        }

        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw HoconFormatException.AtColumn(at, "objects and arrays are nested too deep for the stack of this thread");
        }
    }
}
