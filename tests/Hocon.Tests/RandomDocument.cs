namespace Actors.Hocon.Tests;

/// <summary>Well-formed documents over few keys, full of substitutions that lead to each other.</summary>
internal sealed class RandomDocument(int seed)
{
    private const int MaxNesting = 3;

    private readonly Random _random = new(seed);

    public string Write() => Fields(_random.Next(1, 12), 0);

    private string Fields(int count, int nesting) => string.Join('\n', Enumerable.Range(0, count).Select(_ => Field(nesting)));

    private string Field(int nesting) => $"{Path()} {(_random.Next(5) == 0 ? "+=" : "=")} {Value(nesting)}";

    private string Path() => string.Join('.', Enumerable.Range(0, _random.Next(1, 4)).Select(_ => "abcd"[_random.Next(4)]));

    private string Substitution() => $"${{{(_random.Next(2) == 0 ? "?" : "")}{Path()}}}";

    private string Object(int nesting) => $"{{ {Fields(_random.Next(1, 3), nesting + 1)} }}";

    private string Array(int nesting) => $"[{string.Join(", ", Enumerable.Range(0, _random.Next(3)).Select(_ => Value(nesting + 1)))}]";

    private string Value(int nesting) => _random.Next(nesting > MaxNesting ? 4 : 8) switch
    {
        0 => "1",
        1 => "x y",
        2 => Substitution(),
        3 => $"{Substitution()}z{Substitution()}",
        4 => Object(nesting),
        5 => $"{Substitution()} {Object(nesting)}",
        6 => Array(nesting),
        _ => $"{Substitution()} {Array(nesting)}",
    };
}
