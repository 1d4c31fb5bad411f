using System.Globalization;

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
        return decimal.TryParse(span[..end].TrimEnd(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number);
    }
}
