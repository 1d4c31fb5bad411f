namespace Benchmarks.Wire;

/// <summary>One row of the table: who binds, who connects, and what each message weighs.</summary>
/// <param name="Name">The name in the table and in --rows.</param>
/// <param name="Binds">The peer that binds and prints its endpoint.</param>
/// <param name="Connects">The peer that connects; null when the first has both ends.</param>
/// <param name="Size">Bytes of a message.</param>
/// <param name="Measurer">Which of the two measures.</param>
internal sealed record WireRow(string Name, string Binds, string? Connects, int Size, Measurer Measurer)
{
    /// <summary>Where the first is bound; the system fills the star.</summary>
    public string Endpoint { get; init; } = "tcp://127.0.0.1:*";

    /// <summary>How many subscribers; null where the ends do not ask.</summary>
    public int? Count { get; init; }

    /// <summary>The further figure that the measuring end reports, of which less is better; null when there is none.</summary>
    public string? Extra { get; init; }

    /// <summary>Measures what the row has to be seen beside, and says it; null where there is nothing.</summary>
    public Func<string>? Beside { get; init; }

    /// <summary>The end that connects is the same for ours and libzmq: only the one that binds is measured.</summary>
    public bool NeutralConnects { get; init; }

    /// <summary>The row that libzmq is measured with: this one, or the nearest that its sockets can do.</summary>
    public WireRow OfLibzmq { get => field ?? this; init; }

    /// <summary>Roles: producers and handlers use single messages instead of batches.</summary>
    public bool Single { get; init; }

    /// <summary>The row of ours that this one is more work than; the ratio to it is what that work costs.</summary>
    public string? CostOver { get; init; }

    /// <summary>Socket to socket.</summary>
    public static readonly IReadOnlyList<WireRow> OfSockets =
    [
        PushPull(16),
        PushPull(100),
        PushPull(1024),
        PushPull(65536),
        PublishSubscribe(100),
        new("pub-10sub-100", "pub", "sub", 100, Measurer.Connecting) { Count = 10 },
        new("dealer-router-100", "router", "dealer", 100, Measurer.Connecting),
        RequestReply(100) with { Extra = "99th percentile of a round trip in µs" },
        PushPull(100) with { Name = "ipc-push-pull-100", Endpoint = "ipc://*" },
        new("inproc-push-pull-100", "inproc", null, 100, Measurer.Binding) { Endpoint = "inproc://benchmark" },
        new("curve-push-pull-1024", "curve-pull", "curve-push", 1024, Measurer.Binding),
        new("subscribers-5000", "fan-out", "subscribers", 100, Measurer.Binding) { Count = 5000, NeutralConnects = true, Extra = "bytes of memory a connection" },
    ];

    /// <summary>Actor to actor, through roles.</summary>
    public static readonly IReadOnlyList<WireRow> OfRoles = 
    [
        PushPull(16), PushPull(100), InSingles(PushPull(100)), PushPull(1024),
        Broadcast(100), InSingles(Broadcast(100)), RequestReply(100),
        Acknowledged(100), InSingles(Acknowledged(100)), Journal(100),
        Retained(100), InSingles(Retained(100)),
    ];

    /// <summary>The rows of a list of names, in the order of the list; the whole table without names.</summary>
    /// <exception cref="ArgumentException">A name is unknown.</exception>
    public static IReadOnlyList<WireRow> Named(IReadOnlyList<WireRow> table, IReadOnlyCollection<string> names) =>
        names.Count == 0 ? table : [.. names.Select(name => table.FirstOrDefault(row => row.Name == name)
            ?? throw new ArgumentException($"Unknown row \"{name}\"; expected one of {string.Join(", ", table.Select(row => row.Name))}."))];

    private static WireRow PublishSubscribe(int size) => new($"pub-sub-{size}", "pub", "sub", size, Measurer.Connecting) { Count = 1 };

    private static WireRow Broadcast(int size) => PublishSubscribe(size) with { Count = null, OfLibzmq = PublishSubscribe(size) };

    private static WireRow InSingles(WireRow row) => row with { Name = $"{row.Name}-single", Single = true, OfLibzmq = row.OfLibzmq, CostOver = row.Name };

    /// <summary>Beside plain messages of libzmq, so that the ratio shows what keeping them and their credit cost.</summary>
    private static WireRow Retained(int size) =>
        new($"retained-{size}", "retained-pub", "retained-sub", size, Measurer.Connecting) { OfLibzmq = PublishSubscribe(size), CostOver = PublishSubscribe(size).Name };

    private static WireRow RequestReply(int size) => new($"req-rep-{size}", "rep", "req", size, Measurer.Connecting);

    /// <summary>Beside plain messages of libzmq, so that the ratio shows what the acknowledgement costs.</summary>
    private static WireRow Acknowledged(int size) => new($"acknowledged-{size}", "acknowledged-pull", "acknowledged-push", size, Measurer.Binding) { OfLibzmq = PushPull(size), CostOver = PushPull(size).Name };

    private static WireRow Journal(int size) =>
        new($"acknowledged-journal-{size}", "journal-pull", "journal-push", size, Measurer.Binding) { OfLibzmq = PushPull(size), CostOver = Acknowledged(size).Name, Beside = DiskSync.Describe };

    private static WireRow PushPull(int size) => new($"push-pull-{size}", "pull", "push", size, Measurer.Binding);
}

internal enum Measurer
{
    Binding,
    Connecting,
}
