using System.Globalization;

namespace Actors.Hocon.Conversion;

/// <summary>Text to numbers and booleans. Integers may be written decimal, 0x hexadecimal, 0 octal, or as 1.5e3 when that is whole.</summary>
internal static class Numbers
{
    public static bool TryInteger(string text, out long value)
    {
        var span = text.AsSpan().Trim();
        if (long.TryParse(span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && !IsOctal(span))
        {
            return true;
        }

        var negative = span is ['-', ..];
        var digits = negative ? span[1..] : span;
        if (digits is ['0', 'x' or 'X', ..])
        {
            var parsed = ulong.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex);
            return ToSigned(parsed, hex, negative, out value);
        }

        if (IsOctal(span))
        {
            return TryOctal(digits, negative, out value);
        }

        if (decimal.TryParse(span, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue)
        {
            value = (long)number;
            return true;
        }

        return false;
    }

    public static bool TryDouble(string text, out double value) =>
        IsPlainDecimal(text)
            ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && !double.IsInfinity(value)
            : ViaInteger(text, out value);

    public static bool TryDecimal(string text, out decimal value)
    {
        if (IsPlainDecimal(text))
        {
            return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        }

        var parsed = TryInteger(text, out var integer);
        value = integer;
        return parsed;
    }

    public static bool TryBoolean(string text, out bool value)
    {
        value = text is "true" or "on" or "yes";
        return value || text is "false" or "off" or "no";
    }

    private static bool ViaInteger(string text, out double value)
    {
        var parsed = TryInteger(text, out var integer);
        value = integer;
        return parsed;
    }

    private static bool IsPlainDecimal(string text)
    {
        var span = text.AsSpan().Trim();
        return span.IndexOfAny('x', 'X') < 0 && !IsOctal(span);
    }

    private static bool IsOctal(ReadOnlySpan<char> text)
    {
        var digits = text is ['-', ..] ? text[1..] : text;
        return digits.Length > 1 && digits[0] == '0' && !digits.ContainsAnyExceptInRange('0', '7');
    }

    private static bool TryOctal(ReadOnlySpan<char> digits, bool negative, out long value)
    {
        var magnitude = 0UL;
        foreach (var digit in digits)
        {
            if (magnitude > ulong.MaxValue >> 3)
            {
                value = 0;
                return false;
            }

            magnitude = (magnitude << 3) | (uint)(digit - '0');
        }

        return ToSigned(true, magnitude, negative, out value);
    }

    private static bool ToSigned(bool parsed, ulong magnitude, bool negative, out long value)
    {
        value = negative ? unchecked(-(long)magnitude) : (long)magnitude;
        return parsed && magnitude <= long.MaxValue;
    }
}
