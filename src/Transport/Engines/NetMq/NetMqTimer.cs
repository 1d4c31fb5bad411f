namespace Actors.Transport;

/// <summary>A timer on a poller's thread: once started, it elapses in each interval until it is stopped.</summary>
/// <remarks>Belongs to the poller's thread.</remarks>
internal sealed class NetMqTimer : IDisposable
{
    private readonly NetMqPollerThread _thread;
    private readonly Action _elapsed;
    private TimeSpan _interval;
    private long? _dueAt;

    public NetMqTimer(NetMqPollerThread thread, Action elapsed)
    {
        _thread = thread;
        _elapsed = elapsed;
        thread.Add(this);
    }

    public bool IsDue => _dueAt <= Environment.TickCount64;

    /// <summary>Milliseconds until it is due, at least 0; null when it is stopped.</summary>
    public long? UntilDue => _dueAt is { } due ? Math.Max(0, due - Environment.TickCount64) : null;

    /// <summary>Starts it, or starts it anew.</summary>
    public void Start(TimeSpan interval)
    {
        _interval = interval;
        _dueAt = Environment.TickCount64 + Math.Max(1, (long)interval.TotalMilliseconds);
    }

    public void Stop() => _dueAt = null;

    /// <summary>To be called by the poller when it is due.</summary>
    public void Elapse()
    {
        Start(_interval);
        _elapsed();
    }

    public void Dispose() => _thread.Remove(this);
}
