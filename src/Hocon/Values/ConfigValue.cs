namespace Actors.Hocon;

/// <summary>A resolved value: a <see cref="ConfigObject"/>, a <see cref="ConfigArray"/> or a <see cref="ConfigScalar"/>. It never changes.</summary>
public abstract class ConfigValue
{
    private protected ConfigValue(Origin origin) => Origin = origin;

    /// <summary>The place where this value is written. For <c>${path}</c>, that is the place of the value at the path.</summary>
    public Origin Origin { get; }

    /// <summary>
    /// The values of an array, or of an object whose keys are whole numbers, in the order of the numbers (its other keys
    /// are passed over). Null for everything else.
    /// </summary>
    public abstract IReadOnlyList<ConfigValue>? Items { get; }

    /// <summary>Whether this is <c>null</c>.</summary>
    public bool IsNull => this is ConfigScalar { Kind: ScalarKind.Null };

    /// <summary>The value as an error message names it.</summary>
    internal abstract string Describe();
}

/// <summary>A list of values.</summary>
public sealed class ConfigArray : ConfigValue
{
    internal ConfigArray(Origin origin, IReadOnlyList<ConfigValue> items)
        : base(origin) => Items = items;

    /// <summary>The values, in order.</summary>
    public override IReadOnlyList<ConfigValue> Items { get; }

    internal override string Describe() => "an array";
}

/// <summary>The kinds of <see cref="ConfigScalar"/>.</summary>
public enum ScalarKind
{
    /// <summary>Text: everything in quotes, and what is not one of the others.</summary>
    String,

    /// <summary>A number as JSON writes it, without quotes.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>, without quotes.</summary>
    Boolean,

    /// <summary><c>null</c>, without quotes.</summary>
    Null,
}

/// <summary>A string, number, boolean or null.</summary>
public sealed class ConfigScalar : ConfigValue
{
    internal ConfigScalar(Origin origin, ScalarKind kind, string text, bool isQuoted)
        : base(origin)
    {
        Kind = kind;
        Text = text;
        IsQuoted = isQuoted;
    }

    /// <summary>What it was written as. The conversions of <see cref="ConfigTypes"/> read a number from a string as well.</summary>
    public ScalarKind Kind { get; }

    /// <summary>The text without its quotes and escapes; a number as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether it was written in quotes, as a whole or in part.</summary>
    public bool IsQuoted { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ConfigValue>? Items => null;

    internal override string Describe() => Shown(Kind, Text);

    internal static string Shown(ScalarKind kind, string text) =>
        kind != ScalarKind.String ? text : $"\"{(text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 60), "..."))}\"";
}
