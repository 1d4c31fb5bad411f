using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>Parses HOCON texts.</summary>
public sealed class HoconParser
{
    /// <summary>Parses a text and resolves its substitutions, from the text itself and from environment variables.</summary>
    /// <param name="text">The text.</param>
    /// <param name="includeCallback">Delivers what include statements name. Without it an include statement is an error.</param>
    /// <exception cref="HoconTokenizerException">Characters of the text make no token.</exception>
    /// <exception cref="HoconParserException">
    /// The tokens make no document, a substitution refers to nothing or to itself, or an include fails. Both errors say
    /// file (where it is known), line and column, what was found and what was expected.
    /// </exception>
    public static HoconRoot Parse(string text, HoconIncludeCallbackAsync? includeCallback = null) =>
        ModelTree.ToRoot(HoconDocument.Parse(text, null, includeCallback is null ? null : CallbackIncludes.For(includeCallback)));
}
