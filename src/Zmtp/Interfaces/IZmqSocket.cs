namespace Actors.Zmtp;

/// <summary>A socket of any type. It belongs to one thread at a time.</summary>
public interface IZmqSocket : IOutgoingSocket, IReceivingSocket, ISocketPollable, IDisposable
{
    /// <summary>Raised by a poller when a message can be received.</summary>
    event EventHandler<ZmqSocketEventArgs>? ReceiveReady;

    /// <summary>Raised by a poller when a message can be sent.</summary>
    event EventHandler<ZmqSocketEventArgs>? SendReady;

    /// <summary>The settings of the socket.</summary>
    SocketOptions Options { get; }

    /// <summary>A message can be received without waiting.</summary>
    bool HasIn { get; }

    /// <summary>A message can be sent without waiting.</summary>
    bool HasOut { get; }

    /// <summary>Listens at an endpoint.</summary>
    void Bind(string address);

    /// <summary>Listens at a free port of an address, and returns the port.</summary>
    int BindRandomPort(string address);

    /// <summary>Connects to an endpoint, now and again whenever the connection is lost.</summary>
    void Connect(string address);

    /// <summary>Ends the connection to an endpoint.</summary>
    void Disconnect(string address);

    /// <summary>Ends the listening at an endpoint.</summary>
    void Unbind(string address);

    /// <summary>Closes the socket.</summary>
    void Close();

    /// <summary>Waits until the socket can do what its event handlers are for, and calls them.</summary>
    void Poll();

    /// <inheritdoc cref="Poll()"/>
    bool Poll(TimeSpan timeout);

    /// <summary>Waits until one of the events is there, or the time is over.</summary>
    PollEvents Poll(PollEvents pollEvents, TimeSpan timeout);

    /// <summary>Tells a handler what happens to the socket.</summary>
    IDisposable Monitor(SocketEvents watched, Action<SocketEvent> handler);
}
