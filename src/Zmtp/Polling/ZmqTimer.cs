using Actors.Zmtp.Io;

namespace Actors.Zmtp;

/// <summary>Raises an event at intervals on the thread of the poller that it is in.</summary>
public sealed class ZmqTimer
{
    private readonly ZmqTimerEventArgs _eventArgs;
    private Waker? _waker;
    private TimeSpan _interval;
    private bool _enable = true;

    /// <summary>A timer that is enabled, and begins when it is added to a poller.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is negative.</exception>
    public ZmqTimer(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.Zero);
        _interval = interval;
        _eventArgs = new ZmqTimerEventArgs(this);
    }

    /// <summary>Raised when the interval is over, again and again.</summary>
    public event EventHandler<ZmqTimerEventArgs>? Elapsed;

    /// <summary>Time between two events; a change begins a new interval.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is negative.</exception>
    public TimeSpan Interval
    {
        get => _interval;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            _interval = value;
            Restart();
        }
    }

    /// <summary>True raises events; switching on begins a new interval.</summary>
    public bool Enable
    {
        get => _enable;
        set
        {
            if (_enable != value)
            {
                _enable = value;
                Restart();
            }
        }
    }

    /// <summary>When the next event is due, on the clock of <see cref="Environment.TickCount64"/>.</summary>
    internal long Due { get; private set; }

    internal void Start(Waker waker)
    {
        _waker = waker;
        Restart();
    }

    internal void Stop() => _waker = null;

    internal void Fire(long now)
    {
        Due = now + (long)_interval.TotalMilliseconds;
        Elapsed?.Invoke(this, _eventArgs);
    }

    private void Restart()
    {
        Due = Environment.TickCount64 + (long)_interval.TotalMilliseconds;
        _waker?.Set();
    }
}

/// <summary>Which timer has elapsed.</summary>
public sealed class ZmqTimerEventArgs : EventArgs
{
    /// <summary>The arguments for events of a timer.</summary>
    internal ZmqTimerEventArgs(ZmqTimer timer)
    {
        Timer = timer;
    }

    /// <summary>The timer.</summary>
    public ZmqTimer Timer { get; }
}
