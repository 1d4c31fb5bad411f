namespace Actors.Hocon.Syntax;

/// <summary>
/// Bounds on what a text may ask for. With them, hostile or mistaken input ends in an error and never exhausts the
/// stack, the memory or the patience of its user. Configuration written by people stays far below each bound.
/// </summary>
internal static class Limits
{
    /// <summary>Nested objects, arrays and path elements.</summary>
    public const int Depth = 256;

    /// <summary>Files that include each other in a row.</summary>
    public const int IncludeDepth = 64;

    /// <summary>Bytes of one file.</summary>
    public const int FileBytes = 64 * 1024 * 1024;

    /// <summary>References followed in a row to resolve one substitution.</summary>
    public const int ReferenceChain = 512;

    /// <summary>Substitutions evaluated for one document; cyclic references can ask for exponentially many.</summary>
    public const int SubstitutionSteps = 1_000_000;

    /// <summary>Unmerged objects looked into to find what paths refer to.</summary>
    public const int LayerVisits = 20_000_000;

    /// <summary>Include statements followed for one document; files that include twice double with each level.</summary>
    public const int Includes = 10_000;

    /// <summary>Values in a document after its substitutions are put in place.</summary>
    public const long ExpandedValues = 1_000_000;

    /// <summary>Characters of one string after its substitutions are put in place.</summary>
    public const int StringLength = 16 * 1024 * 1024;
}
