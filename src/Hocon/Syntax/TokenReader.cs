namespace Actors.Hocon.Syntax;

/// <summary>The tokens of one text with the next one in view, and the errors that name it.</summary>
internal sealed class TokenReader
{
    private readonly SourceText _source;
    private readonly Tokenizer _tokenizer;

    public TokenReader(SourceText source)
    {
        _source = source;
        _tokenizer = new Tokenizer(source);
        Current = _tokenizer.Next();
    }

    public Token Current { get; private set; }

    public Origin Origin => OriginOf(Current);

    public Origin OriginOf(Token token) => _source.At(token.Line, token.Column);

    public Token Take()
    {
        var token = Current;
        if (token.Kind != TokenKind.End)
        {
            Current = _tokenizer.Next();
        }

        return token;
    }

    public void SkipWhitespace()
    {
        while (Current.Kind == TokenKind.Whitespace)
        {
            Take();
        }
    }

    /// <returns>Whether there was a newline among it.</returns>
    public bool SkipWhitespaceAndNewLines()
    {
        var newLine = false;
        while (Current.Kind is TokenKind.Whitespace or TokenKind.NewLine)
        {
            newLine |= Take().Kind == TokenKind.NewLine;
        }

        return newLine;
    }

    public HoconFormatException Unexpected(string expected) =>
        HoconFormatException.AtColumn(Origin, $"found {Current.Describe()}, expected {expected}");
}
