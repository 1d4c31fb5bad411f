namespace Actors.Hocon.Syntax;

/// <summary>Where a token or value was written. Line and column count from 1; line 0 means not known.</summary>
internal readonly record struct Origin(string? Source, int Line, int Column)
{
    public bool IsKnown => Line > 0 || Source is not null;

    public override string ToString() => (Source, Line) switch
    {
        (null, 0) => "configuration built in code",
        (null, _) => $"line {Line}, column {Column}",
        (_, 0) => Source,
        _ => $"{Source}, line {Line}, column {Column}",
    };
}
