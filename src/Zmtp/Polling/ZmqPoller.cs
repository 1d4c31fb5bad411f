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
public sealed partial class ZmqPoller : TaskScheduler, IEnumerable, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Waker _waker = new();
    private readonly Dictionary<ZmqSocket, PollItem> _items = [];
    private readonly List<PollItem> _active = [];
    private readonly List<ZmqTimer> _timers = [];
    private readonly ConcurrentQueue<Action> _commands = new();
    private readonly ConcurrentQueue<Task> _tasks = new();
    private readonly ManualResetEventSlim _stopped = new(true, 0);
    private PollItem? _signalled;
    private Thread? _thread;
    private volatile bool _running;
    private volatile bool _stopping;
    private volatile bool _disposed;

    /// <summary>The poller is running, or about to.</summary>
    public bool IsRunning => _running;

    /// <summary>The poller was disposed of.</summary>
    public bool IsDisposed => _disposed;

    /// <summary>The caller is on the poller's thread.</summary>
    public bool CanExecuteTaskInline => ReferenceEquals(_thread, Thread.CurrentThread);

    /// <summary>Adds a socket, or something that has one.</summary>
    public void Add(IPollable socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ObjectDisposedException.ThrowIf(socket.IsDisposed, socket);
        ZmqSocket added = socket.Socket;
        Do(() =>
        {
            if (!added.IsDisposed && !_items.ContainsKey(added))
            {
                PollItem item = new(this, added);
                _items.Add(added, item);
                added.HandlersChanged = item.SocketSignalled;
                added.Core.Mailbox.Attach(item, _waker);
                item.SocketSignalled();
            }
        });
    }

    /// <summary>Adds a timer.</summary>
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

    /// <summary>Takes a socket out; it stays open.</summary>
    public void Remove(IPollable socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ZmqSocket removed = socket.Socket;
        Do(() => RemoveItem(removed));
    }

    /// <summary>Takes a timer out.</summary>
    public void Remove(ZmqTimer timer)
    {
        ArgumentNullException.ThrowIfNull(timer);
        Do(() =>
        {
            if (_timers.Remove(timer))
            {
                timer.Stop();
            }
        });
    }

    /// <summary>Takes a socket out and disposes of it, on the poller's thread.</summary>
    public void RemoveAndDispose<T>(T socket)
        where T : IPollable, IDisposable
    {
        ArgumentNullException.ThrowIfNull(socket);
        ZmqSocket removed = socket.Socket;
        Do(() =>
        {
            RemoveItem(removed);
            socket.Dispose();
        });
    }

    /// <summary>Stops if running, and lets go of the sockets, which stay open.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        if (_running)
        {
            Stop();
        }

        _disposed = true;
        if (!CanExecuteTaskInline)
        {
            LetGo();
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

    /// <summary>From any thread: runs an action on the poller's thread, or at once while it does not run.</summary>
    internal void Do(Action action)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (CanExecuteTaskInline)
        {
            action();
            return;
        }

        lock (_gate)
        {
            if (!_running)
            {
                action();
                return;
            }

            _commands.Enqueue(action);
        }

        _waker.Set();
    }

    private void RemoveItem(ZmqSocket socket)
    {
        if (_items.Remove(socket, out PollItem? item))
        {
            item.IsRemoved = true;
            socket.HandlersChanged = null;
            socket.Core.Mailbox.Attach(null, null);
        }
    }

    private void LetGo()
    {
        foreach (ZmqSocket socket in _items.Keys.ToArray())
        {
            RemoveItem(socket);
        }
    }
}
