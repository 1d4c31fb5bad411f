using System.Diagnostics;

namespace Benchmarks.Wire.Peers;

/// <summary>Counts messages between two moments, and the bytes that the whole process allocated meanwhile.</summary>
internal sealed class Meter
{
    /// <summary>The clock is looked at once in so many messages.</summary>
    public const int Interval = 64;

    // An end that does not measure reports what it allocated; its own start is left out.
    private const double WarmUpSeconds = 0.5;

    private long _began = Stopwatch.GetTimestamp();
    private long _allocatedBefore = GC.GetTotalAllocatedBytes();
    private long _messages;

    public double Seconds => Stopwatch.GetElapsedTime(_began).TotalSeconds;

    /// <summary>Calls a step, which returns the number of messages that it handled, for the time of warm-up and then of measuring.</summary>
    public static Measurement Measure(Timing timing, Func<int> step)
    {
        step();
        var meter = new Meter();
        while (meter.Seconds < timing.WarmUp) step();

        meter.Restart();
        do meter.Count(step());
        while (meter.Seconds < timing.Duration);
        return meter.Taken;
    }

    /// <summary>Calls a step until the signal comes, and reports what came after the first half second.</summary>
    public static Measurement MeasureUntil(StopSignal stop, Func<int> step)
    {
        var meter = new Meter();
        while (!stop.IsSet && meter.Seconds < WarmUpSeconds) step();
        meter.Restart();
        while (!stop.IsSet) meter.Count(step());
        return meter.Taken;
    }

    public void Count(int messages = Interval) => _messages += messages;

    public void Restart()
    {
        _messages = 0;
        _allocatedBefore = GC.GetTotalAllocatedBytes();
        _began = Stopwatch.GetTimestamp();
    }

    public void Print() => Console.WriteLine(Taken);

    private Measurement Taken => new(_messages, Seconds, GC.GetTotalAllocatedBytes() - _allocatedBefore);
}
