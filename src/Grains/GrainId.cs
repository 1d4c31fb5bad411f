namespace Actors.Grains;

/// <summary>The identity of a grain: its kind and its key.</summary>
/// <param name="Kind">The kind, as <see cref="GrainAttribute"/> names it.</param>
/// <param name="Key">The key, any text but the empty one.</param>
public readonly record struct GrainId(string Kind, string Key)
{
    /// <summary>Kind and key as <c>counter/alice</c>.</summary>
    public override string ToString() => $"{Kind}/{Key}";
}
