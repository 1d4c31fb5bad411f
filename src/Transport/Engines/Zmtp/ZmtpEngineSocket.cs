using Actors.Zmtp;

namespace Actors.Transport;

/// <summary>A socket of <c>Actors.Zmtp</c> that is bound, connecting and on its poller. Every member runs on the poller's thread.</summary>
internal sealed class ZmtpEngineSocket : EngineSocket
{
    private readonly ZmqSocket _socket;
    private readonly ZmqPoller _poller;
    private readonly ZmtpSocketEvents _events;
    private readonly List<ReadOnlyMemory<byte>> _frames = [];

    private ZmtpEngineSocket(SocketSpec spec, ZmtpPollerThread thread, IEngineSocketObserver observer)
        : base(observer)
    {
        _socket = ZmtpSocketFactory.Create(spec);
        _poller = thread.Poller;
        _events = new ZmtpSocketEvents(spec.Name, _socket, thread, observer);
    }

    public static ZmtpEngineSocket Open(SocketSpec spec, IReadOnlyList<ReadOnlyMemory<byte>> subscriptions, ZmtpPollerThread thread, IEngineSocketObserver observer)
    {
        var opened = new ZmtpEngineSocket(spec, thread, observer);
        try
        {
            foreach (var prefix in subscriptions) opened.Subscribe(prefix);
            opened.Endpoints = [.. spec.Bind.Select(opened.Bind), .. spec.Connect.Select(opened.Connect)];
            opened._poller.Add(opened._socket);
            return opened;
        }
        catch
        {
            opened._events.Close();
            opened._socket.Dispose();
            throw;
        }
    }

    private string Bind(string endpoint)
    {
        Use(endpoint, _socket.Bind);
        return _socket.Options.LastEndpoint ?? endpoint;
    }

    private string Connect(string endpoint)
    {
        Use(endpoint, _socket.Connect);
        return endpoint;
    }

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
            throw new EndpointNotSupportedException(endpoint, "zmtp", cause);
        }
        catch (Exception cause) when (cause is ZmqException or System.Net.Sockets.SocketException)
        {
            throw new EndpointUnavailableException(endpoint, cause.Message, cause);
        }
    }

    public override void Close(TimeSpan? longest = null)
    {
        if (longest is { } most && (_socket.Options.Linger < TimeSpan.Zero || _socket.Options.Linger > most)) _socket.Options.Linger = most;
        WatchNothing();
        _events.Close();
        _poller.Remove(_socket);
        _socket.Dispose();
    }

    protected override void WatchReadable(bool on)
    {
        if (on) _socket.ReceiveReady += OnReceiveReady;
        else _socket.ReceiveReady -= OnReceiveReady;
    }

    protected override void WatchWritable(bool on)
    {
        if (on) _socket.SendReady += OnSendReady;
        else _socket.SendReady -= OnSendReady;
    }

    protected override void WatchPeers(bool on) => _events.PeerWritable = on ? PeerWritable : null;

    private void OnReceiveReady(object? sender, ZmqSocketEventArgs ready) => Readable();

    private void OnSendReady(object? sender, ZmqSocketEventArgs ready) => Writable();

    public override SendResult TrySend(Message message) => _socket.TrySend(message.Frames) switch
    {
        Actors.Zmtp.SendResult.Sent => SendResult.Taken,
        Actors.Zmtp.SendResult.Full => SendResult.Full,
        _ => SendResult.Unroutable,
    };

    protected override Message? TryReceive()
    {
        if (!_socket.TryReceive(out var frame, out var more)) return null;
        if (!more) return Message.Received(frame);
        while (true)
        {
            _frames.Add(frame);
            if (!more) break;
            if (!_socket.TryReceive(out frame, out more))
                throw new InvalidOperationException($"The socket delivered {_frames.Count} frames of a message and announced more, but none came.");
        }
        var message = Message.Of([.. _frames]);
        _frames.Clear();
        return message;
    }

    public override void Subscribe(ReadOnlyMemory<byte> prefix) => Subscriber("subscribe").Subscribe(prefix.ToArray());

    public override void Unsubscribe(ReadOnlyMemory<byte> prefix) => Subscriber("unsubscribe").Unsubscribe(prefix.ToArray());

    private SubscribingSocket Subscriber(string what) =>
        _socket as SubscribingSocket ?? throw new InvalidOperationException($"A {_socket.GetType().Name} cannot {what}.");
}
