using System.Diagnostics;

namespace Actors.Host.Bench;

/// <summary>The times at which messages are due, which do not move when one is late: whoever is slow has the rest due at once.</summary>
internal sealed class Pacer(double? rate)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly double _ticks = rate is { } wanted ? Stopwatch.Frequency / wanted : 0;
    private long _number;

    /// <summary>When the next message is due, as a timestamp.</summary>
    public long Due => rate is null ? Stopwatch.GetTimestamp() : _start + (long)(_number * _ticks);

    /// <summary>Time until the next message is due; negative when it is late.</summary>
    public TimeSpan Left => rate is null ? TimeSpan.Zero : Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), Due);

    public void Next() => _number++;
}
