namespace Actors.Hocon;

/// <summary>What a literal was written as.</summary>
public enum HoconLiteralType
{
    Null,
    Whitespace,
    UnquotedString,
    QuotedString,
    TripleQuotedString,
    Bool,
    Long,
    Hex,
    Octal,
    Double,
}
