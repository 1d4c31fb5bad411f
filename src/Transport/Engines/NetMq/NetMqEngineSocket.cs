using System.Runtime.InteropServices;
using NetMQ;
using NetMQ.Sockets;

namespace Actors.Transport;

/// <summary>A NetMQ socket that is bound, connecting and on its poller. Every member runs on the poller's thread.</summary>
internal sealed class NetMqEngineSocket : EngineSocket
{
    // NetMQ does not tell when one peer of a ROUTER has room again, so it is asked.
    private static readonly TimeSpan PeerWritableInterval = TimeSpan.FromMilliseconds(10);

    private readonly NetMQSocket _socket;
    private readonly string _name;
    private readonly NetMqPollerThread _thread;
    private readonly IEngineSocketObserver _observer;
    private readonly NetMqAddresses _addresses = new();
    private readonly NetMqPeers? _peers;
    private readonly NetMqInprocConnects? _inproc;
    private readonly NetMqNameConnects? _names;

    private readonly NetMqTimer? _peerWritableTimer;
    private readonly List<ReadOnlyMemory<byte>> _frames = [];
    private readonly bool _reportsLosses;
    private NetMqSocketEvents? _monitor;
    private bool _isReading;
    private bool _isWriting;
    private bool _hasFailed;
    private bool _hasSent;
    private Msg _received;

    private NetMqEngineSocket(SocketSpec spec, NetMqPollerThread thread, IEngineSocketObserver observer)
        : base(observer)
    {
        _socket = NetMqSocketFactory.Create(spec);
        _name = spec.Name;
        _reportsLosses = spec.ReportsLosses;
        thread.Engine.Lingers(spec.Settings.Linger);
        _thread = thread;
        _observer = observer;
        if (spec is { Kind: SocketKind.Router, Probe: { } probe }) _peers = new NetMqPeers(spec.Name, probe, TrySendNow, thread, observer);
        if (spec.Connect.Any(IsInproc)) _inproc = new NetMqInprocConnects(_socket, spec.Settings.ReconnectInterval, thread, observer, ReportInproc);
        if (spec.Connect.Any(NetMqNameConnects.IsName)) _names = new NetMqNameConnects(spec, thread, observer, ConnectNow);
        if (spec.PeerBacklog is not null) _peerWritableTimer = new NetMqTimer(thread, () => PeerWritable(null));
        _received.InitEmpty();
    }

    public static NetMqEngineSocket Open(SocketSpec spec, IReadOnlyList<ReadOnlyMemory<byte>> subscriptions, NetMqPollerThread thread, IEngineSocketObserver observer)
    {
        var opened = new NetMqEngineSocket(spec, thread, observer);
        try
        {
            opened._monitor = new NetMqSocketEvents(spec.Name, opened._socket, thread.Monitors, opened._addresses, opened.Tell);
            foreach (var prefix in subscriptions) opened.Subscribe(prefix);
            opened.Endpoints = [.. spec.Bind.Select(opened.Bind), .. spec.Connect.Select(opened.Connect)];
            thread.Add(opened);
            return opened;
        }
        catch
        {
            opened._monitor?.Dispose();
            opened.DisposeTimers();
            opened._socket.Dispose();
            throw;
        }
    }

    private string Bind(string endpoint)
    {
        _socket.Options.IPv4Only = _addresses.IsIPv4(endpoint);
        Use(endpoint, _socket.Bind);
        if (IsInproc(endpoint)) ReportInproc(endpoint);
        return _socket.Options.LastEndpoint is { } last ? _addresses.Bound(endpoint, last) : endpoint;
    }

    private string Connect(string endpoint)
    {
        if (NetMqNameConnects.IsName(endpoint)) _names!.Connect(endpoint);
        else ConnectNow(endpoint);
        return endpoint;
    }

    private void ConnectNow(string endpoint)
    {
        _socket.Options.IPv4Only = _addresses.IsIPv4(endpoint);
        Use(endpoint, IsInproc(endpoint) ? _inproc!.Connect : _socket.Connect);
    }

    /// <summary>
    /// Reports a peer at an inproc endpoint, of which NetMQ's monitor tells nothing: from the start where the endpoint is bound,
    /// and once connected otherwise. Nothing reports its end.
    /// </summary>
    private void ReportInproc(string endpoint) => _thread.Post(new NetMqWork(() =>
    {
        if (!_socket.IsDisposed) _observer.OnPeer(new PeerConnected(_name, endpoint));
    }));

    private static bool IsInproc(string endpoint) => endpoint.StartsWith("inproc://", StringComparison.Ordinal);

    /// <summary>Binds or connects, and names the endpoint in what may be wrong with it.</summary>
    private static void Use(string endpoint, Action<string> open)
    {
        try
        {
            open(endpoint);
        }
        catch (AddressAlreadyInUseException cause)
        {
            throw new EndpointInUseException(endpoint, cause);
        }
        catch (Exception cause) when (cause is ProtocolNotSupportedException or InvalidException or TerminatingException)
        {
            throw new EndpointNotSupportedException(endpoint, "netmq", cause);
        }
        catch (Exception cause) when (cause is NetMQException or System.Net.Sockets.SocketException)
        {
            throw new EndpointUnavailableException(endpoint, Told(cause), cause);
        }
    }

    /// <summary>NetMQ's exceptions often have an error code and no text.</summary>
    private static string Told(Exception cause) => cause is NetMQException { ErrorCode: not 0 } coded ? coded.ErrorCode.ToString() : cause.Message;

    public override void Close(TimeSpan? longest = null)
    {
        if (longest is { } most && (_socket.Options.Linger < TimeSpan.Zero || _socket.Options.Linger > most)) _socket.Options.Linger = most;
        // What a protocol sends again, or accounts for, is not missed.
        if (_reportsLosses) _thread.Engine.Closes(_socket.Options.Linger);
        if (_hasSent) NetMqConnectionEnds.Keep(_monitor!.Connections, _socket.Options.Linger);
        WatchNothing();
        _thread.Remove(this);
        _monitor!.Dispose();
        DisposeTimers();
        _socket.Dispose();
        _received.Close();
    }

    private void DisposeTimers()
    {
        _peers?.Dispose();
        _inproc?.Dispose();
        _names?.Dispose();
        _peerWritableTimer?.Dispose();
    }

    /// <summary>What the selector waits for. A socket of which nothing is wanted is there for its own commands.</summary>
    public NetMQSelector.Item Item => new(_socket, (_isReading ? PollEvents.PollIn : PollEvents.None) | (_isWriting ? PollEvents.PollOut : PollEvents.None) | PollEvents.PollError);

    protected override void WatchReadable(bool on)
    {
        _isReading = on;
        _thread.ItemsChanged();
    }

    protected override void WatchWritable(bool on)
    {
        _isWriting = on;
        _thread.ItemsChanged();
    }

    protected override void WatchPeers(bool on)
    {
        if (on) _peerWritableTimer?.Start(PeerWritableInterval);
        else _peerWritableTimer?.Stop();
    }

    /// <summary>Calls the handlers of what the socket is ready for; false when it is ready for nothing that is wanted.</summary>
    public bool Serve()
    {
        if (_hasFailed) return false;
        try
        {
            // To ask has the socket run the commands of its connections, also when nothing is wanted of it.
            var readable = _socket.HasIn && _isReading;
            if (readable) Readable();
            if (!_isWriting || _socket.IsDisposed || !_socket.HasOut) return readable;
        }
        catch (NetMQException cause)
        {
            // The program has ended NetMQ's context, say.
            _hasFailed = true;
            WatchNothing();
            _observer.OnFailed(cause);
            return true;
        }
        Writable();
        return true;
    }

    private void Tell(PeerEvent what)
    {
        if (_peers is null || what is not PeerDisconnected ended) _observer.OnPeer(what);
        else _peers.ConnectionEnded(ended);
    }

    public override SendResult TrySend(Message message)
    {
        var result = TrySendNow(message);
        if (result == SendResult.Unroutable) _peers?.NotFound(message[0]);
        return result;
    }

    private SendResult TrySendNow(Message message)
    {
        var last = message.FrameCount - 1;
        for (var i = 0; i <= last; i++)
        {
            bool sent;
            var frame = new Msg();
            Fill(ref frame, message[i]);
            try
            {
                sent = _socket.TrySend(ref frame, TimeSpan.Zero, more: i < last);
            }
            catch (HostUnreachableException)
            {
                return SendResult.Unroutable;
            }
            finally
            {
                frame.Close();
            }
            if (sent) continue;
            // A socket that took the first frame takes the others: a message is atomic.
            return i == 0 ? SendResult.Full : throw new InvalidOperationException($"The socket took {i} frames of {last + 1} and then blocked.");
        }
        _hasSent = true;
        return SendResult.Taken;
    }

    private static void Fill(ref Msg frame, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length == 0)
        {
            frame.InitEmpty();
        }
        else if (MemoryMarshal.TryGetArray(bytes, out var array))
        {
            frame.InitGC(array.Array!, array.Offset, array.Count);
        }
        else
        {
            frame.InitPool(bytes.Length);
            bytes.Span.CopyTo(frame.Slice());
        }
    }

    protected override Message? TryReceive()
    {
        if (!_socket.TryReceive(ref _received, TimeSpan.Zero)) return null;
        if (!_received.HasMore) return Message.Received(_received.CloneData());
        do
        {
            _frames.Add(_received.CloneData());
            if (!_socket.TryReceive(ref _received, TimeSpan.Zero))
                throw new InvalidOperationException($"The socket delivered {_frames.Count} frames of a message and announced more, but none came.");
        }
        while (_received.HasMore);
        _frames.Add(_received.CloneData());
        var message = Message.Of([.. _frames]);
        _frames.Clear();
        _peers?.HeardFrom(message[0]);
        return message;
    }

    public override void Subscribe(ReadOnlyMemory<byte> prefix)
    {
        if (_socket is XSubscriberSocket) Ask(1, prefix);
        else Subscriber("subscribe").Subscribe(prefix.ToArray());
    }

    public override void Unsubscribe(ReadOnlyMemory<byte> prefix)
    {
        if (_socket is XSubscriberSocket) Ask(0, prefix);
        else Subscriber("unsubscribe").Unsubscribe(prefix.ToArray());
    }

    /// <summary>An XSUB subscribes by a message (RFC 29); NetMQ's own method for that throws.</summary>
    private void Ask(byte what, ReadOnlyMemory<byte> prefix) => TrySendNow(new Message((byte[])[what, .. prefix.Span]));

    private SubscriberSocket Subscriber(string what) =>
        _socket as SubscriberSocket ?? throw new InvalidOperationException($"A {_socket.GetType().Name} cannot {what}.");
}
