using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>When a string has to be quoted, and how.</summary>
public static class StringUtil
{
    /// <summary>The string in quotes, with escapes.</summary>
    public static string AddQuotes(this string s) => Quoting.Quote(s ?? throw new ArgumentNullException(nameof(s)));

    /// <summary>Whether the string written without quotes would read as something else.</summary>
    public static bool NeedQuotes(this string s) =>
        Quoting.NeedsQuotes(s ?? throw new ArgumentNullException(nameof(s))) || Literals.KindOf(s) != HoconLiteralType.UnquotedString;

    /// <summary>Whether the string runs over several lines.</summary>
    public static bool NeedTripleQuotes(this string s) => (s ?? throw new ArgumentNullException(nameof(s))).Contains('\n', StringComparison.Ordinal);
}
