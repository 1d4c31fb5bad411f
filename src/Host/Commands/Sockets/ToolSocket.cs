using Actors.Zmtp;

namespace Actors.Host.Commands.Sockets;

/// <summary>
/// An open socket of any type, whose messages are frames. It belongs to one thread at a time, which may hand it on. The types of
/// one frame have an envelope in front, as a ROUTER has: SERVER the four bytes of the peer, RADIO and DISH the group.
/// </summary>
internal abstract class ToolSocket : IDisposable
{
    // How soon a wait sees that the command is to stop.
    private static readonly TimeSpan s_slice = TimeSpan.FromMilliseconds(50);

    public abstract ZmqSocketType Type { get; }

    public abstract SocketOptions Options { get; }

    /// <summary>The endpoints in force; a bound one has its real port.</summary>
    public IReadOnlyList<string> Endpoints { get; private set; } = [];

    /// <summary>See <see cref="ZmqSocket.GetStatistics"/>.</summary>
    public abstract SocketStatistics Statistics { get; }

    /// <summary>Opens the socket: options, security, then what <paramref name="prepare"/> does, for example to monitor or to subscribe, then the endpoints.</summary>
    /// <exception cref="ToolException">An endpoint cannot be used.</exception>
    public static ToolSocket Open(SocketPlan plan, ZmqSocketType type, Action<ToolSocket>? prepare = null)
    {
        var socket = Create(type);
        try
        {
            plan.Apply(socket.Options);
            prepare?.Invoke(socket);
            var endpoints = new List<string>();
            foreach (var endpoint in plan.Bind)
            {
                Use(endpoint, () => socket.Bind(endpoint));
                endpoints.Add(socket.Options.LastEndpoint ?? endpoint);
            }
            foreach (var endpoint in plan.Connect)
            {
                Use(endpoint, () => socket.Connect(endpoint));
                endpoints.Add(endpoint);
            }
            socket.Endpoints = endpoints;
            return socket;
        }
        catch
        {
            socket.Options.Linger = TimeSpan.Zero;
            socket.Dispose();
            throw;
        }
    }

    /// <summary>See <see cref="ZmqSocket.Monitor"/>.</summary>
    public abstract IDisposable Monitor(SocketEvents watched, Action<SocketEvent> handler);

    /// <summary>Subscribes a SUB, XSUB or manual XPUB to a prefix; joins the group with a DISH.</summary>
    public abstract void Subscribe(ReadOnlyMemory<byte> topic);

    /// <summary>Takes a message, or says that no peer takes one now, or that no peer is known by the routing id in front.</summary>
    /// <exception cref="ToolException">The frames do not fit the type.</exception>
    public abstract SendResult Send(IReadOnlyList<ReadOnlyMemory<byte>> frames);

    /// <summary>The next message, or null when there is none now.</summary>
    public abstract IReadOnlyList<ReadOnlyMemory<byte>>? TryReceive();

    /// <summary>Waits until a message may be sent or received; false when the time is over. A negative time waits without end.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public bool Wait(bool toSend, TimeSpan time, CancellationToken stop)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            var left = time < TimeSpan.Zero ? s_slice : time - TimeProvider.System.GetElapsedTime(start);
            if (WaitOnce(toSend, left <= TimeSpan.Zero ? TimeSpan.Zero : left < s_slice ? left : s_slice)) return true;
            if (time >= TimeSpan.Zero && left <= TimeSpan.Zero) return false;
        }
    }

    /// <summary>Closes the socket, lingers until all is sent or the time is over, and returns how many messages were not sent.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the socket is closed nevertheless.</exception>
    public async Task<long> Close(TimeSpan linger, CancellationToken stop)
    {
        Options.Linger = linger;
        Dispose();
        var start = TimeProvider.System.GetTimestamp();
        while (Statistics.Total.QueuedOut > 0 && TimeProvider.System.GetElapsedTime(start) < linger + s_slice) await Task.Delay(5, stop);
        var total = Statistics.Total;
        return total.QueuedOut + total.DroppedUnsent;
    }

    /// <summary>Closes the socket; what is not sent yet is sent within <see cref="SocketOptions.Linger"/>.</summary>
    public abstract void Dispose();

    protected abstract void Bind(string endpoint);

    protected abstract void Connect(string endpoint);

    protected abstract bool WaitOnce(bool toSend, TimeSpan time);

    private static ToolSocket Create(ZmqSocketType type) => type switch
    {
        ZmqSocketType.Client => new SinglePartSocket(new ClientSocket()),
        ZmqSocketType.Server => new SinglePartSocket(new ServerSocket()),
        ZmqSocketType.Scatter => new SinglePartSocket(new ScatterSocket()),
        ZmqSocketType.Gather => new SinglePartSocket(new GatherSocket()),
        ZmqSocketType.Channel => new SinglePartSocket(new ChannelSocket()),
        ZmqSocketType.Radio => new SinglePartSocket(new RadioSocket()),
        ZmqSocketType.Dish => new SinglePartSocket(new DishSocket()),
        _ => new MultipartSocket(type),
    };

    private static void Use(string endpoint, Action open)
    {
        try
        {
            open();
        }
        catch (Exception fault) when (fault is ZmqException or System.Net.Sockets.SocketException)
        {
            throw new ToolException(fault is AddressAlreadyInUseException ? $"{endpoint} is in use by another socket of this machine" : $"{endpoint} cannot be used: {fault.Message}");
        }
    }
}
