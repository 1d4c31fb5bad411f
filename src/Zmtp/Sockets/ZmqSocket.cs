using Actors.Zmtp.Monitoring;
using Actors.Zmtp.Patterns;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp;

/// <summary>
/// A socket. It belongs to one thread at a time, which may hand it on; closing it ends its endpoints, and what it has
/// sent goes on in the background for as long as <see cref="SocketOptions.Linger"/> says.
/// </summary>
public abstract class ZmqSocket : IZmqSocket
{
    private EventHandler<ZmqSocketEventArgs>? _receiveReady;
    private EventHandler<ZmqSocketEventArgs>? _sendReady;
    private ZmqSocketEventArgs? _eventArgs;

    private protected ZmqSocket(ZmqSocketType type, Func<SocketCore, Pattern> pattern, string? connectionString, DefaultAction defaultAction)
    {
        Core = new SocketCore(this, type, pattern);
        Options = new SocketOptions(this);
        try
        {
            Attach(connectionString, defaultAction);
        }
        catch
        {
            Core.Close();
            throw;
        }
    }

    /// <summary>What an endpoint without a sign is for, in the text given to a constructor.</summary>
    private protected enum DefaultAction
    {
        Connect,
        Bind,
    }

    internal SocketCore Core { get; }

    /// <summary>Is told when a handler is added or removed; the poller that the socket is in.</summary>
    internal Action? HandlersChanged { get; set; }

    internal bool HasReceiveHandlers => _receiveReady is not null;

    internal bool HasSendHandlers => _sendReady is not null;

    /// <inheritdoc/>
    public event EventHandler<ZmqSocketEventArgs>? ReceiveReady
    {
        add
        {
            _receiveReady += value;
            HandlersChanged?.Invoke();
        }

        remove
        {
            _receiveReady -= value;
            HandlersChanged?.Invoke();
        }
    }

    /// <inheritdoc/>
    public event EventHandler<ZmqSocketEventArgs>? SendReady
    {
        add
        {
            _sendReady += value;
            HandlersChanged?.Invoke();
        }

        remove
        {
            _sendReady -= value;
            HandlersChanged?.Invoke();
        }
    }

    /// <inheritdoc/>
    public SocketOptions Options { get; }

    /// <inheritdoc/>
    public bool HasIn => Core.HasIn;

    /// <inheritdoc/>
    public bool HasOut => Core.HasOut;

    /// <inheritdoc/>
    public bool IsDisposed => Core.IsClosed;

    ZmqSocket ISocketPollable.Socket => this;

    /// <inheritdoc/>
    /// <exception cref="AddressAlreadyInUseException">Somebody listens there already.</exception>
    /// <exception cref="InvalidException">The endpoint is malformed.</exception>
    /// <exception cref="ProtocolNotSupportedException">The transport is not supported.</exception>
    public void Bind(string address) => Core.Bind(address);

    /// <inheritdoc/>
    public int BindRandomPort(string address) => Core.BindRandomPort(address);

    /// <inheritdoc/>
    /// <exception cref="InvalidException">The endpoint is malformed.</exception>
    /// <exception cref="ProtocolNotSupportedException">The transport is not supported.</exception>
    public void Connect(string address) => Core.Connect(address);

    /// <inheritdoc/>
    /// <exception cref="EndpointNotFoundException">The socket is not connected there.</exception>
    public void Disconnect(string address) => Core.Disconnect(address);

    /// <inheritdoc/>
    /// <exception cref="EndpointNotFoundException">The socket is not bound there.</exception>
    public void Unbind(string address) => Core.Unbind(address);

    /// <inheritdoc/>
    public void Close() => Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public virtual bool TrySend(ref Msg msg, TimeSpan timeout, bool more) => Core.TrySend(ref msg, timeout, more);

    /// <inheritdoc/>
    public virtual bool TryReceive(ref Msg msg, TimeSpan timeout) => Core.TryReceive(ref msg, timeout);

    /// <inheritdoc/>
    public void Poll() => Poll(TimeSpan.FromMilliseconds(-1));

    /// <inheritdoc/>
    public bool Poll(TimeSpan timeout)
    {
        PollEvents wanted = PollEvents.PollError;
        if (HasReceiveHandlers)
        {
            wanted |= PollEvents.PollIn;
        }

        if (HasSendHandlers)
        {
            wanted |= PollEvents.PollOut;
        }

        PollEvents found = Poll(wanted, timeout);
        InvokeEvents(this, found);
        return found != PollEvents.None;
    }

    /// <inheritdoc/>
    public PollEvents Poll(PollEvents pollEvents, TimeSpan timeout) => Core.Poll(pollEvents, timeout);

    /// <inheritdoc/>
    public void Monitor(string endpoint, SocketEvents events = SocketEvents.All)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (endpoint.Length == 0)
        {
            Core.Events.Stop();
            return;
        }

        Core.Events.Start(endpoint, events);
    }

    /// <summary>
    /// What the pipes of the socket have carried, hold and have dropped; from any thread, and after the socket was closed.
    /// Counting costs the sockets nothing: the numbers are those that the two ends of a pipe tell each other anyhow.
    /// </summary>
    /// <remarks>The genuine NetMQ has no such method.</remarks>
    public SocketStatistics GetStatistics() => Core.Pipes.Statistics();

    /// <summary>Calls the handlers of events that are there.</summary>
    internal void InvokeEvents(object sender, PollEvents events)
    {
        ZmqSocketEventArgs args = _eventArgs ??= new ZmqSocketEventArgs(this);
        args.Init(events);
        if (events.HasIn())
        {
            _receiveReady?.Invoke(sender, args);
        }

        if (events.HasOut() && !IsDisposed)
        {
            _sendReady?.Invoke(sender, args);
        }
    }

    /// <summary>Closes the socket.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Core.Close();
        }
    }

    /// <summary>Binds and connects the endpoints of a text, separated by commas: "@" before one binds, "&gt;" connects.</summary>
    private void Attach(string? connectionString, DefaultAction defaultAction)
    {
        foreach (string part in (connectionString ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            bool bind = part[0] == '@' || (part[0] != '>' && defaultAction == DefaultAction.Bind);
            string address = part.TrimStart('@', '>').Trim();
            if (bind)
            {
                Bind(address);
            }
            else
            {
                Connect(address);
            }
        }
    }
}
