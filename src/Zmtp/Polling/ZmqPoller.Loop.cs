using Actors.Zmtp.Polling;

namespace Actors.Zmtp;

public sealed partial class ZmqPoller
{
    /// <summary>Polls on the caller's thread until stopped. What follows an await in a handler runs on that thread too.</summary>
    /// <exception cref="InvalidOperationException">The poller is running already.</exception>
    public void Run()
    {
        BeginRun();
        RunHere();
    }

    /// <summary>Polls on a thread of its own, and returns at once.</summary>
    /// <param name="threadName">The name of the thread.</param>
    /// <param name="isBackgroundThread">False keeps the process alive until the poller is stopped.</param>
    /// <exception cref="InvalidOperationException">The poller is running already.</exception>
    public void RunAsync(string threadName = "Zmtp poller", bool isBackgroundThread = true)
    {
        BeginRun();
        Thread thread = new(RunHere)
        {
            Name = threadName,
            IsBackground = isBackgroundThread,
        };
        thread.Start();
    }

    /// <summary>Stops, and waits until the poller has stopped, unless called from a handler.</summary>
    public void Stop()
    {
        StopAsync();
        if (!CanExecuteTaskInline)
        {
            _stopped.Wait();
        }
    }

    /// <summary>Asks the poller to stop after the handler that is running, and does not wait.</summary>
    public void StopAsync()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _stopping = true;
        _waker.Set();
    }

    private void BeginRun()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        lock (_gate)
        {
            if (_running)
            {
                throw new InvalidOperationException("The poller is running already.");
            }

            _stopping = false;
            _stopped.Reset();
            _running = true;
        }
    }

    private void RunHere()
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new PollerSynchronizationContext(this));
        Volatile.Write(ref _thread, Thread.CurrentThread);
        try
        {
            while (!_stopping)
            {
                int timeout = RunTimers();
                bool worked = RunCommands() | RunTasks() | TakeSignalled();
                worked |= ServeActive();
                if (!worked && !_stopping)
                {
                    _waker.Wait(timeout);
                }
            }
        }
        finally
        {
            lock (_gate)
            {
                // What was asked for before the stop is still done, and nothing more after it.
                RunCommands();
                Volatile.Write(ref _thread, null);
                _running = false;
            }

            SynchronizationContext.SetSynchronizationContext(before);
            if (_disposed)
            {
                LetGo();
            }

            _stopped.Set();
        }
    }

    private bool RunCommands()
    {
        bool any = false;
        while (_commands.TryDequeue(out Action? command))
        {
            any = true;
            command();
        }

        return any;
    }

    private bool RunTasks()
    {
        // No more than there are now, so that tasks that queue tasks leave time for the sockets.
        int count = _tasks.Count;
        bool any = count > 0;
        while (count-- > 0 && !_stopping && _tasks.TryDequeue(out Task? task))
        {
            TryExecuteTask(task);
        }

        return any;
    }

    private bool TakeSignalled()
    {
        if (Volatile.Read(ref _signalled) is null)
        {
            return false;
        }

        PollItem? item = Interlocked.Exchange(ref _signalled, null);
        while (item is not null)
        {
            PollItem? next = item.NextSignalled;
            item.TakeSignal();
            if (!item.IsActive && !item.IsRemoved)
            {
                item.IsActive = true;
                _active.Add(item);
            }

            item = next;
        }

        return true;
    }

    /// <summary>Raises the events of each active item once; items without any wait for their next signal.</summary>
    private bool ServeActive()
    {
        bool any = false;
        for (int i = 0; i < _active.Count && !_stopping;)
        {
            PollItem item = _active[i];
            PollEvents events = item.IsRemoved ? PollEvents.None : item.Look();
            if (events == PollEvents.None)
            {
                item.IsActive = false;
                _active[i] = _active[^1];
                _active.RemoveAt(_active.Count - 1);
                if (item.Socket.IsDisposed && !item.IsRemoved)
                {
                    RemoveItem(item.Socket);
                }

                continue;
            }

            any = true;
            item.Socket.InvokeEvents(this, events);
            i++;
        }

        return any;
    }

    /// <summary>Raises what is due, and returns the milliseconds until the next, or a negative number for none.</summary>
    private int RunTimers()
    {
        if (_timers.Count == 0)
        {
            return -1;
        }

        long next = long.MaxValue;
        long now = Environment.TickCount64;
        for (int i = 0; i < _timers.Count && !_stopping; i++)
        {
            ZmqTimer timer = _timers[i];
            if (timer.Enable)
            {
                if (timer.Due <= now)
                {
                    timer.Fire(now);
                    if (i >= _timers.Count || !ReferenceEquals(_timers[i], timer))
                    {
                        // A handler changed the list: look at all again.
                        return 0;
                    }
                }

                if (timer.Enable)
                {
                    next = Math.Min(next, timer.Due);
                }
            }
        }

        return next == long.MaxValue ? -1 : (int)Math.Clamp(next - Environment.TickCount64, 0, int.MaxValue);
    }
}
