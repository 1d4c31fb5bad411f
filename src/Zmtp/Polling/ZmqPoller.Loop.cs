using Actors.Zmtp.Polling;

namespace Actors.Zmtp;

public sealed partial class ZmqPoller
{
    /// <summary>
    /// Polls on the caller's thread until stopped. What follows an await in a handler runs on that thread too. A stop that came
    /// before, while the poller was not running, ends this run at once: who starts it elsewhere and stops it right away has stopped it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The poller is running already.</exception>
    /// <exception cref="ObjectDisposedException">The poller was disposed of.</exception>
    public void Run()
    {
        PollerRun run = BeginRun(Thread.CurrentThread);
        lock (_gate)
        {
            if (_stopBeforeRun)
            {
                _stopBeforeRun = false;
                run.Stop();
            }
        }

        RunHere(run);
    }

    /// <summary>Polls on a thread of its own, and returns at once.</summary>
    /// <param name="threadName">The name of the thread.</param>
    /// <param name="isBackgroundThread">False keeps the process alive until the poller is stopped.</param>
    /// <exception cref="InvalidOperationException">The poller is running already.</exception>
    /// <exception cref="ObjectDisposedException">The poller was disposed of.</exception>
    public void RunAsync(string threadName = "Zmtp poller", bool isBackgroundThread = true)
    {
        PollerRun? run = null;
        Thread thread = new(() => RunHere(run!))
        {
            Name = threadName,
            IsBackground = isBackgroundThread,
        };
        run = BeginRun(thread);
        try
        {
            thread.Start();
        }
        catch
        {
            EndRun(run);
            throw;
        }
    }

    /// <summary>Stops, and waits until the poller has stopped, unless called from a handler.</summary>
    /// <exception cref="ObjectDisposedException">The poller was disposed of.</exception>
    public void Stop() => AskToStop()?.Wait();

    /// <summary>Asks the poller to stop after the handler that is running, and does not wait.</summary>
    /// <exception cref="ObjectDisposedException">The poller was disposed of.</exception>
    public void StopAsync() => AskToStop();

    private PollerRun? AskToStop()
    {
        PollerRun? run;
        lock (_gate)
        {
            CheckNotDisposed();
            run = _run;
            run?.Stop();
            _stopBeforeRun = run is null;
        }

        _waker.Set();
        return run;
    }

    private PollerRun BeginRun(Thread thread)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_run is not null)
            {
                throw new InvalidOperationException("The poller is running already.");
            }

            // A thread that was begun for this run counts from now on only.
            _stopBeforeRun &= ReferenceEquals(thread, Thread.CurrentThread);
            return _run = new PollerRun(thread);
        }
    }

    private void RunHere(PollerRun run)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new PollerSynchronizationContext(this));
        try
        {
            while (!run.IsStopping)
            {
                int timeout = RunTimers(run);
                bool worked = RunCommands() | RunTasks(run) | TakeSignalled();
                worked |= ServeActive(run);
                if (!worked && !run.IsStopping)
                {
                    _waker.Wait(timeout);
                }
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
            // What a handler has thrown leaves its item as the one that is served.
            Volatile.Write(ref _serving, null);
            EndRun(run);
        }
    }

    /// <summary>What was asked for before the stop is still done, and nothing more after it.</summary>
    private void EndRun(PollerRun run)
    {
        while (true)
        {
            RunCommands();
            lock (_gate)
            {
                if (_commands.IsEmpty)
                {
                    if (_disposed)
                    {
                        LetGo();
                    }

                    _run = null;
                    break;
                }
            }
        }

        run.End();
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

    private bool RunTasks(PollerRun run)
    {
        // No more than there are now, so that tasks that queue tasks leave time for the sockets.
        int count = _tasks.Count;
        bool any = count > 0;
        while (count-- > 0 && !run.IsStopping && _tasks.TryDequeue(out Task? task))
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
    private bool ServeActive(PollerRun run)
    {
        bool any = false;
        for (int i = 0; i < _active.Count && !run.IsStopping;)
        {
            PollItem item = _active[i];
            Volatile.Write(ref _serving, item);
            PollEvents events = item.IsRemoved ? PollEvents.None : item.Look();
            if (events != PollEvents.None)
            {
                any = true;
                item.Socket.InvokeEvents(this, item, run, events);
                i++;
            }

            Volatile.Write(ref _serving, null);
            if (events == PollEvents.None)
            {
                item.IsActive = false;
                _active[i] = _active[^1];
                _active.RemoveAt(_active.Count - 1);
                if (item.Socket.IsDisposed && !item.IsRemoved)
                {
                    RemoveItem(item.Socket);
                }

            }
        }

        return any;
    }

    /// <summary>Raises what is due, and returns the milliseconds until the next, or a negative number for none.</summary>
    private int RunTimers(PollerRun run)
    {
        if (_timers.Count == 0)
        {
            return -1;
        }

        long next = long.MaxValue;
        long now = Environment.TickCount64;
        for (int i = 0; i < _timers.Count && !run.IsStopping; i++)
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
