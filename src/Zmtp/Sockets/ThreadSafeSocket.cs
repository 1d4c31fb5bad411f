using Actors.Zmtp.Patterns;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp;

/// <summary>
/// A socket that several threads may use at once: each call sends or receives a whole message, which has one frame
/// (RFC 37, "Thread-Safe Socket Types"). A message of more frames that a peer sends is dropped.
/// </summary>
public abstract class ThreadSafeSocket : IThreadSafeSocket, IDisposable
{
    private readonly Lock _lock = new();
    private readonly NewsBoard _news = new();

    /// <summary>A socket of one of the thread-safe types.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type is not thread-safe.</exception>
    protected ThreadSafeSocket(ZmqSocketType socketType)
    {
        Core = new SocketCore(socketType, CreatePattern);
        Core.Mailbox.Attach(_news, null);
        Options = new ThreadSafeSocketOptions(new SocketOptions(Core), _lock);
    }

    /// <summary>The settings of the socket. Those of connections hold for endpoints that are bound or connected afterwards.</summary>
    public ThreadSafeSocketOptions Options { get; }

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

    internal SocketCore Core { get; }

    /// <summary>Listens at an endpoint.</summary>
    /// <exception cref="AddressAlreadyInUseException">Somebody listens there already.</exception>
    /// <exception cref="InvalidException">The endpoint is malformed.</exception>
    public void Bind(string address)
    {
        lock (_lock)
        {
            Core.Bind(address);
        }
    }

    /// <summary>Listens at a free port of an address, and returns the port.</summary>
    public int BindRandomPort(string address)
    {
        lock (_lock)
        {
            return Core.BindRandomPort(address);
        }
    }

    /// <summary>Connects to an endpoint, now and again whenever the connection is lost.</summary>
    /// <exception cref="InvalidException">The endpoint is malformed.</exception>
    public void Connect(string address)
    {
        lock (_lock)
        {
            Core.Connect(address);
        }
    }

    /// <summary>Ends the connection to an endpoint.</summary>
    /// <exception cref="EndpointNotFoundException">The socket is not connected there.</exception>
    public void Disconnect(string address)
    {
        lock (_lock)
        {
            Core.Disconnect(address);
        }
    }

    /// <summary>Listens at an endpoint no more.</summary>
    /// <exception cref="EndpointNotFoundException">The socket is not bound there.</exception>
    public void Unbind(string address)
    {
        lock (_lock)
        {
            Core.Unbind(address);
        }
    }

    /// <summary>Closes the socket; threads that wait in it get an <see cref="ObjectDisposedException"/>.</summary>
    public void Close() => Dispose();

    /// <inheritdoc cref="Close"/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidException">The message says that another frame follows.</exception>
    public virtual bool TrySend(ref Msg msg, TimeSpan timeout)
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

    /// <inheritdoc/>
    public virtual bool TryReceive(ref Msg msg, TimeSpan timeout, CancellationToken cancellationToken = default)
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

    /// <summary>Sends a message as soon as a peer can take it.</summary>
    internal async ValueTask SendAsync(Msg msg)
    {
        CheckSinglePart(ref msg);
        long seen = _news.Edition;
        while (!TrySendNow(ref msg))
        {
            await _news.WaitAsync(seen, CancellationToken.None).ConfigureAwait(false);
            seen = _news.Edition;
        }
    }

    /// <summary>Receives the next message; the caller closes it.</summary>
    internal async ValueTask<Msg> ReceiveAsync(CancellationToken cancellationToken)
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

    /// <summary>Closes the socket.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_lock)
            {
                Core.Close();
            }
        }
    }

    private static Pattern CreatePattern(SocketCore core) => core.Type switch
    {
        ZmqSocketType.Client => new DealerPattern(core, singlePart: true),
        ZmqSocketType.Server => new ServerPattern(core),
        ZmqSocketType.Radio => new RadioPattern(core),
        ZmqSocketType.Dish => new DishPattern(core),
        ZmqSocketType.Scatter => new PushPattern(core),
        ZmqSocketType.Gather => new PullPattern(core, singlePart: true),
        ZmqSocketType.Channel => new PairPattern(core, singlePart: true),
        _ => throw new ArgumentOutOfRangeException(nameof(core), core.Type, $"The socket type {core.Type} is not thread-safe."),
    };

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
