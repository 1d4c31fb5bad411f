namespace Benchmarks.Grains;

/// <summary>One row of the verb "grains".</summary>
/// <param name="Name">The name in the table and in --rows.</param>
/// <param name="Work">What a process of each side is to do: a name that <see cref="GrainPeerCommand"/> knows.</param>
/// <param name="InFlight">Calls in flight.</param>
/// <param name="Figures">What a process prints, in this order; the first is the row's own.</param>
internal sealed record GrainMeasurement(string Name, string Work, int InFlight, params IReadOnlyList<GrainFigure> Figures)
{
    private static readonly GrainFigure s_rate = new("calls a second");
    private static readonly GrainFigure s_percentile = new("99th percentile of a call in µs", LessIsBetter: true);
    private static readonly GrainFigure s_allocated = new("allocated bytes a call", LessIsBetter: true);

    /// <summary>What ours is compared with.</summary>
    public string Beside { get; init; } = GrainSides.Orleans;

    /// <summary>The end in C that calls and measures; null where the side itself does.</summary>
    public string? Client { get; init; }

    public static readonly IReadOnlyList<GrainMeasurement> All =
    [
        new("in-process-1", GrainPeers.Calls, 1, s_rate, s_allocated, s_percentile),
        new("in-process-64", GrainPeers.Calls, 64, s_rate, s_allocated),
        new("grain-to-grain-64", GrainPeers.Relayed, 64, s_rate, s_allocated),
        new("gateway-1", GrainPeers.GatewayOnZmtp, 1, s_rate, s_percentile) { Client = "grain-req" },
        new("gateway-64", GrainPeers.GatewayOnZmtp, 64, s_rate) { Client = "grain-dealer" },
        new("gateway-64-netmq", GrainPeers.GatewayOnNetMq, 64, s_rate) { Client = "grain-dealer" },
        new("state-sqlite-64", GrainPeers.Stored, 64, s_rate) { Beside = GrainSides.Raw },
        new("start", GrainPeers.Start, 1, new GrainFigure("ms from the start of the process to the first reply", LessIsBetter: true), new GrainFigure("ms from the building of the host", LessIsBetter: true)),
        new("memory", GrainPeers.Idle, 1, new GrainFigure("resident bytes a grain", LessIsBetter: true), new GrainFigure("bytes of the managed heap a grain", LessIsBetter: true)),
    ];

    /// <exception cref="ArgumentException">A name is unknown.</exception>
    public static IReadOnlyList<GrainMeasurement> Named(IReadOnlyCollection<string> names) =>
        names.Count == 0 ? All : [.. names.Select(name => All.FirstOrDefault(row => row.Name == name)
            ?? throw new ArgumentException($"Unknown row \"{name}\"; expected one of {string.Join(", ", All.Select(row => row.Name))}."))];
}

/// <summary>A number that both sides print.</summary>
/// <param name="Name">What it is, with its unit.</param>
/// <param name="LessIsBetter">The ratio is that of the other side to ours.</param>
internal sealed record GrainFigure(string Name, bool LessIsBetter = false);
