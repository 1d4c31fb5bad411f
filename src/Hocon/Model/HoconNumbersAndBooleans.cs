namespace Actors.Hocon;

/// <summary>true or false (or on, off, yes, no).</summary>
public sealed class HoconBool : HoconLiteral
{
    public HoconBool(IHoconElement? parent, string value)
        : base(parent, value)
    {
    }

    public override HoconType Type => HoconType.Boolean;

    public override HoconLiteralType LiteralType => HoconLiteralType.Bool;

    public override IHoconElement Clone(IHoconElement? newParent) => new HoconBool(newParent, Value!) { Origin = Origin };
}

/// <summary>A whole number.</summary>
public sealed class HoconLong : HoconLiteral
{
    public HoconLong(IHoconElement? parent, string value)
        : base(parent, value)
    {
    }

    public override HoconType Type => HoconType.Number;

    public override HoconLiteralType LiteralType => HoconLiteralType.Long;

    public override IHoconElement Clone(IHoconElement? newParent) => new HoconLong(newParent, Value!) { Origin = Origin };
}

/// <summary>A whole number written 0x...</summary>
public sealed class HoconHex : HoconLiteral
{
    public HoconHex(IHoconElement? parent, string value)
        : base(parent, value)
    {
    }

    public override HoconType Type => HoconType.Number;

    public override HoconLiteralType LiteralType => HoconLiteralType.Hex;

    public override IHoconElement Clone(IHoconElement? newParent) => new HoconHex(newParent, Value!) { Origin = Origin };
}

/// <summary>A whole number written with a leading 0.</summary>
public sealed class HoconOctal : HoconLiteral
{
    public HoconOctal(IHoconElement? parent, string value)
        : base(parent, value)
    {
    }

    public override HoconType Type => HoconType.Number;

    public override HoconLiteralType LiteralType => HoconLiteralType.Octal;

    public override IHoconElement Clone(IHoconElement? newParent) => new HoconOctal(newParent, Value!) { Origin = Origin };
}

/// <summary>A number with a fraction or exponent.</summary>
public sealed class HoconDouble : HoconLiteral
{
    public HoconDouble(IHoconElement? parent, string value)
        : base(parent, value)
    {
    }

    public override HoconType Type => HoconType.Number;

    public override HoconLiteralType LiteralType => HoconLiteralType.Double;

    public override IHoconElement Clone(IHoconElement? newParent) => new HoconDouble(newParent, Value!) { Origin = Origin };
}

/// <summary>null.</summary>
public sealed class HoconNull : HoconLiteral
{
    public HoconNull(IHoconElement? parent)
        : base(parent, null)
    {
    }

    public override HoconType Type => HoconType.Empty;

    public override HoconLiteralType LiteralType => HoconLiteralType.Null;

    public override string? Value => null;

    public override string Raw => "null";

    public override IHoconElement Clone(IHoconElement? newParent) => new HoconNull(newParent) { Origin = Origin };
}
