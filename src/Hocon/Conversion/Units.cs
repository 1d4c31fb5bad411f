using System.Globalization;
using Actors.Hocon.Syntax;

namespace Actors.Hocon.Conversion;

/// <summary>A number and the unit behind it, as in <c>10 ms</c>.</summary>
internal static class Units
{
    public static bool TrySplit(string text, out decimal number, out ReadOnlySpan<char> unit)
    {
        var span = text.AsSpan().Trim();
        var end = span.Length;
        while (end > 0 && char.IsLetter(span[end - 1]))
        {
            end--;
        }

        unit = span[end..];
        var digits = span[..end].TrimEnd();
        number = 0;
        return Literals.IsNumber(digits) && decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }
}
