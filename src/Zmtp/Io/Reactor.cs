using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Actors.Zmtp.Io;

/// <summary>
/// One I/O thread: runs what is posted to it, tells sockets of the system their readiness, and keeps timers. Everything
/// that belongs to it runs on its thread; <see cref="Post(IFaultHandler, Action)"/>, <see cref="Schedule"/> and <see cref="Invoke"/> come from any.
/// </summary>
internal sealed class Reactor : IDisposable
{
    private readonly IReadiness _readiness;
    private readonly ConcurrentQueue<(IFaultHandler? Owner, Action Action)> _posted = new();
    private readonly TimerQueue _timers = new();
    private readonly Action<Exception> _onFault;
    private readonly Thread _thread;
    private AdaptiveSpin _spin = new(ZmqContext.SpinTime, TimeProvider.System);
    private ReactorWork? _scheduled;
    private int _parked;
    private bool _stopping;

    public Reactor(string name, IReadiness readiness, Action<Exception> onFault)
    {
        _onFault = onFault;
        _readiness = readiness;
        _thread = new Thread(Loop) { Name = name, IsBackground = true };
        _thread.Start();
    }

    public bool IsOnThread => Thread.CurrentThread == _thread;

    /// <summary>Connections and listeners that live here, to choose the least loaded of several.</summary>
    public int Load;

    /// <summary>Runs an action soon on the I/O thread, which throws nothing: that would be a fault of the engine.</summary>
    public void Post(Action action)
    {
        _posted.Enqueue((null, action));
        WakeIfParked();
    }

    /// <summary>Runs an action soon on the I/O thread; what it throws goes to its owner.</summary>
    public void Post(IFaultHandler owner, Action action)
    {
        _posted.Enqueue((owner, action));
        WakeIfParked();
    }

    /// <summary>Runs an action on the I/O thread and waits for it.</summary>
    public void Invoke(Action action)
    {
        if (IsOnThread)
        {
            action();
            return;
        }

        using ManualResetEventSlim done = new(false, 0);
        Exception? failure = null;
        Post(() =>
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                failure = e;
            }
            finally
            {
                done.Set();
            }
        });
        done.Wait();
        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Runs a piece of work soon on the I/O thread; without allocation.</summary>
    public void Schedule(ReactorWork work)
    {
        if (!work.TrySchedule())
        {
            return;
        }

        ReactorWork? head;
        do
        {
            head = Volatile.Read(ref _scheduled);
            work.NextScheduled = head;
        }
        while (Interlocked.CompareExchange(ref _scheduled, work, head) != head);
        WakeIfParked();
    }

    public void Watch(Socket socket, IReadyHandler handler, Ready interest) => _readiness.Watch(socket, handler, interest);

    public void Forget(Socket socket) => _readiness.Forget(socket);

    /// <summary>On the I/O thread: calls back after a time, unless cancelled before; what the callback throws goes to its owner.</summary>
    public ReactorTimer StartTimer(TimeSpan delay, IFaultHandler owner, Action callback) => _timers.Start(delay, owner, callback);

    /// <summary>Ends the thread after what was posted before.</summary>
    public void Dispose()
    {
        Post(() => _stopping = true);
        if (!IsOnThread)
        {
            _thread.Join();
        }
    }

    private void Loop()
    {
        while (!_stopping)
        {
            try
            {
                bool worked = RunPosted() | RunScheduled();
                int timeout = _timers.RunDue();
                if (worked || timeout == 0)
                {
                    _readiness.Wait(0);
                    continue;
                }

                if (!WorkComesSoon())
                {
                    Park(timeout);
                }
            }
            catch (Exception e)
            {
                // What a connection throws has gone to the connection. This has no owner, and must not stay unseen.
                Volatile.Write(ref _parked, 0);
                _onFault(e);
            }
        }

        _readiness.Dispose();
    }

    private bool HasWork => !_posted.IsEmpty || Volatile.Read(ref _scheduled) is not null;

    private bool WorkComesSoon()
    {
        for (_spin.Begin(); _spin.GoesOn();)
        {
            if (_readiness.Wait(0) || HasWork)
            {
                _spin.Found();
                return true;
            }
        }

        return false;
    }

    private void Park(int timeout)
    {
        Interlocked.Exchange(ref _parked, 1);
        if (!HasWork)
        {
            _readiness.Wait(timeout);
        }

        Volatile.Write(ref _parked, 0);
    }

    private void WakeIfParked()
    {
        if (Volatile.Read(ref _parked) != 0 && Interlocked.Exchange(ref _parked, 0) != 0)
        {
            _readiness.Wake();
        }
    }

    private bool RunPosted()
    {
        // No more than there are now, so that what posts itself again leaves time for timers and sockets.
        int count = _posted.Count;
        bool any = count > 0;
        while (count-- > 0 && _posted.TryDequeue(out (IFaultHandler? Owner, Action Action) posted))
        {
            try
            {
                posted.Action();
            }
            catch (Exception fault) when (posted.Owner is not null)
            {
                posted.Owner.OnFault(fault);
            }
        }

        return any;
    }

    private bool RunScheduled()
    {
        if (Volatile.Read(ref _scheduled) is null)
        {
            return false;
        }

        ReactorWork? work = Interlocked.Exchange(ref _scheduled, null);
        // The last comer is on top; the first has waited longest.
        ReactorWork? reversed = null;
        while (work is not null)
        {
            ReactorWork? next = work.NextScheduled;
            work.NextScheduled = reversed;
            reversed = work;
            work = next;
        }

        while (reversed is not null)
        {
            ReactorWork? next = reversed.NextScheduled;
            reversed.NextScheduled = null;
            try
            {
                reversed.BeginRun();
            }
            catch (Exception fault)
            {
                TellFault(reversed, fault);
            }

            reversed = next;
        }

        return true;
    }

    /// <summary>The rest of the work is still to be run, whatever the owner of this piece does.</summary>
    private void TellFault(ReactorWork work, Exception fault)
    {
        try
        {
            work.OnFault(fault);
        }
        catch (Exception e)
        {
            _onFault(e);
        }
    }
}
