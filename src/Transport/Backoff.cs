namespace Actors.Transport;

/// <summary>The waits between tries: the first one, then twice as long each time, up to the longest.</summary>
internal static class Backoff
{
    // Further doublings would outgrow any longest wait that a timer counts.
    private const int MostDoublings = 30;

    /// <param name="first">The wait behind the first failure.</param>
    /// <param name="longest">No wait is longer.</param>
    /// <param name="failures">The failures so far, at least 1.</param>
    public static TimeSpan After(TimeSpan first, TimeSpan longest, int failures)
    {
        var wait = first * (1L << Math.Min(failures - 1, MostDoublings));
        return wait < longest ? wait : longest;
    }
}
