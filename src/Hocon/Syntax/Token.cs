namespace Actors.Hocon.Syntax;

internal enum TokenKind : byte
{
    End,
    NewLine,
    Comma,
    Colon,
    Equals,
    PlusEquals,
    ObjectStart,
    ObjectEnd,
    ArrayStart,
    ArrayEnd,
    Whitespace,
    Unquoted,
    Quoted,
    TripleQuoted,
    SubstitutionStart,
    OptionalSubstitutionStart,
}

/// <summary><paramref name="Text"/> is the unescaped text of strings and whitespace, and empty for the rest.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Line, int Column)
{
    /// <summary>The token as an error message names it.</summary>
    public string Describe() => Kind switch
    {
        TokenKind.End => "the end of the text",
        TokenKind.NewLine => "the end of the line",
        TokenKind.Comma => "','",
        TokenKind.Colon => "':'",
        TokenKind.Equals => "'='",
        TokenKind.PlusEquals => "'+='",
        TokenKind.ObjectStart => "'{'",
        TokenKind.ObjectEnd => "'}'",
        TokenKind.ArrayStart => "'['",
        TokenKind.ArrayEnd => "']'",
        TokenKind.SubstitutionStart => "'${'",
        TokenKind.OptionalSubstitutionStart => "'${?'",
        TokenKind.Whitespace => "whitespace",
        TokenKind.Unquoted => $"'{Excerpt(Text)}'",
        _ => $"\"{Excerpt(Text)}\"",
    };

    private static string Excerpt(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 40), "...");
}
