using Actors.Hocon;

namespace Actors.Hosting.Configuration;

/// <summary>One key of the configuration, as it is documented and as it is read.</summary>
/// <param name="Name">Below its section.</param>
/// <param name="Type">What a value must be.</param>
/// <param name="Default">As it would stand in a file; null where the key may be absent, "required" where it may not.</param>
/// <param name="Description">One sentence.</param>
internal sealed record Key(string Name, KeyType Type, string? Default, string Description)
{
    public const string Required = "required";

    public bool IsRequired => Default == Required;
}

/// <summary>The type of a key's value, with its unit.</summary>
internal abstract record KeyType(string Expected)
{
    public static readonly KeyType<string> Text = new("a text", ConfigTypes.Text.TryRead);

    /// <summary>A text that no error shows.</summary>
    public static readonly KeyType<string> Secret = new("a text, which is not shown", ConfigTypes.Text.TryRead);

    public static readonly KeyType<IReadOnlyList<string>> Texts = new("a text or a list of texts", ReadTexts);

    public static readonly KeyType<int> Count = new("a whole number", ConfigTypes.Int32.TryRead);

    public static readonly KeyType<TimeSpan> Duration = new("a duration with its unit (ms, s, m, h)", ReadDuration);

    public static readonly KeyType<long> Size = new("a size in bytes (B, kB, KiB, MB, MiB)", ConfigTypes.Size.TryRead);

    public static readonly KeyType<bool> Switch = new("on or off", ConfigTypes.Boolean.TryRead);

    public static readonly KeyType Section = new SectionType();

    /// <summary>The words that a value is one of; null for a type that has more values.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>Whether the value is of this type. A section is told by its braces alone.</summary>
    public virtual bool Accepts(ConfigValue value) => value is ConfigObject;

    /// <summary>One of a few words.</summary>
    public static KeyType<T> Choice<T>(params (string Word, T Value)[] choices) =>
        new($"one of {string.Join(", ", choices.Select(choice => choice.Word))}", (ConfigValue value, out T result) =>
        {
            result = default!;
            if (!ConfigTypes.Text.TryRead(value, out var word)) return false;
            foreach (var choice in choices)
            {
                if (choice.Word != word) continue;
                result = choice.Value;
                return true;
            }
            return false;
        })
        {
            Choices = [.. choices.Select(choice => choice.Word)],
        };

    private static bool ReadTexts(ConfigValue value, out IReadOnlyList<string> result)
    {
        if (!ConfigTypes.Text.TryRead(value, out var one)) return ConfigTypes.Text.List.TryRead(value, out result);
        result = [one];
        return true;
    }

    /// <summary>A number without a unit may be meant as seconds or as milliseconds, so only 0 does without.</summary>
    private static bool ReadDuration(ConfigValue value, out TimeSpan result) =>
        ConfigTypes.Duration.TryRead(value, out result) && (result == TimeSpan.Zero || char.IsLetter(((ConfigScalar)value).Text.AsSpan().TrimEnd()[^1]));

    private sealed record SectionType() : KeyType("a section");
}

/// <summary>A <see cref="KeyType"/> whose values are read as <typeparamref name="T"/>.</summary>
internal sealed record KeyType<T>(string Expected, KeyType<T>.Reader Read) : KeyType(Expected)
{
    /// <summary>False when the value is of another type.</summary>
    public delegate bool Reader(ConfigValue value, out T result);

    public override bool Accepts(ConfigValue value) => Read(value, out _);
}
