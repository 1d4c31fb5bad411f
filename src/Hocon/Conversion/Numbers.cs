using System.Globalization;
using Actors.Hocon.Syntax;

namespace Actors.Hocon.Conversion;

/// <summary>Text to numbers, by the rules of JSON, and to booleans.</summary>
internal static class Numbers
{
    /// <summary>A number without a fraction: 1.5e3 is one as well.</summary>
    public static bool TryInteger(string text, out long value)
    {
        value = 0;
        if (!Literals.IsNumber(text))
        {
            return false;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || number != decimal.Truncate(number) || number is < long.MinValue or > long.MaxValue)
        {
            return false;
        }

        value = (long)number;
        return true;
    }

    public static bool TryDouble(string text, out double value)
    {
        value = 0;
        return Literals.IsNumber(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    public static bool TryBoolean(string text, out bool value)
    {
        value = text is "true" or "on" or "yes";
        return value || text is "false" or "off" or "no";
    }
}
