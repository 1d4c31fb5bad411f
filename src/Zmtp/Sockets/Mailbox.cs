using Actors.Zmtp.Io;
using Actors.Zmtp.Pipes;

namespace Actors.Zmtp.Sockets;

/// <summary>Hears from any thread that a socket has signals to process.</summary>
internal interface ISocketWatcher
{
    void SocketSignalled();
}

/// <summary>
/// The pipes of a socket that other threads have news of. Pushing allocates nothing; a pipe is in the list once, and
/// its news gather in the pipe.
/// </summary>
internal sealed class Mailbox
{
    private Pipe? _head;
    private ISocketWatcher? _watcher;
    private Waker _waker = new();

    /// <summary>The place where the thread of the socket sleeps: the socket's own, or that of its poller.</summary>
    public Waker Waker => Volatile.Read(ref _waker);

    public bool HasSignals => Volatile.Read(ref _head) is not null;

    public void Push(Pipe pipe)
    {
        Pipe? head;
        do
        {
            head = Volatile.Read(ref _head);
            pipe.NextSignalled = head;
        }
        while (Interlocked.CompareExchange(ref _head, pipe, head) != head);
        Wake();
    }

    /// <summary>Wakes the thread of the socket without news.</summary>
    public void Wake()
    {
        Volatile.Read(ref _watcher)?.SocketSignalled();
        Volatile.Read(ref _waker).Set();
    }

    /// <summary>Takes all pipes, the first signalled first.</summary>
    public Pipe? TakeAll()
    {
        Pipe? pipe = Interlocked.Exchange(ref _head, null);
        Pipe? reversed = null;
        while (pipe is not null)
        {
            Pipe? next = pipe.NextSignalled;
            pipe.NextSignalled = reversed;
            reversed = pipe;
            pipe = next;
        }

        return reversed;
    }

    /// <summary>Lets a poller's thread serve the socket, or with null the thread that calls it. News that are there already are for the caller to look at.</summary>
    public void Attach(ISocketWatcher? watcher, Waker? waker)
    {
        Volatile.Write(ref _waker, waker ?? new Waker());
        Volatile.Write(ref _watcher, watcher);
        Interlocked.MemoryBarrier();
    }
}
