using Actors.Zmtp.Patterns;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp;

/// <summary>
/// A socket that several threads may use at once: each call sends or receives a whole message, which has one frame
/// (RFC 37, "Thread-Safe Socket Types"). A message of more frames that a peer sends is dropped. Every member is for any thread.
/// </summary>
public abstract class ThreadSafeSocket : IDisposable
{
    private readonly Lock _lock = new();
    private readonly NewsBoard _news = new();

    private protected ThreadSafeSocket(ZmqSocketType type, Func<SocketCore, Pattern> pattern)
    {
        Core = new SocketCore(type, pattern);
        Core.Mailbox.Attach(_news, null);
        Options = new SocketOptions(Core);
    }

    /// <summary>The settings of the socket. Those of connections hold for endpoints that are bound or connected afterwards.</summary>
    public SocketOptions Options { get; }

    /// <summary>The socket was closed.</summary>
    public bool IsDisposed
    {
        get
        {
            lock (_lock)
            {
                return Core.IsClosed;
            }
        }
    }

    /// <summary>The type of the socket, which its peers are told.</summary>
    public ZmqSocketType Type => Core.Type;

    internal SocketCore Core { get; }

    /// <inheritdoc cref="ZmqSocket.Bind"/>
    public void Bind(string address)
    {
        lock (_lock)
        {
            Core.Bind(address);
        }
    }

    /// <inheritdoc cref="ZmqSocket.BindRandomPort"/>
    public int BindRandomPort(string address)
    {
        lock (_lock)
        {
            return Core.BindRandomPort(address);
        }
    }

    /// <inheritdoc cref="ZmqSocket.Connect"/>
    public void Connect(string address)
    {
        lock (_lock)
        {
            Core.Connect(address);
        }
    }

    /// <inheritdoc cref="ZmqSocket.Disconnect"/>
    public void Disconnect(string address)
    {
        lock (_lock)
        {
            Core.Disconnect(address);
        }
    }

    /// <inheritdoc cref="ZmqSocket.Unbind"/>
    public void Unbind(string address)
    {
        lock (_lock)
        {
            Core.Unbind(address);
        }
    }

    /// <inheritdoc cref="ZmqSocket.Monitor"/>
    public IDisposable Monitor(SocketEvents watched, Action<SocketEvent> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Core.Events.Add(watched, handler);
    }

    /// <inheritdoc cref="ZmqSocket.GetStatistics"/>
    public SocketStatistics GetStatistics() => Core.Pipes.Statistics();

    /// <summary>Closes the socket; threads that wait in it get an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            Core.Close();
        }
    }

    /// <summary>Sends a message, waiting so long for a peer that can take it; a negative time waits without end. True leaves the value empty.</summary>
    /// <exception cref="HostUnreachableException">A SERVER knows no peer of the message's <see cref="Msg.RoutingId"/>.</exception>
    /// <exception cref="InvalidException">The message says that another frame follows.</exception>
    /// <exception cref="NotSupportedException">The type of the socket does not send.</exception>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    /// <exception cref="TerminatingException"><see cref="ZmqContext.Terminate"/> was called.</exception>
    public bool TrySend(ref Msg msg, TimeSpan timeout)
    {
        CheckSinglePart(ref msg);
        Deadline deadline = new(timeout);
        while (true)
        {
            long seen = _news.Edition;
            if (TrySendNow(ref msg))
            {
                return true;
            }

            if (timeout == TimeSpan.Zero || !_news.Wait(seen, deadline, CancellationToken.None))
            {
                return false;
            }
        }
    }

    /// <summary>Sends a message as soon as a peer can take it, without holding up the thread. The value is the socket's from the call on.</summary>
    /// <exception cref="InvalidException">The message says that another frame follows.</exception>
    public async ValueTask SendAsync(Msg msg)
    {
        CheckSinglePart(ref msg);
        long seen = _news.Edition;
        while (!TrySendNow(ref msg))
        {
            await _news.WaitAsync(seen, CancellationToken.None).ConfigureAwait(false);
            seen = _news.Edition;
        }
    }

    /// <summary>Receives a message, waiting so long for one; a negative time waits without end. What the value held before is closed.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    /// <exception cref="NotSupportedException">The type of the socket does not receive.</exception>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    /// <exception cref="TerminatingException"><see cref="ZmqContext.Terminate"/> was called.</exception>
    public bool TryReceive(ref Msg msg, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Deadline deadline = new(timeout);
        while (true)
        {
            long seen = _news.Edition;
            if (TryReceiveNow(ref msg))
            {
                return true;
            }

            if (timeout == TimeSpan.Zero || !_news.Wait(seen, deadline, cancellationToken))
            {
                return false;
            }
        }
    }

    /// <summary>Receives the next message without holding up the thread; the caller closes it.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async ValueTask<Msg> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        Msg msg = default;
        cancellationToken.ThrowIfCancellationRequested();
        long seen = _news.Edition;
        while (!TryReceiveNow(ref msg))
        {
            await _news.WaitAsync(seen, cancellationToken).ConfigureAwait(false);
            seen = _news.Edition;
        }

        return msg;
    }

    /// <summary>Does something with the pattern, while no other thread does.</summary>
    private protected void Use(Action<Pattern> action)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(Core.IsClosed, this);
            action(Core.Pattern);
        }
    }

    private static void CheckSinglePart(ref Msg msg)
    {
        if (msg.HasMore)
        {
            throw new InvalidException("A thread-safe socket sends messages of one frame; this one is to be followed by another.");
        }
    }

    private bool TrySendNow(ref Msg msg)
    {
        lock (_lock)
        {
            return Core.TrySend(ref msg, TimeSpan.Zero, more: false);
        }
    }

    private bool TryReceiveNow(ref Msg msg)
    {
        lock (_lock)
        {
            return Core.TryReceive(ref msg, TimeSpan.Zero);
        }
    }
}
