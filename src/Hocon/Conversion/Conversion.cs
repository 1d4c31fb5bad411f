using Actors.Hocon.Syntax;

namespace Actors.Hocon.Conversion;

internal delegate bool TryParse<T>(string text, out T value);

/// <summary>How a literal becomes a value of a .NET type, and what an error says was expected.</summary>
internal sealed record Conversion<T>(string Expected, TryParse<T> TryParse)
{
    /// <summary>For getters: made once, so that reading a value allocates nothing.</summary>
    public Func<HoconValue, T> Get => field ??= value => value.Convert(this);

    public Func<HoconValue, IList<T>> GetList => field ??= value => value.ConvertList(this);

    public bool TryConvert(Node node, out T value)
    {
        value = default!;
        return node is LiteralNode { Kind: not HoconLiteralType.Null } literal && TryParse(literal.Text, out value);
    }

    /// <param name="problem">What was found, where, and what was expected.</param>
    public bool TryConvert(Node node, out T value, out string problem)
    {
        problem = "";
        if (TryConvert(node, out value))
        {
            return true;
        }

        problem = $"found {node.Describe()} ({node.Origin}), expected {Expected}";
        return false;
    }

    public bool TryConvertList(Node node, out List<T> values, out string problem)
    {
        values = [];
        if (Conversions.Items(node) is not { } items)
        {
            problem = $"found {node.Describe()} ({node.Origin}), expected an array, each element {Expected}";
            return false;
        }

        for (var i = 0; i < items.Count; i++)
        {
            if (!TryConvert(items[i], out var value, out problem))
            {
                problem = $"element {i}: {problem}";
                return false;
            }

            values.Add(value);
        }

        problem = "";
        return true;
    }
}

internal static class Conversions
{
    public static readonly Conversion<string> String = new("a string, number or boolean", static (string text, out string value) =>
    {
        value = text;
        return true;
    });

    public static readonly Conversion<bool> Boolean = new("a boolean: true, on, yes, false, off or no", Numbers.TryBoolean);

    public static readonly Conversion<byte> Byte = Integer($"a whole number from {byte.MinValue} to {byte.MaxValue}", byte.MinValue, byte.MaxValue, static v => (byte)v);

    public static readonly Conversion<int> Int32 = Integer($"a whole number from {int.MinValue} to {int.MaxValue}", int.MinValue, int.MaxValue, static v => (int)v);

    public static readonly Conversion<long> Int64 = new("a whole number of 64 bits", Numbers.TryInteger);

    public static readonly Conversion<decimal> Decimal = new("a decimal number", Numbers.TryDecimal);

    public static readonly Conversion<double> Double = new("a number", Numbers.TryDouble);

    public static readonly Conversion<float> Single = new("a number", static (string text, out float value) =>
    {
        var parsed = Numbers.TryDouble(text, out var number);
        value = (float)number;
        return parsed && !float.IsInfinity(value);
    });

    public static readonly Conversion<TimeSpan> Duration = new(Durations.ExpectedOrInfinite, static (string text, out TimeSpan value) => Durations.TryParse(text, true, out value));

    public static readonly Conversion<TimeSpan> FiniteDuration = new(Durations.Expected, static (string text, out TimeSpan value) => Durations.TryParse(text, false, out value));

    public static readonly Conversion<long> ByteSize = new(ByteSizes.Expected, ByteSizes.TryParse);

    /// <summary>The elements of an array, or of an object whose keys are all numbers, in their order; null for the rest.</summary>
    public static List<Node>? Items(Node node)
    {
        if (node is ArrayNode array)
        {
            return array.Items;
        }

        if (node is not ObjectNode { Fields.Count: > 0 } fields)
        {
            return null;
        }

        var indexed = new List<(uint Index, Node Value)>();
        foreach (var field in fields.Fields)
        {
            if (!uint.TryParse(field.Key, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index))
            {
                return null;
            }

            indexed.Add((index, field.Value));
        }

        return [.. indexed.OrderBy(static i => i.Index).Select(static i => i.Value)];
    }

    private static Conversion<T> Integer<T>(string expected, long minimum, long maximum, Func<long, T> narrow) =>
        new(expected, (string text, out T value) =>
        {
            var parsed = Numbers.TryInteger(text, out var number) && number >= minimum && number <= maximum;
            value = parsed ? narrow(number) : default!;
            return parsed;
        });
}
