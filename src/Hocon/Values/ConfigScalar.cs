namespace Actors.Hocon;

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
