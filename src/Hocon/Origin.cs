namespace Actors.Hocon;

/// <summary>The place that a key or value comes from.</summary>
/// <param name="Source">The file as its user named it, the environment variable or the override. Null for text without a name.</param>
/// <param name="Line">The line, from 1. 0 where the source has no lines.</param>
/// <param name="Column">The column, from 1. 0 where the source has no lines.</param>
public readonly record struct Origin(string? Source, int Line, int Column = 0)
{
    /// <summary>The source and line, as in <c>main.conf:3</c>.</summary>
    public override string ToString() => (Source, Line) switch
    {
        (null, 0) => "text",
        (null, _) => $"line {Line}",
        (_, 0) => Source,
        _ => $"{Source}:{Line}",
    };
}
