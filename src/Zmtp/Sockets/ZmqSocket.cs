using System.Diagnostics.CodeAnalysis;
using Actors.Zmtp.Monitoring;
using Actors.Zmtp.Patterns;
using Actors.Zmtp.Polling;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp;

/// <summary>
/// A socket. It belongs to one thread at a time, which may hand it on; closing it ends its endpoints, and what it has
/// sent goes on in the background for as long as <see cref="SocketOptions.Linger"/> says.
/// </summary>
public abstract class ZmqSocket : IPollable, IDisposable
{
    private EventHandler<ZmqSocketEventArgs>? _receiveReady;
    private EventHandler<ZmqSocketEventArgs>? _sendReady;
    private ZmqSocketEventArgs? _eventArgs;

    private protected ZmqSocket(ZmqSocketType type, Func<SocketCore, Pattern> pattern, string? connectionString, DefaultAction defaultAction)
    {
        Core = new SocketCore(type, pattern);
        Options = new SocketOptions(Core);
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

    /// <summary>The use of an endpoint without a sign in the text given to a constructor.</summary>
    private protected enum DefaultAction
    {
        Connect,
        Bind,
    }

    /// <summary>The type of the socket, which its peers are told.</summary>
    public ZmqSocketType Type => Core.Type;

    internal SocketCore Core { get; }

    /// <summary>The place of the socket in its poller, which is told when a handler is added or removed; null outside of any.</summary>
    internal PollItem? PollItem { get; set; }

    internal bool HasReceiveHandlers => _receiveReady is not null;

    internal bool HasSendHandlers => _sendReady is not null;

    /// <summary>Raised by the poller that the socket is in, as long as a message can be received.</summary>
    public event EventHandler<ZmqSocketEventArgs>? ReceiveReady
    {
        add
        {
            _receiveReady += value;
            PollItem?.SocketSignalled();
        }

        remove
        {
            _receiveReady -= value;
            PollItem?.SocketSignalled();
        }
    }

    /// <summary>Raised by the poller that the socket is in, as long as a message can be sent.</summary>
    public event EventHandler<ZmqSocketEventArgs>? SendReady
    {
        add
        {
            _sendReady += value;
            PollItem?.SocketSignalled();
        }

        remove
        {
            _sendReady -= value;
            PollItem?.SocketSignalled();
        }
    }

    /// <summary>The settings of the socket. Those of connections hold for endpoints that are bound or connected afterwards.</summary>
    public SocketOptions Options { get; }

    /// <summary>A message can be received without waiting.</summary>
    public bool HasIn => Core.HasIn;

    /// <summary>A message can be sent without waiting.</summary>
    public bool HasOut => Core.HasOut;

    /// <summary>The socket was closed.</summary>
    public bool IsDisposed => Core.IsClosed;

    ZmqSocket IPollable.Socket => this;

    /// <summary>Listens at an endpoint: "tcp://host:port", "ipc://path", "inproc://name" or "ws://host:port/path"; a host or a port may be "*".</summary>
    /// <exception cref="AddressAlreadyInUseException">Somebody listens there already.</exception>
    /// <exception cref="InvalidException">The endpoint is malformed.</exception>
    /// <exception cref="ProtocolNotSupportedException">The transport is not supported.</exception>
    public void Bind(string address) => Core.Bind(address);

    /// <summary>Listens at a free port of an address such as "tcp://127.0.0.1", and returns the port.</summary>
    public int BindRandomPort(string address) => Core.BindRandomPort(address);

    /// <summary>Connects to an endpoint, in the background, and again whenever the connection is lost.</summary>
    /// <exception cref="InvalidException">The endpoint is malformed.</exception>
    /// <exception cref="ProtocolNotSupportedException">The transport is not supported.</exception>
    public void Connect(string address) => Core.Connect(address);

    /// <summary>Ends the connection to an endpoint, and connects no more; what waits for it is sent within the linger time.</summary>
    /// <exception cref="EndpointNotFoundException">The socket is not connected there.</exception>
    public void Disconnect(string address) => Core.Disconnect(address);

    /// <summary>
    /// Listens at an endpoint no more, and ends the connections that were accepted there: what has arrived can be received, and
    /// what waits to be sent is sent within the linger time. Over inproc the connections stay.
    /// </summary>
    /// <param name="address">As it was bound, as <see cref="SocketOptions.LastEndpoint"/> told, or as it was bound with the port that the system chose.</param>
    /// <exception cref="EndpointNotFoundException">The socket is not bound there.</exception>
    public void Unbind(string address) => Core.Unbind(address);

    /// <summary>
    /// Closes the socket; what it has sent goes on in the background for as long as <see cref="SocketOptions.Linger"/> says. One that
    /// is in a <see cref="ZmqPoller"/> leaves it first, which waits for a handler of the socket that runs on another thread.
    /// </summary>
    public void Dispose()
    {
        PollItem?.Leave();
        Core.Close();
    }

    /// <summary>Sends a frame, waiting so long until a peer can take it; a negative time waits without end. True leaves the value empty.</summary>
    /// <param name="msg">The frame.</param>
    /// <param name="timeout">Zero does not wait.</param>
    /// <param name="more">Another frame of the same message follows. Peers get a message only when its last frame was sent.</param>
    /// <exception cref="FaultException">The frame is not initialised.</exception>
    /// <exception cref="FiniteStateMachineException">A REQ or REP socket is not in turn.</exception>
    /// <exception cref="HostUnreachableException">A ROUTER with <see cref="SocketOptions.RouterMandatory"/>, a STREAM or a PEER knows no peer of the routing id.</exception>
    /// <exception cref="NotSupportedException">The type of the socket does not send.</exception>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    /// <exception cref="TerminatingException"><see cref="ZmqContext.Terminate"/> was called.</exception>
    public bool TrySend(ref Msg msg, TimeSpan timeout, bool more = false) => Core.TrySend(ref msg, timeout, more);

    /// <summary>Receives a frame, waiting so long for one; a negative time waits without end. What the value held before is closed, if it was initialised.</summary>
    /// <exception cref="FiniteStateMachineException">A REQ or REP socket is not in turn.</exception>
    /// <exception cref="NotSupportedException">The type of the socket does not receive.</exception>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    /// <exception cref="TerminatingException"><see cref="ZmqContext.Terminate"/> was called.</exception>
    public bool TryReceive(ref Msg msg, TimeSpan timeout) => Core.TryReceive(ref msg, timeout);

    /// <summary>
    /// Sends all frames as one message, or none, and never waits. The frames are encoded straight into the queue of the
    /// peer; large ones are sent from the caller's memory, which must therefore not change any more.
    /// </summary>
    /// <param name="frames">The message, at least one frame; for a ROUTER, STREAM or PEER the first is the routing id of the peer.</param>
    /// <returns>
    /// <see cref="SendResult.Full"/> where a send would wait, and <see cref="SendResult.Unroutable"/> where a ROUTER with
    /// <see cref="SocketOptions.RouterMandatory"/>, a STREAM or a PEER knows no peer of the routing id.
    /// </returns>
    /// <exception cref="FiniteStateMachineException">A REQ or REP socket is not in turn.</exception>
    /// <exception cref="InvalidOperationException">A message is unfinished whose frames are sent one by one.</exception>
    public SendResult TrySend(ReadOnlySpan<ReadOnlyMemory<byte>> frames) => Core.TrySend(frames);

    /// <summary>
    /// Receives the next frame into an array that belongs to the caller, with one copy of its bytes or, where a large frame
    /// has an array of its own, none; never waits. A message arrives whole: while <paramref name="more"/> is true, the next
    /// frame is there, unless this socket disconnects the peer in between, which drops the rest.
    /// </summary>
    /// <param name="frame">The frame; for a ROUTER, STREAM or PEER the first of a message is the routing id of the peer.</param>
    /// <param name="more">Another frame of the same message follows.</param>
    /// <returns>False when no message is there.</returns>
    /// <exception cref="FiniteStateMachineException">A REQ or REP socket is not in turn.</exception>
    public bool TryReceive([MaybeNullWhen(false)] out byte[] frame, out bool more)
    {
        frame = Core.TryReceive(out more);
        return frame is not null;
    }

    /// <summary>Waits until the socket can do one of these, and returns which; a negative time waits without end.</summary>
    public PollEvents Poll(PollEvents events, TimeSpan timeout) => Core.Poll(events, timeout);

    /// <summary>
    /// Tells a handler what happens to the endpoints, connections and messages of the socket, from now on and until the
    /// returned monitor is disposed or the last connection of the closed socket has ended. From any thread; to miss
    /// nothing, call it before <see cref="Bind"/> and <see cref="Connect"/>.
    /// </summary>
    /// <remarks>
    /// The handler runs on the thread that sees the event: an I/O thread, the thread of this socket, or over inproc that of
    /// the peer. It is called for one event at a time, and those of one connection come in their order. It must not block
    /// and must not use a socket; to go on elsewhere, let it enqueue to a <see cref="ZmqQueue{T}"/> of a
    /// <see cref="ZmqPoller"/>. What it throws goes to <see cref="ZmqContext.Faulted"/> and ends nothing else. Disposing
    /// of the monitor waits for a call that runs, unless it is the handler that does it.
    /// </remarks>
    /// <param name="watched">The kinds of events to tell.</param>
    /// <param name="handler">Called for each.</param>
    public IDisposable Monitor(SocketEvents watched, Action<SocketEvent> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Core.Events.Add(watched, handler);
    }

    /// <summary>
    /// Counts the messages that the pipes of the socket have carried, hold and have dropped; from any thread, also after the socket was closed.
    /// Counting costs the sockets nothing: the numbers are those that the two ends of a pipe tell each other anyhow.
    /// </summary>
    public SocketStatistics GetStatistics() => Core.Pipes.Statistics();

    /// <summary>Calls the handlers of events that are there.</summary>
    internal void InvokeEvents(ZmqPoller sender, PollItem item, PollerRun run, PollEvents events)
    {
        ZmqSocketEventArgs args = _eventArgs ??= new ZmqSocketEventArgs(this);
        args.Init(events);
        if (events.HasIn())
        {
            _receiveReady?.Invoke(sender, args);
        }

        if (events.HasOut() && !item.IsRemoved && !run.IsStopping)
        {
            _sendReady?.Invoke(sender, args);
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
