using System.Diagnostics;
using System.Globalization;
using Benchmarks.Wire;

namespace Benchmarks.Grains;

/// <summary>What a process of one side does, which prints its figures in one line and ends.</summary>
internal static class GrainPeers
{
    public const string Calls = "calls";
    public const string Relayed = "relayed";
    public const string Start = "start";
    public const string Idle = "idle";
    public const string Stored = "stored";
    public const string GatewayOnZmtp = "gateway-zmtp";
    public const string GatewayOnNetMq = "gateway-netmq";

    /// <summary>Begins the line of figures.</summary>
    public const string Prefix = "figures ";

    public static Task Run(GrainWork work) => work.Name switch
    {
        Calls => Load(work, static side => side.Counter),
        Relayed => Load(work, static side => side.Relay),
        Start => FirstReply(work),
        Idle => Memory(work),
        Stored => StoredGrains.Run(work),
        GatewayOnZmtp => Gateways.Run(work, "zmtp"),
        GatewayOnNetMq => Gateways.Run(work, "netmq"),
        _ => throw new ArgumentException($"Unknown work \"{work.Name}\"; expected one of those in GrainPeers."),
    };

    /// <summary>Calls a second, what a call allocates, and where one is in flight the 99th percentile.</summary>
    private static async Task Load(GrainWork work, Func<IGrainSide, Func<string, Func<Task<long>>>> target)
    {
        await using var side = await GrainSides.Start(work.Side).ConfigureAwait(false);
        var targets = Enumerable.Range(0, CallLoad.Keys).Select(CallLoad.Key).Select(target(side)).ToArray();
        var measured = await new CallLoad(work.InFlight, targets).Measure(work.Timing).ConfigureAwait(false);
        Print(measured.Rate, measured.BytesPerMessage, measured.Extra);
    }

    private static async Task FirstReply(GrainWork work)
    {
        var began = Stopwatch.GetTimestamp();
        await using var side = await GrainSides.Start(work.Side).ConfigureAwait(false);
        await side.Counter("first")().ConfigureAwait(false);
        Print(Stopwatch.GetElapsedTime(work.Began).TotalMilliseconds, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    private static async Task Memory(GrainWork work)
    {
        await using var side = await GrainSides.Start(work.Side).ConfigureAwait(false);
        var (resident, heap) = await IdleGrains.Measure(side).ConfigureAwait(false);
        Print(resident, heap);
    }

    public static void Print(params IEnumerable<double> figures) =>
        Console.WriteLine(Prefix + string.Join(' ', figures.Select(figure => figure.ToString("F3", CultureInfo.InvariantCulture))));
}

/// <summary>What a process is to do.</summary>
/// <param name="Side">Ours, or what it is compared with.</param>
/// <param name="Name">The work.</param>
/// <param name="InFlight">Calls in flight.</param>
/// <param name="Timing">How long.</param>
/// <param name="Began">When the process was started: a timestamp of the system's monotonic clock.</param>
internal sealed record GrainWork(string Side, string Name, int InFlight, Timing Timing, long Began);
