namespace Benchmarks.Wire;

/// <summary>One row of the table: who binds, who connects, and what each message weighs.</summary>
/// <param name="Name">The name in the table and in --rows.</param>
/// <param name="Binds">The peer that binds and prints its port.</param>
/// <param name="Connects">The peer that connects.</param>
/// <param name="Size">Bytes of a message.</param>
/// <param name="Measurer">Which of the two measures.</param>
internal sealed record WireRow(string Name, string Binds, string Connects, int Size, Measurer Measurer)
{
    public static readonly IReadOnlyList<WireRow> All =
    [
        PushPull(16),
        PushPull(100),
        PushPull(1024),
        PushPull(65536),
        new("req-rep-100", "rep", "req", 100, Measurer.Connecting),
    ];

    /// <summary>The rows of a list of names, in the order of the list.</summary>
    /// <exception cref="ArgumentException">A name is unknown.</exception>
    public static IReadOnlyList<WireRow> Named(IReadOnlyCollection<string> names)
    {
        return names.Count == 0 ? All : [.. names.Select(Named)];
    }

    private static WireRow Named(string name)
    {
        return All.FirstOrDefault(row => row.Name == name)
            ?? throw new ArgumentException($"Unknown row \"{name}\"; expected one of {string.Join(", ", All.Select(row => row.Name))}.");
    }

    private static WireRow PushPull(int size) => new($"push-pull-{size}", "pull", "push", size, Measurer.Binding);
}

internal enum Measurer
{
    Binding,
    Connecting,
}
