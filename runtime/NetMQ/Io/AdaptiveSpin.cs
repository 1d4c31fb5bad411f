using System.Diagnostics;

namespace NetMQ.Io;

/// <summary>
/// Looking again for a short time before a thread sleeps: to sleep and be woken costs tens of microseconds, often more than
/// a peer takes to answer. Each turn lets other threads have the processor. A thread that has looked in vain several times, or
/// has lost the processor to others for long, tries it only once in a while: quiet sockets cost next to nothing, and
/// on a busy machine, where those who sleep are woken first, a thread sleeps. For one thread at a time.
/// </summary>
/// <param name="time">How long to look; zero sleeps at once.</param>
internal struct AdaptiveSpin(TimeSpan time)
{
    /// <summary>So often in a row it may be in vain before most waits sleep at once.</summary>
    public const int Patience = 4;

    /// <summary>Then one wait in so many looks again.</summary>
    public const int Trial = 128;

    /// <summary>Longer than the work of a peer of this thread, shorter than what a scheduler gives a thread that has much to do.</summary>
    private static readonly long s_timeSlice = Stopwatch.Frequency / 2000;

    private readonly long _ticks = (long)(time.TotalSeconds * Stopwatch.Frequency);
    private uint _inVain;
    private long _end;

    /// <summary>Begins a wait, after which the thread looks as long as <see cref="GoesOn"/> says and tells when it has <see cref="Found"/> something.</summary>
    public void Begin()
    {
        _inVain++;
        bool isWorthwhile = _ticks > 0 && (_inVain <= Patience || _inVain % Trial == 0);
        _end = isWorthwhile ? Stopwatch.GetTimestamp() + _ticks : long.MinValue;
    }

    /// <summary>Lets others have the processor, if there is time to look again; false when it is time to sleep.</summary>
    public readonly bool GoesOn()
    {
        if (_end == long.MinValue || Stopwatch.GetTimestamp() >= _end)
        {
            return false;
        }

        Thread.Yield();
        return true;
    }

    public void Found()
    {
        bool hadToWaitForTheProcessor = Stopwatch.GetTimestamp() - _end > s_timeSlice;
        _inVain = hadToWaitForTheProcessor ? Patience : 0u;
    }
}
