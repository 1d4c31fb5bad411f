using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>Text without quotes.</summary>
public sealed class HoconUnquotedString : HoconLiteral
{
    public HoconUnquotedString(IHoconElement? parent, string value)
        : base(parent, value)
    {
    }

    public override HoconType Type => HoconType.String;

    public override HoconLiteralType LiteralType => HoconLiteralType.UnquotedString;

    public override IHoconElement Clone(IHoconElement? newParent) => new HoconUnquotedString(newParent, Value!) { Origin = Origin };
}

/// <summary>Text in quotes.</summary>
public sealed class HoconQuotedString : HoconLiteral
{
    public HoconQuotedString(IHoconElement? parent, string value)
        : base(parent, value)
    {
    }

    public override HoconType Type => HoconType.String;

    public override HoconLiteralType LiteralType => HoconLiteralType.QuotedString;

    public override string Raw => Quoting.Quote(Value!);

    public override IHoconElement Clone(IHoconElement? newParent) => new HoconQuotedString(newParent, Value!) { Origin = Origin };
}

/// <summary>Text in three quotes, which may run over several lines.</summary>
public sealed class HoconTripleQuotedString : HoconLiteral
{
    public HoconTripleQuotedString(IHoconElement? parent, string value)
        : base(parent, value)
    {
    }

    public override HoconType Type => HoconType.String;

    public override HoconLiteralType LiteralType => HoconLiteralType.TripleQuotedString;

    public override string Raw => $"\"\"\"{Value}\"\"\"";

    public override IHoconElement Clone(IHoconElement? newParent) => new HoconTripleQuotedString(newParent, Value!) { Origin = Origin };
}

/// <summary>The whitespace between the parts of a concatenation.</summary>
public sealed class HoconWhitespace : HoconLiteral
{
    public HoconWhitespace(IHoconElement? parent, string value)
        : base(parent, value)
    {
    }

    public override HoconType Type => HoconType.String;

    public override HoconLiteralType LiteralType => HoconLiteralType.Whitespace;

    public override IHoconElement Clone(IHoconElement? newParent) => new HoconWhitespace(newParent, Value!) { Origin = Origin };
}
