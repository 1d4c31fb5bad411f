namespace Actors.Hocon.Syntax;

/// <summary>Recognizes what an unquoted text that stands alone means.</summary>
internal static class Literals
{
    public static LiteralNode FromUnquoted(Origin origin, string text) => new(origin, KindOf(text), text);

    public static HoconLiteralType KindOf(ReadOnlySpan<char> text) => text switch
    {
        "null" => HoconLiteralType.Null,
        "true" or "false" or "on" or "off" or "yes" or "no" => HoconLiteralType.Bool,
        _ => NumberKind(text),
    };

    private static HoconLiteralType NumberKind(ReadOnlySpan<char> text)
    {
        var digits = text is ['-', ..] ? text[1..] : text;
        if (digits.IsEmpty || !char.IsAsciiDigit(digits[0]))
        {
            return HoconLiteralType.UnquotedString;
        }

        if (digits is ['0', 'x' or 'X', _, ..])
        {
            return AllHexDigits(digits[2..]) ? HoconLiteralType.Hex : HoconLiteralType.UnquotedString;
        }

        if (digits.Length > 1 && digits[0] == '0' && !digits.ContainsAnyExceptInRange('0', '7'))
        {
            return HoconLiteralType.Octal;
        }

        var i = CountDigits(digits);
        if (i == digits.Length)
        {
            return HoconLiteralType.Long;
        }

        if (digits[i] == '.')
        {
            var fraction = CountDigits(digits[(i + 1)..]);
            if (fraction == 0)
            {
                return HoconLiteralType.UnquotedString;
            }

            i += 1 + fraction;
        }

        if (i < digits.Length && (digits[i] | 0x20) == 'e')
        {
            i++;
            if (i < digits.Length && (digits[i] is '+' or '-'))
            {
                i++;
            }

            var exponent = CountDigits(digits[i..]);
            i = exponent == 0 ? -1 : i + exponent;
        }

        return i == digits.Length ? HoconLiteralType.Double : HoconLiteralType.UnquotedString;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    private static bool AllHexDigits(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }

        return true;
    }
}
