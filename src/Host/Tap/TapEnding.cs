namespace Actors.Host.Tap;

/// <summary>
/// Decides when a tap that was stopped may end: when nothing has come and nothing has waited for a while, so that the network has nothing
/// more to bring, and at the latest when its time is over.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="limit">The most time from <see cref="Begin"/> on.</param>
internal sealed class TapEnding(TimeProvider time, TimeSpan limit)
{
    /// <summary>The network is taken to have nothing more to bring when nothing has come for so long.</summary>
    public static TimeSpan Quiet { get; } = TimeSpan.FromMilliseconds(250);

    private long? _began;
    private long _busyAt;
    private long _passed = -1;

    /// <summary>What is left of the time; all of it before the tap was stopped.</summary>
    public TimeSpan Left => _began is { } began ? limit - time.GetElapsedTime(began) : limit;

    /// <summary>The tap is stopped; its time runs from the first call on.</summary>
    public void Begin()
    {
        if (_began is not null) return;
        _busyAt = time.GetTimestamp();
        _began = _busyAt;
    }

    /// <summary>Whether the tap may end now.</summary>
    /// <param name="passed">Messages that it has passed on so far.</param>
    /// <param name="isIdle">Whether nothing waits to be passed on, and no reply is missing.</param>
    public bool MayEnd(long passed, bool isIdle)
    {
        if (passed != _passed || !isIdle) (_passed, _busyAt) = (passed, time.GetTimestamp());
        return time.GetElapsedTime(_busyAt) >= Quiet || Left <= TimeSpan.Zero;
    }
}
