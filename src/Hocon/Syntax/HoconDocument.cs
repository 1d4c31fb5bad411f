using Actors.Hocon.Resolution;

namespace Actors.Hocon.Syntax;

/// <summary>From text to a resolved tree: the one way into the parser for both public models.</summary>
internal static class HoconDocument
{
    /// <param name="source">The name of the text in errors, such as a file name.</param>
    /// <param name="include">Null refuses include statements.</param>
    public static ParsedDocument Parse(string text, string? source = null, IncludeResolver? include = null, string? identity = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var document = DocumentParser.Parse(text, source, new IncludeLoader(include, identity));
        return new ParsedDocument(SubstitutionResolver.Resolve(document, Environment.GetEnvironmentVariable), document);
    }
}

/// <param name="Root">The resolved root: an object or array.</param>
/// <param name="Document">The root as it was written, substitutions in place.</param>
internal readonly record struct ParsedDocument(Node Root, Node Document);
