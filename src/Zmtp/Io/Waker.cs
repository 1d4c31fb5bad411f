namespace Actors.Zmtp.Io;

/// <summary>
/// A place where one thread sleeps and others wake it. A signal that comes while nobody sleeps is kept for the next wait, so
/// that "look, then sleep" loses none: a waiter looks at its sources after each return.
/// </summary>
internal sealed class Waker
{
    private const int Awake = 0;
    private const int Asleep = 1;
    private const int Signalled = 2;

    private readonly object _monitor = new();
    private AdaptiveSpin _spin = new(ZmqContext.SpinTime, TimeProvider.System);
    private int _state;

    /// <summary>Wakes the sleeper, now or at its next wait.</summary>
    public void Set()
    {
        if (Volatile.Read(ref _state) == Signalled)
        {
            return;
        }

        if (Interlocked.Exchange(ref _state, Signalled) == Asleep)
        {
            if (Futex.IsSupported)
            {
                Futex.WakeOne(ref _state);
            }
            else
            {
                lock (_monitor)
                {
                    Monitor.Pulse(_monitor);
                }
            }
        }
    }

    /// <summary>Sleeps until signalled; a negative time is without end. False when the time was over first.</summary>
    public bool Wait(int milliseconds)
    {
        if (milliseconds != 0 && !SignalledSoon() && Interlocked.CompareExchange(ref _state, Asleep, Awake) == Awake)
        {
            Sleep(milliseconds);
        }

        return Interlocked.Exchange(ref _state, Awake) == Signalled;
    }

    private bool SignalledSoon()
    {
        if (Volatile.Read(ref _state) == Signalled)
        {
            return true;
        }

        for (_spin.Begin(); _spin.GoesOn();)
        {
            if (Volatile.Read(ref _state) == Signalled)
            {
                _spin.Found();
                return true;
            }
        }

        return false;
    }

    private void Sleep(int milliseconds)
    {
        long start = Environment.TickCount64;
        int left = milliseconds;
        while (Volatile.Read(ref _state) == Asleep)
        {
            if (Futex.IsSupported)
            {
                Futex.Wait(ref _state, Asleep, left);
            }
            else
            {
                lock (_monitor)
                {
                    if (Volatile.Read(ref _state) == Asleep)
                    {
                        Monitor.Wait(_monitor, left);
                    }
                }
            }

            if (milliseconds > 0)
            {
                left = (int)(start + milliseconds - Environment.TickCount64);
                if (left <= 0)
                {
                    return;
                }
            }
        }
    }
}
