using Actors.Hocon.Conversion;

namespace Actors.Hocon;

/// <summary>The types that HOCON converts scalars to. A string is read like what it says: <c>"5"</c> is a whole number as well.</summary>
public static class ConfigTypes
{
    /// <summary>The text of a string, number or boolean.</summary>
    public static ConfigType<string> Text { get; } = OfText("a string, number or boolean", static (string text, out string result) =>
    {
        result = text;
        return true;
    });

    /// <summary><c>true</c>, <c>on</c>, <c>yes</c>, <c>false</c>, <c>off</c> or <c>no</c>.</summary>
    public static ConfigType<bool> Boolean { get; } = OfText<bool>("a boolean: true, on, yes, false, off or no", Numbers.TryBoolean);

    /// <summary>A whole number of 32 bits.</summary>
    public static ConfigType<int> Int32 { get; } = OfText($"a whole number from {int.MinValue} to {int.MaxValue}", static (string text, out int result) =>
    {
        var isWhole = Numbers.TryInteger(text, out var number) && number is >= int.MinValue and <= int.MaxValue;
        result = isWhole ? (int)number : 0;
        return isWhole;
    });

    /// <summary>A whole number of 64 bits.</summary>
    public static ConfigType<long> Int64 { get; } = OfText<long>("a whole number of 64 bits", Numbers.TryInteger);

    /// <summary>A number, with or without a fraction.</summary>
    public static ConfigType<double> Double { get; } = OfText<double>("a number", Numbers.TryDouble);

    /// <summary>A duration such as <c>10 ms</c>; milliseconds without a unit.</summary>
    public static ConfigType<TimeSpan> Duration { get; } = OfText<TimeSpan>(Durations.Expected, Durations.TryParse);

    /// <summary>A size in bytes such as <c>128 KiB</c>; bytes without a unit.</summary>
    public static ConfigType<long> Size { get; } = OfText<long>(Sizes.Expected, Sizes.TryParse);

    private delegate bool TextReader<T>(string text, out T result);

    private static ConfigType<T> OfText<T>(string expected, TextReader<T> read) => new(expected, (ConfigValue value, out T result) =>
    {
        result = default!;
        return value is ConfigScalar { Kind: not ScalarKind.Null } scalar && read(scalar.Text, out result);
    });
}
