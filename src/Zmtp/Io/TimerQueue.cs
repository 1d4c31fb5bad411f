namespace Actors.Zmtp.Io;

/// <summary>The timers of one I/O thread, which alone uses them.</summary>
internal sealed class TimerQueue
{
    /// <summary>With fewer it does not pay to look for those that were cancelled.</summary>
    private const int FewCancelled = 256;

    private PriorityQueue<ReactorTimer, long> _timers = new();
    private int _cancelled;

    /// <summary>Timers that are due later, cancelled ones among them; for tests.</summary>
    public int Count => _timers.Count;

    public ReactorTimer Start(TimeSpan delay, IFaultHandler owner, Action callback)
    {
        long due = Environment.TickCount64 + (long)Math.Ceiling(Math.Max(delay.TotalMilliseconds, 0));
        ReactorTimer timer = new(this, owner, callback);
        _timers.Enqueue(timer, due);
        return timer;
    }

    /// <summary>Runs what is due, and returns the milliseconds until the next, or a negative number for none.</summary>
    public int RunDue()
    {
        while (_timers.TryPeek(out ReactorTimer? timer, out long due))
        {
            long left = due - Environment.TickCount64;
            if (!timer.IsCancelled && left > 0)
            {
                return (int)Math.Min(left, int.MaxValue);
            }

            _timers.Dequeue();
            if (timer.IsCancelled)
            {
                _cancelled--;
            }
            else
            {
                timer.Fire();
            }
        }

        return -1;
    }

    /// <summary>A timer of a connection that ends early would stay until it is due: when most are such, they are dropped.</summary>
    internal void CountCancelled()
    {
        if (++_cancelled < FewCancelled || _cancelled <= _timers.Count / 2)
        {
            return;
        }

        _timers = new PriorityQueue<ReactorTimer, long>(_timers.UnorderedItems.Where(item => !item.Element.IsCancelled));
        _cancelled = 0;
    }
}

/// <summary>A callback that is due later on the I/O thread.</summary>
internal sealed class ReactorTimer(TimerQueue queue, IFaultHandler owner, Action callback)
{
    private Action? _callback = callback;
    private bool _fired;

    public bool IsCancelled => _callback is null;

    /// <summary>On the I/O thread: the callback is not called any more.</summary>
    public void Cancel()
    {
        if (_callback is not null && !_fired)
        {
            _callback = null;
            queue.CountCancelled();
        }
    }

    internal void Fire()
    {
        _fired = true;
        try
        {
            _callback!();
        }
        catch (Exception fault)
        {
            owner.OnFault(fault);
        }
    }
}
