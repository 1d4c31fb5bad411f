using Actors.Host.Commands.Sockets;
using Actors.Zmtp;

namespace Actors.Host.Bench;

/// <summary>Both ends in this process, over tcp on the loopback: a figure for this machine without a peer.</summary>
internal static class SelfBench
{
    public static async Task<IReadOnlyList<BenchResult>> Run(BenchSettings settings, Action<long> progress, CancellationToken stop)
    {
        var throughput = await Pair(
            settings with { Count = settings.Count ?? (settings.Duration is null ? 1_000_000 : null) },
            (bound, ends) => ReceiveBench.Run(bound, subscribes: false, progress, ends),
            (connected, ends) => SendBench.Run(connected, publishes: false, static _ => { }, ends),
            stop);
        var latency = await Pair(
            settings with { Count = settings.Count is { } count ? Math.Min(count, 50_000) : settings.Duration is null ? 50_000 : null },
            (connected, ends) => RequestBench.Run(connected, progress, ends),
            (bound, ends) => Task.FromResult(ReceiveBench.Echo(bound with { Count = null }, static _ => { }, static _ => { }, ends)),
            stop,
            measuredConnects: true);
        return [throughput, latency];
    }

    /// <summary>Runs an end that measures, and the other until that is done.</summary>
    private static async Task<BenchResult> Pair(
        BenchSettings settings,
        Func<BenchSettings, CancellationToken, BenchResult> measured,
        Func<BenchSettings, CancellationToken, Task<BenchResult>> other,
        CancellationToken stop,
        bool measuredConnects = false)
    {
        // A port that is free now; the sockets come to it in any order.
        string endpoint;
        using (var free = new PullSocket("@tcp://127.0.0.1:0")) endpoint = free.Options.LastEndpoint!;
        var bound = settings with { Plan = new SocketPlan { Bind = [endpoint], Connect = [] } };
        var connected = settings with { Plan = new SocketPlan { Bind = [], Connect = [endpoint] } };
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var helping = Task.Run(() => other(measuredConnects ? bound : connected, ends.Token), CancellationToken.None);
        try
        {
            return await Task.Run(() => measured(measuredConnects ? connected : bound, stop), CancellationToken.None);
        }
        finally
        {
            await ends.CancelAsync();
            await helping;
        }
    }
}
