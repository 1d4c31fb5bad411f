using System.Diagnostics;
using Benchmarks.Wire;

namespace Benchmarks.Grains;

/// <summary>So many callers, of which each awaits a call before its next; the calls go round the targets.</summary>
internal sealed class CallLoad(int inFlight, IReadOnlyList<Func<Task<long>>> targets)
{
    /// <summary>The keys of the grains that a load calls.</summary>
    public const int Keys = 10_000;

    // Callers begin apart, so that they do not meet at one grain.
    private const int Apart = 997;
    private const int MostTimes = 1 << 20;

    // A counter has a cache line of its own.
    private const int Line = 16;

    private readonly long[] _calls = new long[inFlight * Line];
    private readonly int[]? _times = inFlight == 1 ? new int[MostTimes] : null;
    private bool _over;

    public static string Key(int number) => $"key-{number}";

    /// <summary>Calls for the time of warm-up and then of measuring.</summary>
    /// <returns>The further figure is the 99th percentile of a call in µs, where one call is in flight; otherwise 0.</returns>
    public async Task<Measurement> Measure(Timing timing)
    {
        foreach (var target in targets) await target().ConfigureAwait(false);
        var callers = Enumerable.Range(0, inFlight).Select(caller => Task.Run(() => Call(caller))).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(timing.WarmUp)).ConfigureAwait(false);
        var (calls, allocated, began) = (Calls, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(timing.Duration)).ConfigureAwait(false);
        var measured = new Measurement(Calls - calls, Stopwatch.GetElapsedTime(began).TotalSeconds, GC.GetTotalAllocatedBytes() - allocated);
        Volatile.Write(ref _over, true);
        await Task.WhenAll(callers).ConfigureAwait(false);
        return _times is null ? measured : measured with { Extra = Percentile(measured.Messages) };
    }

    private long Calls => Enumerable.Range(0, inFlight).Sum(caller => Volatile.Read(ref _calls[caller * Line]));

    private async Task Call(int caller)
    {
        var next = caller * Apart % targets.Count;
        var before = Stopwatch.GetTimestamp();
        for (var call = 0L; !Volatile.Read(ref _over); call++)
        {
            await targets[next].Invoke().ConfigureAwait(false);
            if (++next == targets.Count) next = 0;
            if (_times is not null)
            {
                var after = Stopwatch.GetTimestamp();
                _times[call % MostTimes] = (int)(after - before);
                before = after;
            }
            Volatile.Write(ref _calls[caller * Line], call + 1);
        }
    }

    /// <summary>In microseconds, of the last calls.</summary>
    private double Percentile(long measured)
    {
        var last = Calls;
        var count = (int)Math.Min(measured, Math.Min(last, MostTimes));
        var sorted = Enumerable.Range(0, count).Select(back => _times![(last - 1 - back) % MostTimes]).Order().ToArray();
        return sorted[count * 99L / 100] * 1e6 / Stopwatch.Frequency;
    }
}
