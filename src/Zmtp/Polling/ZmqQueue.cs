using System.Collections.Concurrent;
using Actors.Zmtp.Polling;

namespace Actors.Zmtp;

/// <summary>A queue with many writers, from any thread, and one reader, who may be in a <see cref="ZmqPoller"/>.</summary>
public sealed class ZmqQueue<T> : IDisposable, IPollable
{
    private readonly ConcurrentQueue<T> _queue = new();
    private readonly QueueSocket _socket;
    private readonly SemaphoreSlim? _room;
    private readonly ZmqQueueEventArgs<T> _eventArgs;
    private EventHandler<ZmqQueueEventArgs<T>>? _receiveReady;

    /// <summary>A queue of at most so many elements; zero means no limit.</summary>
    public ZmqQueue(int capacity = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _room = capacity == 0 ? null : new SemaphoreSlim(capacity, capacity);
        _socket = new QueueSocket(() => _queue.IsEmpty);
        _eventArgs = new ZmqQueueEventArgs<T>(this);
    }

    /// <summary>Raised by the poller while the queue is not empty.</summary>
    public event EventHandler<ZmqQueueEventArgs<T>>? ReceiveReady
    {
        add
        {
            bool first = _receiveReady is null;
            _receiveReady += value;
            if (first && _receiveReady is not null)
            {
                _socket.ReceiveReady += OnReady;
            }
        }

        remove
        {
            bool any = _receiveReady is not null;
            _receiveReady -= value;
            if (any && _receiveReady is null)
            {
                _socket.ReceiveReady -= OnReady;
            }
        }
    }

    /// <summary>The number of elements.</summary>
    public int Count => _queue.Count;

    /// <summary>There are no elements.</summary>
    public bool IsEmpty => _queue.IsEmpty;

    /// <summary>The queue was disposed of.</summary>
    public bool IsDisposed => _socket.IsDisposed;

    ZmqSocket IPollable.Socket => _socket;

    /// <summary>Adds an element, from any thread; waits while the queue is full.</summary>
    public void Enqueue(T value)
    {
        _room?.Wait();
        _queue.Enqueue(value);
        _socket.Enqueued();
    }

    /// <summary>Takes the next element, and waits for it.</summary>
    public T Dequeue()
    {
        TryDequeue(out T? result, TimeSpan.FromMilliseconds(-1));
        return result!;
    }

    /// <summary>Takes the next element, and waits for it so long; a negative time waits without end.</summary>
    public bool TryDequeue(out T result, TimeSpan timeout)
    {
        if (_queue.TryDequeue(out result!)
            || (timeout != TimeSpan.Zero && _socket.Poll(PollEvents.PollIn, timeout).HasIn() && _queue.TryDequeue(out result!)))
        {
            _room?.Release();
            return true;
        }

        return false;
    }

    /// <summary>Ends the polling of the queue.</summary>
    public void Dispose() => _socket.Dispose();

    private void OnReady(object? sender, ZmqSocketEventArgs e) => _receiveReady?.Invoke(this, _eventArgs);
}

/// <summary>Which queue can be read.</summary>
public sealed class ZmqQueueEventArgs<T> : EventArgs
{
    /// <summary>The arguments for events of a queue.</summary>
    internal ZmqQueueEventArgs(ZmqQueue<T> queue)
    {
        Queue = queue;
    }

    /// <summary>The queue.</summary>
    public ZmqQueue<T> Queue { get; }
}
