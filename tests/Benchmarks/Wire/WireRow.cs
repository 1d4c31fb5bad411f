namespace Benchmarks.Wire;

/// <summary>One row of the table: who binds, who connects, and what each message weighs.</summary>
/// <param name="Name">The name in the table and in --rows.</param>
/// <param name="Binds">The peer that binds and prints its endpoint.</param>
/// <param name="Connects">The peer that connects.</param>
/// <param name="Size">Bytes of a message.</param>
/// <param name="Measurer">Which of the two measures.</param>
/// <param name="Endpoint">Where the first is bound; the system fills the star.</param>
internal sealed record WireRow(string Name, string Binds, string Connects, int Size, Measurer Measurer, string Endpoint = WireRow.Tcp)
{
    public const string Tcp = "tcp://127.0.0.1:*";

    /// <summary>The row that libzmq is measured with: this one, or the nearest that its sockets can do.</summary>
    public WireRow OfLibzmq { get => field ?? this; init; }

    /// <summary>Socket to socket.</summary>
    public static readonly IReadOnlyList<WireRow> OfSockets = [PushPull(16), PushPull(100), PushPull(1024), PushPull(65536), RequestReply(100), IpcPushPull(100)];

    /// <summary>Actor to actor, through roles.</summary>
    public static readonly IReadOnlyList<WireRow> OfRoles = [PushPull(16), PushPull(100), PushPull(1024), RequestReply(100), Acknowledged(100)];

    /// <summary>The rows of a list of names, in the order of the list; the whole table without names.</summary>
    /// <exception cref="ArgumentException">A name is unknown.</exception>
    public static IReadOnlyList<WireRow> Named(IReadOnlyList<WireRow> table, IReadOnlyCollection<string> names) =>
        names.Count == 0 ? table : [.. names.Select(name => table.FirstOrDefault(row => row.Name == name)
            ?? throw new ArgumentException($"Unknown row \"{name}\"; expected one of {string.Join(", ", table.Select(row => row.Name))}."))];

    private static WireRow RequestReply(int size) => new($"req-rep-{size}", "rep", "req", size, Measurer.Connecting);

    private static WireRow IpcPushPull(int size) => PushPull(size) with { Name = $"ipc-push-pull-{size}", Endpoint = "ipc://*" };

    /// <summary>Beside plain messages of libzmq, so that the ratio shows what the acknowledgement costs.</summary>
    private static WireRow Acknowledged(int size) => new($"acknowledged-{size}", "acknowledged-pull", "acknowledged-push", size, Measurer.Binding) { OfLibzmq = PushPull(size) };

    private static WireRow PushPull(int size) => new($"push-pull-{size}", "pull", "push", size, Measurer.Binding);
}

internal enum Measurer
{
    Binding,
    Connecting,
}
