using System.Diagnostics;

namespace Benchmarks.Wire.Peers;

/// <summary>Counts messages between two moments, and the bytes that the whole process allocated meanwhile.</summary>
internal sealed class Meter
{
    /// <summary>The clock is looked at once in so many messages.</summary>
    public const int Interval = 64;

    private long _began = Stopwatch.GetTimestamp();
    private long _allocatedBefore = GC.GetTotalAllocatedBytes();
    private long _messages;

    public double Seconds => Stopwatch.GetElapsedTime(_began).TotalSeconds;

    public void Count() => _messages += Interval;

    public void Restart()
    {
        _messages = 0;
        _allocatedBefore = GC.GetTotalAllocatedBytes();
        _began = Stopwatch.GetTimestamp();
    }

    public void Print()
    {
        Console.WriteLine(new Measurement(_messages, Seconds, GC.GetTotalAllocatedBytes() - _allocatedBefore));
    }
}
