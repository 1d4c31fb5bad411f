using System.Collections;
using System.Collections.Concurrent;
using Actors.Zmtp.Io;
using Actors.Zmtp.Polling;

namespace Actors.Zmtp;

/// <summary>
/// Serves sockets, timers and tasks on one thread: raises <see cref="ZmqSocket.ReceiveReady"/> as long as a message
/// can be received and somebody listens, <see cref="ZmqSocket.SendReady"/> as long as one can be sent. Things can be
/// added and removed from any thread and from handlers. What a handler throws ends the poller and comes out of <see cref="Run()"/>.
/// </summary>
/// <remarks>
/// Adding, removing, stopping and disposing may race each other: each either takes effect or throws to its own caller, and no
/// handler, task or continuation ever runs on another thread than the poller's.
/// </remarks>
public sealed partial class ZmqPoller : TaskScheduler, IEnumerable, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Waker _waker = new();

    // Under the gate.
    private readonly Dictionary<ZmqSocket, PollItem> _items = [];

    // For the poller's thread, and under the gate while it does not run.
    private readonly List<PollItem> _active = [];
    private readonly List<ZmqTimer> _timers = [];
    private readonly ConcurrentQueue<Action> _commands = new();
    private readonly ConcurrentQueue<Task> _tasks = new();
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PollItem? _signalled;
    private PollItem? _serving;
    private volatile PollerRun? _run;
    private volatile bool _disposed;
    private bool _stopBeforeRun;

    /// <summary>The poller is running, or about to.</summary>
    public bool IsRunning => _run is not null;

    /// <summary>The poller was disposed of.</summary>
    public bool IsDisposed => _disposed;

    /// <summary>The caller is on the poller's thread.</summary>
    public bool CanExecuteTaskInline => ReferenceEquals(_run?.Thread, Thread.CurrentThread);

    /// <summary>Completes when the poller was disposed of, and runs nothing any more.</summary>
    internal Task Gone => _gone.Task;

    /// <summary>Adds a socket, or something that has one. It belongs to the poller's thread until it is removed.</summary>
    /// <exception cref="ObjectDisposedException">The poller or the socket was disposed of.</exception>
    public void Add(IPollable socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ObjectDisposedException.ThrowIf(socket.IsDisposed, socket);
        ZmqSocket added = socket.Socket;
        PollItem item = new(this, added);
        lock (_gate)
        {
            CheckNotDisposed();
            if (added.IsDisposed || !_items.TryAdd(added, item))
            {
                return;
            }

            added.PollItem = item;
            added.Core.Mailbox.Attach(item, _waker);
        }

        item.SocketSignalled();
    }

    /// <summary>Adds a timer.</summary>
    /// <exception cref="ObjectDisposedException">The poller was disposed of.</exception>
    public void Add(ZmqTimer timer)
    {
        ArgumentNullException.ThrowIfNull(timer);
        Do(() =>
        {
            if (!_timers.Contains(timer))
            {
                timer.Start(_waker);
                _timers.Add(timer);
            }
        });
    }

    /// <summary>
    /// Takes a socket out; it stays open, and belongs to the caller: a handler of it that is running has returned. Called on the
    /// poller's own thread, from a handler, it does not wait.
    /// </summary>
    public void Remove(IPollable socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        RemoveItem(socket.Socket);
    }

    /// <summary>Takes a timer out; a call of its handler that has begun on the poller's thread goes on.</summary>
    public void Remove(ZmqTimer timer)
    {
        ArgumentNullException.ThrowIfNull(timer);
        if (_disposed && !CanExecuteTaskInline)
        {
            return;
        }

        Do(() =>
        {
            if (_timers.Remove(timer))
            {
                timer.Stop();
            }
        });
    }

    /// <summary>Takes a socket out and disposes of it: on the poller's thread, or at once while that does not run.</summary>
    public void RemoveAndDispose<T>(T socket)
        where T : IPollable, IDisposable
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (!CanExecuteTaskInline)
        {
            lock (_gate)
            {
                if (_run is not null)
                {
                    _commands.Enqueue(() => RemoveNow(socket));
                    _waker.Set();
                    return;
                }
            }
        }

        RemoveNow(socket);
    }

    /// <summary>Stops if running, waits for that unless called from a handler, and lets go of the sockets, which stay open. Tasks that wait are dropped.</summary>
    public void Dispose()
    {
        PollerRun? run;
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                if (_run is null)
                {
                    LetGo();
                }
            }

            run = _run;
            run?.Stop();
        }

        if (run is not null)
        {
            _waker.Set();
            run.Wait();
        }
    }

    IEnumerator IEnumerable.GetEnumerator()
    {
        lock (_gate)
        {
            return _items.Keys.ToArray().GetEnumerator();
        }
    }

    /// <summary>From any thread: an item has news.</summary>
    internal void Push(PollItem item)
    {
        PollItem? head;
        do
        {
            head = Volatile.Read(ref _signalled);
            item.NextSignalled = head;
        }
        while (Interlocked.CompareExchange(ref _signalled, item, head) != head);
        _waker.Set();
    }

    /// <summary>Takes a socket out, if it is in; from any thread. On another than the poller's, waits for a handler of it that is running.</summary>
    internal void RemoveItem(ZmqSocket socket)
    {
        PollItem? item;
        lock (_gate)
        {
            if (!_items.Remove(socket, out item))
            {
                return;
            }

            item.IsRemoved = true;
        }

        if (!CanExecuteTaskInline && _run is not null)
        {
            // Either the poller's thread sees now that the item is removed, or this one sees that it is being served.
            Interlocked.MemoryBarrierProcessWide();
            SpinWait spin = default;
            while (ReferenceEquals(Volatile.Read(ref _serving), item))
            {
                spin.SpinOnce();
            }
        }

        Detach(item);
    }

    private static void Detach(PollItem item)
    {
        if (ReferenceEquals(item.Socket.PollItem, item))
        {
            item.Socket.PollItem = null;
            item.Socket.Core.Mailbox.Attach(null, null);
        }
    }

    private void RemoveNow<T>(T socket)
        where T : IPollable, IDisposable
    {
        RemoveItem(socket.Socket);
        socket.Dispose();
    }

    /// <summary>From any thread: runs an action of this poller on its thread, or at once while it does not run.</summary>
    private void Do(Action action)
    {
        if (CanExecuteTaskInline)
        {
            action();
            return;
        }

        lock (_gate)
        {
            CheckNotDisposed();
            if (_run is null)
            {
                action();
                return;
            }

            _commands.Enqueue(action);
        }

        _waker.Set();
    }

    /// <summary>Handlers of a run that is about to end may still use the poller.</summary>
    private void CheckNotDisposed() => ObjectDisposedException.ThrowIf(_disposed && !CanExecuteTaskInline, this);

    /// <summary>Under the gate, when nothing runs any more.</summary>
    private void LetGo()
    {
        foreach (PollItem item in _items.Values)
        {
            item.IsRemoved = true;
            Detach(item);
        }

        _items.Clear();
        _active.Clear();
        foreach (ZmqTimer timer in _timers)
        {
            timer.Stop();
        }

        _timers.Clear();
        _gone.TrySetResult();
    }
}
