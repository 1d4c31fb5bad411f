namespace Actors.Hocon.Syntax;

/// <summary>Values written next to each other, with at least one substitution among them.</summary>
internal sealed class ConcatenationNode(Origin origin, List<Node> pieces) : Node(origin)
{
    /// <summary>Substitutions, literals (whitespace between them included) and arrays, in order.</summary>
    public List<Node> Pieces { get; } = pieces;

    public override bool NeedsResolution => true;

    public override string Describe() => "a concatenation";
}

/// <summary>The element of <c>key += element</c>.</summary>
internal sealed class AppendNode(Origin origin, Node element) : Node(origin)
{
    public Node Element { get; } = element;

    public override bool NeedsResolution => true;

    public override string Describe() => "an appended element";
}

/// <summary>
/// Objects concatenated with substitutions, as in <c>${base} { port = 1 }</c>: the same as assigning one after the
/// other to one field, which here has no name when it stands in an array.
/// </summary>
internal sealed class LayersNode(Origin origin, FieldNode field) : Node(origin)
{
    public FieldNode Field { get; } = field;

    public override bool NeedsResolution => true;

    public override string Describe() => "an object";
}

/// <summary><c>${path}</c> or <c>${?path}</c>.</summary>
/// <param name="origin">The place of <c>${</c>.</param>
/// <param name="path">The path from the root, starting with where the text was included.</param>
/// <param name="prefixLength">How many elements of the path come from the place of the include and not from the text.</param>
/// <param name="isOptional">Whether it is <c>${?path}</c>.</param>
internal sealed class SubstitutionNode(Origin origin, string[] path, int prefixLength, bool isOptional) : Node(origin)
{
    public ReadOnlySpan<string> Path => path;

    /// <summary>The path without the place of the include.</summary>
    public ReadOnlySpan<string> WrittenPath => path.AsSpan(prefixLength);

    public bool IsIncluded => prefixLength > 0;

    public bool IsOptional { get; } = isOptional;

    /// <summary>Whether it is <c>${path[]}</c>, which takes a list from environment variables.</summary>
    public bool IsList { get; init; }

    /// <summary>Set when it stands next to an object, so that only an object can take its place.</summary>
    public bool MustBeObject { get; set; }

    public override bool NeedsResolution => true;

    public override string Describe() => $"${{{(IsOptional ? "?" : "")}{ConfigPath.Format(WrittenPath.ToArray())}{(IsList ? "[]" : "")}}}";
}
