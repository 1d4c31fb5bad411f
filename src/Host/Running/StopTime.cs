namespace Actors.Host.Running;

/// <summary>
/// The time that stopping may take: from the first request to stop to the end of the process, which comes in any case.
/// </summary>
/// <remarks>
/// Four fifths of it are for draining, the rest for closing the sockets. Handlers that hang, a pipe that nobody reads, and
/// whatever else waits for ever cannot hold the process longer than <see cref="Grace"/> behind it. Safe to use from any thread.
/// </remarks>
internal sealed class StopTime : IDisposable
{
    /// <summary>Behind the stop timeout the process ends without waiting for anything.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private TimeSpan _timeout;
    private readonly TimeProvider _clock;
    private readonly Action _endProcess;
    private readonly ManualResetEventSlim _over = new();
    private readonly ManualResetEventSlim _hurry = new();
    private readonly Lock _lock = new();
    private long? _end;

    /// <param name="timeout">The configured time; zero stops without draining.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="endProcess">Ends the process at once; called on a thread of its own when the time and the grace are over.</param>
    public StopTime(TimeSpan timeout, TimeProvider clock, Action endProcess)
    {
        _timeout = timeout;
        _clock = clock;
        _endProcess = endProcess;
    }

    /// <summary>The time for draining.</summary>
    public TimeSpan Draining => _timeout * 0.8;

    /// <summary>What is left of the time, at least zero; null before stopping has begun.</summary>
    public TimeSpan? Left
    {
        get
        {
            lock (_lock)
            {
                if (_end is not { } end) return null;
                var left = _clock.GetElapsedTime(_clock.GetTimestamp(), end);
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Another time holds, unless stopping has begun.</summary>
    public void Change(TimeSpan timeout)
    {
        lock (_lock)
            if (_end is null) _timeout = timeout;
    }

    /// <summary>Stopping begins; false when it had begun before.</summary>
    public bool Begin()
    {
        lock (_lock)
        {
            if (_end is not null) return false;
            _end = In(_timeout);
        }
        new Thread(Watch) { IsBackground = true, Name = "stop deadline" }.Start();
        return true;
    }

    /// <summary>Somebody does not want to wait: the time is over now.</summary>
    public void Hurry()
    {
        lock (_lock) _end = In(TimeSpan.Zero);
        _hurry.Set();
    }

    /// <summary>True once <see cref="Hurry"/> was called.</summary>
    public bool IsHurried => _hurry.IsSet;

    /// <summary>Waits for a step of stopping as long as there is time; false when it has not ended by then.</summary>
    public async Task<bool> Wait(Task step)
    {
        // A step that can end at once gets a moment even when the time is over.
        var left = Left ?? _timeout;
        await step.WaitAsync(left > Moment ? left : Moment, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return step.IsCompletedSuccessfully;
    }

    public void Dispose() => _over.Set();

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private long In(TimeSpan time) => _clock.GetTimestamp() + (long)(time.TotalSeconds * _clock.TimestampFrequency);

    private void Watch()
    {
        if (WaitHandle.WaitAny([_over.WaitHandle, _hurry.WaitHandle], _timeout + Grace) == 0) return;
        // In a hurry, what is known is told first.
        if (IsHurried && _over.Wait(Grace)) return;
        _endProcess();
    }
}
