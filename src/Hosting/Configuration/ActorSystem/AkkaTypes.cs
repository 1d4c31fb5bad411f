using System.Globalization;
using Actors.Hocon;
using Akka.Actor;
using Akka.Configuration;

namespace Actors.Hosting.Configuration;

/// <summary>The types of values in the akka section. A value has to be what Akka itself reads from it.</summary>
internal static class AkkaTypes
{
    private const string Infinite = "infinite";

    public static readonly KeyType Text = KeyType.Text;

    /// <summary>Whatever it is.</summary>
    public static readonly KeyType Any = Of("a value", static _ => true);

    public static readonly KeyType Texts = new KeyType<IReadOnlyList<string>>("a list of texts", ReadTexts);

    public static readonly KeyType Switch = Of("on or off", static value => Read(value, config => config.GetBoolean("x")) is not null);

    public static readonly KeyType SwitchOrCount = Of("on, off or a whole number", static value => Switch.Accepts(value) || IsCount(value, 0));

    /// <summary>Zero would be an endless loop, or a wait that always fails, for most of them.</summary>
    public static readonly KeyType Duration = Of($"a duration (ms, s, m, h) of more than 0 and at most {int.MaxValue} ms", static value => IsDuration(value, TimeSpan.FromTicks(1)));

    public static readonly KeyType DurationOrZero = Of($"a duration (ms, s, m, h) of at most {int.MaxValue} ms", static value => IsDuration(value, TimeSpan.Zero));

    public static readonly KeyType DurationOrInfinite = Of($"{Infinite} or a duration (ms, s, m, h) of more than 0 and at most {int.MaxValue} ms", static value => Is(value, Infinite) || Duration.Accepts(value));

    public static readonly KeyType Size = Of("a size in bytes (B, kB, k, M)", static value => IsSize(value));

    public static readonly KeyType SizeOrUnlimited = Of("unlimited or a size in bytes (B, kB, k, M)", static value => Is(value, "unlimited") || IsSize(value));

    public static readonly KeyType Number = Of("a number, 0 or more", static value => Read(value, config => config.GetDouble("x")) is >= 0 and < int.MaxValue);

    public static readonly KeyType CountOrWord = Of("a whole number, 1 or more, or scale-to-cpus", static value => Is(value, "scale-to-cpus") || IsCount(value, 1));

    public static readonly KeyType LogLevel = Words(ignoreCase: true, "DEBUG", "INFO", "WARNING", "ERROR", "OFF");

    /// <summary>A class that can be loaded now. Akka looks for a name without its assembly in its own.</summary>
    public static readonly KeyType Class = Of("a class that can be loaded, as \"Namespace.Class, Assembly\"", static value => ConfigTypes.Text.TryRead(value, out var name) && Find(name) is not null);

    public static readonly KeyType Loggers = ListOf("a list of actor classes that can be loaded, each as \"Namespace.Class, Assembly\"", typeof(ActorBase));

    public static readonly KeyType Extensions = ListOf("a list of extensions that can be loaded, each as \"Namespace.Class, Assembly\"", typeof(IExtensionId));

    /// <summary>A whole number that is at least so much.</summary>
    public static KeyType Count(int least) => Of($"a whole number, {least} or more", value => IsCount(value, least));

    public static KeyType Words(bool ignoreCase, params string[] words) =>
        Of($"one of {string.Join(", ", words)}", value => words.Any(word => Is(value, word, ignoreCase)));

    /// <summary>One of a few words that Akka knows, or a class.</summary>
    public static KeyType WordsOrClass(params string[] words) =>
        Of($"one of {string.Join(", ", words)}, or a class that can be loaded, as \"Namespace.Class, Assembly\"", value => words.Any(word => Is(value, word)) || Class.Accepts(value));

    public static Type? Find(string name)
    {
        try
        {
            return typeof(ActorSystem).Assembly.GetType(name) ?? Type.GetType(name);
        }
        catch (Exception cause) when (cause is IOException or BadImageFormatException or TypeLoadException or ArgumentException)
        {
            return null;
        }
    }

    private static KeyType<ConfigValue> Of(string expected, Func<ConfigValue, bool> accepts) => new(expected, (ConfigValue value, out ConfigValue result) =>
    {
        result = value;
        return accepts(value);
    });

    /// <summary>Whether the value is a duration that only says how many, which Akka takes for milliseconds.</summary>
    public static bool LacksUnit(KeyType type, ConfigValue value) =>
        (type == Duration || type == DurationOrZero || type == DurationOrInfinite) && ConfigTypes.Int64.TryRead(value, out var number) && number != 0;

    private static KeyType ListOf(string expected, Type kind) => Of(
        expected,
        value => value is ConfigArray { Items: var items } && items.All(item => ConfigTypes.Text.TryRead(item, out var name) && Find(name) is { } found && kind.IsAssignableFrom(found)));

    private static bool ReadTexts(ConfigValue value, out IReadOnlyList<string> result)
    {
        result = [];
        return value is ConfigArray && ConfigTypes.Text.List.TryRead(value, out result);
    }

    private static bool Is(ConfigValue value, string word, bool ignoreCase = false) =>
        ConfigTypes.Text.TryRead(value, out var text) && text.Equals(word, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private static bool IsCount(ConfigValue value, int least) => ConfigTypes.Int32.TryRead(value, out var count) && count >= least && Read(value, config => config.GetInt("x")) == count;

    private static bool IsSize(ConfigValue value) => ConfigTypes.Size.TryRead(value, out var size) && size is > 0 and <= int.MaxValue && Read(value, config => config.GetByteSize("x").GetValueOrDefault()) == size;

    private static bool IsDuration(ConfigValue value, TimeSpan least) =>
        ConfigTypes.Duration.TryRead(value, out var span) && span >= least && span.TotalMilliseconds <= int.MaxValue && Read(value, config => config.GetTimeSpan("x")) == span;

    /// <summary>What Akka reads from the value; null where it cannot.</summary>
    private static T? Read<T>(ConfigValue value, Func<Config, T> read)
        where T : struct
    {
        if (!ConfigTypes.Text.TryRead(value, out _)) return null;
        try
        {
            return read(ConfigurationFactory.ParseString(string.Create(CultureInfo.InvariantCulture, $"x : {HoconWriter.Write(value)}")));
        }
        catch (Exception cause) when (cause is FormatException or OverflowException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }
}
