using System.Diagnostics;

namespace Actors.Zmtp.Sockets;

/// <summary>When a wait ends: so long after it began, or never where the time is negative.</summary>
internal readonly struct Deadline
{
    private readonly long _due;

    public Deadline(TimeSpan timeout)
    {
        _due = timeout < TimeSpan.Zero
            ? -1
            : Stopwatch.GetTimestamp() + (long)(timeout.TotalSeconds * Stopwatch.Frequency);
    }

    /// <summary>The milliseconds that are left, rounded up; 0 when the time is over, -1 when it has no end.</summary>
    public int LeftMilliseconds()
    {
        if (_due < 0)
        {
            return -1;
        }

        double left = (_due - Stopwatch.GetTimestamp()) * 1000.0 / Stopwatch.Frequency;
        return left <= 0 ? 0 : (int)Math.Min(Math.Ceiling(left), int.MaxValue);
    }
}
