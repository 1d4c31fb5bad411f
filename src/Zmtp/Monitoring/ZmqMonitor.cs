using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Monitoring;

/// <summary>
/// Raises events for what happens to the endpoints and connections of a socket: on the thread of the poller that it is
/// attached to, or on the one that runs <see cref="Start"/>. The events come in the order in which they happened.
/// </summary>
public class ZmqMonitor : IDisposable
{
    private readonly ZmqSocket _socket;
    private readonly ZmqSocket? _monitored;
    private readonly bool _ownsSocket;
    private readonly ManualResetEventSlim _stopped = new(true, 0);
    private ISocketPollableCollection? _pollable;
    private IZmqPoller? _poller;
    private volatile bool _stopping;
    private bool _connected;
    private bool _disposed;

    /// <summary>Monitors a socket by way of an inproc endpoint that is made for it.</summary>
    public ZmqMonitor(ZmqSocket monitoredSocket, string endpoint, SocketEvents eventsToMonitor)
    {
        ArgumentNullException.ThrowIfNull(monitoredSocket);
        Endpoint = endpoint;
        _monitored = monitoredSocket;
        monitoredSocket.Monitor(endpoint, eventsToMonitor);
        _socket = new PairSocket();
        _socket.Options.Linger = TimeSpan.Zero;
        _socket.Options.ReceiveHighWatermark = 0;
        _ownsSocket = true;
        // From now on, so that nothing is missed between this and the start.
        Connect();
    }

    /// <summary>Monitors by a PAIR socket the events that <see cref="ZmqSocket.Monitor"/> publishes at an endpoint.</summary>
    public ZmqMonitor(ZmqSocket socket, string endpoint, bool ownsSocket = false)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Endpoint = endpoint;
        _socket = socket;
        _ownsSocket = ownsSocket;
    }

    /// <summary>Raised for each event, before the event of its kind.</summary>
    public event EventHandler<ZmqMonitorEventArgs>? EventReceived;

    /// <summary>A connection to a peer stands.</summary>
    public event EventHandler<ZmqMonitorSocketEventArgs>? Connected;

    /// <summary>A connection is being made.</summary>
    public event EventHandler<ZmqMonitorErrorEventArgs>? ConnectDelayed;

    /// <summary>Another attempt will be made after an interval.</summary>
    public event EventHandler<ZmqMonitorIntervalEventArgs>? ConnectRetried;

    /// <summary>The socket listens at an endpoint.</summary>
    public event EventHandler<ZmqMonitorSocketEventArgs>? Listening;

    /// <summary>The socket could not listen at an endpoint.</summary>
    public event EventHandler<ZmqMonitorErrorEventArgs>? BindFailed;

    /// <summary>A peer's connection was accepted.</summary>
    public event EventHandler<ZmqMonitorSocketEventArgs>? Accepted;

    /// <summary>A peer's connection could not be accepted.</summary>
    public event EventHandler<ZmqMonitorErrorEventArgs>? AcceptFailed;

    /// <summary>A listener or an attempt to connect was closed.</summary>
    public event EventHandler<ZmqMonitorSocketEventArgs>? Closed;

    /// <summary>A listener could not be closed.</summary>
    public event EventHandler<ZmqMonitorErrorEventArgs>? CloseFailed;

    /// <summary>A connection was lost or ended.</summary>
    public event EventHandler<ZmqMonitorSocketEventArgs>? Disconnected;

    /// <summary>The handshake with a peer is done, and messages may flow. Told only when asked for, as <see cref="SocketEvents.HandshakeSucceeded"/>; the genuine NetMQ has no such event.</summary>
    public event EventHandler<ZmqMonitorSocketEventArgs>? HandshakeSucceeded;

    /// <summary>The handshake with a peer failed, with one of the three events of <see cref="SocketEvents"/> for that, when they are asked for.</summary>
    public event EventHandler<ZmqMonitorSocketEventArgs>? HandshakeFailed;

    /// <summary>The inproc endpoint of the events.</summary>
    public string Endpoint { get; }

    /// <summary>The monitor was started or attached, and not stopped.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>How long <see cref="Start"/> waits for an event before it looks whether to stop.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Raises the events on the thread of a poller.</summary>
    public void AttachToPoller<T>(T poller)
        where T : IZmqPoller
    {
        ArgumentNullException.ThrowIfNull(poller);
        BeginRun();
        _poller = poller;
        _pollable = poller as ISocketPollableCollection;
        _socket.ReceiveReady += OnReady;
        poller.Add(_socket);
    }

    /// <summary>Raises no more events on the poller's thread.</summary>
    public void DetachFromPoller()
    {
        if (_poller is not { } poller)
        {
            throw new InvalidOperationException("The monitor is not attached to a poller.");
        }

        _poller = null;
        _pollable = null;
        poller.Remove(_socket);
        _socket.ReceiveReady -= OnReady;
        IsRunning = false;
    }

    /// <summary>Raises the events on this thread, until stopped.</summary>
    public void Start()
    {
        BeginRun();
        _stopped.Reset();
        try
        {
            while (!_stopping)
            {
                if (_socket.Poll(PollEvents.PollIn, Timeout).HasIn())
                {
                    ReceiveAll();
                }
            }
        }
        catch (TerminatingException)
        {
            // All sockets end, this one too.
        }
        finally
        {
            IsRunning = false;
            _stopped.Set();
        }
    }

    /// <summary>Raises the events on a thread of its own, until stopped.</summary>
    public Task StartAsync()
    {
        if (IsRunning)
        {
            throw new InvalidOperationException("The monitor is running already.");
        }

        _stopping = false;
        return Task.Factory.StartNew(Start, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Ends <see cref="Start"/>, and waits for its end.</summary>
    public void Stop()
    {
        if (_poller is not null)
        {
            throw new InvalidOperationException("The monitor is attached to a poller: detach it.");
        }

        _stopping = true;
        _socket.Core.Mailbox.Wake();
        _stopped.Wait();
    }

    /// <summary>Ends the monitor.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the monitor.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _disposed)
        {
            return;
        }

        _disposed = true;
        if (_poller is { } poller)
        {
            _socket.ReceiveReady -= OnReady;
            if (_ownsSocket && _pollable is { } pollable)
            {
                pollable.RemoveAndDispose(_socket);
            }
            else
            {
                poller.Remove(_socket);
            }
        }
        else
        {
            Stop();
            if (_ownsSocket)
            {
                _socket.Dispose();
            }
        }

        if (_monitored is { IsDisposed: false } monitored)
        {
            monitored.Core.Events.Stop();
        }
    }

    private void BeginRun()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (IsRunning)
        {
            throw new InvalidOperationException("The monitor is running already.");
        }

        _stopping = false;
        IsRunning = true;
        Connect();
    }

    private void Connect()
    {
        if (!_connected)
        {
            _connected = true;
            _socket.Connect(Endpoint);
        }
    }

    private void OnReady(object? sender, ZmqSocketEventArgs e) => ReceiveAll();

    private void ReceiveAll()
    {
        while (!_disposed && MonitorMessage.TryReceive(_socket) is { } message)
        {
            Raise(message);
        }
    }

    private void Raise(MonitorMessage message)
    {
        switch (message.Event)
        {
            case SocketEvents.Connected:
                Raise(Connected, new ZmqMonitorSocketEventArgs(this, message));
                break;
            case SocketEvents.ConnectDelayed:
                Raise(ConnectDelayed, new ZmqMonitorErrorEventArgs(this, message));
                break;
            case SocketEvents.ConnectRetried:
                Raise(ConnectRetried, new ZmqMonitorIntervalEventArgs(this, message));
                break;
            case SocketEvents.Listening:
                Raise(Listening, new ZmqMonitorSocketEventArgs(this, message));
                break;
            case SocketEvents.BindFailed:
                Raise(BindFailed, new ZmqMonitorErrorEventArgs(this, message));
                break;
            case SocketEvents.Accepted:
                Raise(Accepted, new ZmqMonitorSocketEventArgs(this, message));
                break;
            case SocketEvents.AcceptFailed:
                Raise(AcceptFailed, new ZmqMonitorErrorEventArgs(this, message));
                break;
            case SocketEvents.Closed:
                Raise(Closed, new ZmqMonitorSocketEventArgs(this, message));
                break;
            case SocketEvents.CloseFailed:
                Raise(CloseFailed, new ZmqMonitorErrorEventArgs(this, message));
                break;
            case SocketEvents.Disconnected:
                Raise(Disconnected, new ZmqMonitorSocketEventArgs(this, message));
                break;
            case SocketEvents.HandshakeSucceeded:
                Raise(HandshakeSucceeded, new ZmqMonitorSocketEventArgs(this, message));
                break;
            case SocketEvents.HandshakeFailedNoDetail:
            case SocketEvents.HandshakeFailedProtocol:
            case SocketEvents.HandshakeFailedAuth:
                Raise(HandshakeFailed, new ZmqMonitorSocketEventArgs(this, message));
                break;
            default:
                throw new InvalidOperationException($"The monitor received the event {message.Event}, which it does not know.");
        }
    }

    private void Raise<T>(EventHandler<T>? handler, T args)
        where T : ZmqMonitorEventArgs
    {
        EventReceived?.Invoke(this, args);
        handler?.Invoke(this, args);
    }
}
