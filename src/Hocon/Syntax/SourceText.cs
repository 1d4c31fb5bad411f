namespace Actors.Hocon.Syntax;

/// <summary>A text to parse and how the origins in it are named.</summary>
/// <param name="text">HOCON.</param>
/// <param name="name">The name in origins; null when it has none.</param>
/// <param name="hasLines">False for an override or a path, whose name already says where it is.</param>
internal sealed class SourceText(string text, string? name, bool hasLines = true)
{
    /// <summary>The file of the text, for its includes. Null when it is no file.</summary>
    public FileName? File { get; init; }

    public string Text => text;

    public Origin At(int line, int column) => hasLines ? new Origin(name, line, column) : new Origin(name, 0);
}

/// <summary>A file.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Shown">As the user named it, for messages.</param>
internal sealed record FileName(string Path, string Shown);
