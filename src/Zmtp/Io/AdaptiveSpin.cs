namespace Actors.Zmtp.Io;

/// <summary>
/// Looking again for a short time before a thread sleeps: to sleep and be woken costs tens of microseconds, often more than
/// a peer takes to answer. Each turn lets other threads have the processor. A thread that has looked in vain several
/// times rests from it, so that quiet sockets cost next to nothing; one that has lost the processor for long rests
/// each time twice as long, because on a busy machine those who sleep are served before those who yield. For one thread at a time.
/// </summary>
/// <param name="time">How long to look; zero sleeps at once.</param>
/// <param name="clock">Tells how long the thread has looked.</param>
internal struct AdaptiveSpin(TimeSpan time, TimeProvider clock)
{
    /// <summary>So often in a row it may be in vain before the thread rests.</summary>
    public const int Patience = 4;

    /// <summary>For so many waits the thread rests, and sleeps at once.</summary>
    public const int Rest = 128;

    private const int LongestRest = 64 * 1024;

    /// <summary>Longer than the work of a peer of this thread, shorter than what a scheduler gives a thread that has much to do.</summary>
    private readonly long _timeSlice = clock.TimestampFrequency / 2000;

    private readonly long _ticks = (long)(time.TotalSeconds * clock.TimestampFrequency);
    private long _end = long.MinValue;
    private int _inVain;
    private int _resting;
    private int _nextRest = Rest;

    /// <summary>The wait that was begun sleeps at once.</summary>
    public readonly bool IsResting => _end == long.MinValue;

    /// <summary>Begins a wait, after which the thread looks as long as <see cref="GoesOn"/> says and tells when it has <see cref="Found"/> something.</summary>
    public void Begin()
    {
        if (_ticks == 0 || _resting > 0)
        {
            _resting = Math.Max(0, _resting - 1);
            _end = long.MinValue;
        }
        else
        {
            _end = clock.GetTimestamp() + _ticks;
        }
    }

    /// <summary>Lets others have the processor, if there is time to look again; false when it is time to sleep.</summary>
    public bool GoesOn()
    {
        if (IsResting)
        {
            return false;
        }

        long now = clock.GetTimestamp();
        if (now < _end)
        {
            Thread.Yield();
            return true;
        }

        if (!LostProcessor(now) && ++_inVain >= Patience)
        {
            _resting = Rest;
        }

        return false;
    }

    public void Found()
    {
        if (!LostProcessor(clock.GetTimestamp()))
        {
            _inVain = 0;
            _nextRest = Rest;
        }
    }

    private bool LostProcessor(long now)
    {
        if (now - _end <= _timeSlice)
        {
            return false;
        }

        _resting = _nextRest;
        _nextRest = Math.Min(2 * _nextRest, LongestRest);
        return true;
    }
}
