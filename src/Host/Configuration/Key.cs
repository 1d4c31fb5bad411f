using System.Globalization;
using Actors.Hocon;

namespace Actors.Host.Configuration;

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
    public static readonly KeyType<string> Text = new("a text", (HoconValue value, out string result) => Scalar(value, out result));

    public static readonly KeyType<IReadOnlyList<string>> Texts = new("a text or a list of texts", ReadTexts);

    public static readonly KeyType<int> Count = new("a whole number", (HoconValue value, out int result) =>
    {
        result = 0;
        return Scalar(value, out var text) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out result);
    });

    public static readonly KeyType<TimeSpan> Duration = new("a duration (ms, s, m, h)", (HoconValue value, out TimeSpan result) =>
    {
        result = default;
        return Scalar(value, out _) && value.TryGetTimeSpan(out result, false);
    });

    public static readonly KeyType<long> Size = new("a size in bytes (B, kB, KiB, MB, MiB)", (HoconValue value, out long result) =>
    {
        result = 0;
        if (!Scalar(value, out _) || !value.TryGetByteSize(out var size) || size is null) return false;
        result = size.Value;
        return true;
    });

    public static readonly KeyType<bool> Switch = new("on or off", (HoconValue value, out bool result) =>
    {
        result = false;
        return Scalar(value, out _) && value.TryGetBoolean(out result);
    });

    public static readonly KeyType Section = new SectionType();

    /// <summary>One of a few words.</summary>
    public static KeyType<T> Choice<T>(params (string Word, T Value)[] choices) =>
        new($"one of {string.Join(", ", choices.Select(choice => choice.Word))}", (HoconValue value, out T result) =>
        {
            result = default!;
            if (!Scalar(value, out var word)) return false;
            foreach (var choice in choices)
            {
                if (choice.Word != word) continue;
                result = choice.Value;
                return true;
            }
            return false;
        });

    private static bool Scalar(HoconValue value, out string text)
    {
        var scalar = value.Type is HoconType.Object or HoconType.Array or HoconType.Empty ? null : value.GetString();
        text = scalar ?? "";
        return scalar is not null;
    }

    private static bool ReadTexts(HoconValue value, out IReadOnlyList<string> result)
    {
        result = [];
        if (value.Type != HoconType.Array)
        {
            if (!Scalar(value, out var one)) return false;
            result = [one];
            return true;
        }
        var texts = new List<string>();
        foreach (var item in value.GetArray())
        {
            if (!Scalar(item, out var text)) return false;
            texts.Add(text);
        }
        result = texts;
        return true;
    }

    private sealed record SectionType() : KeyType("a section");
}

/// <summary>A <see cref="KeyType"/> whose values are read as <typeparamref name="T"/>.</summary>
internal sealed record KeyType<T>(string Expected, KeyType<T>.Reader Read) : KeyType(Expected)
{
    /// <summary>False when the value is of another type.</summary>
    public delegate bool Reader(HoconValue value, out T result);
}
