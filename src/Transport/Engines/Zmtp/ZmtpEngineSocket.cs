using Actors.Zmtp;

namespace Actors.Transport;

/// <summary>A socket of <c>Actors.Zmtp</c> that is bound, connecting and on its poller. Every member runs on the poller's thread.</summary>
internal sealed class ZmtpEngineSocket : IEngineSocket
{
    // A batch is bounded in messages and in bytes, so that one busy peer does not hold the poller's thread.
    private const int BatchMessages = 256;
    private const long BatchBytes = 1 << 20;

    private readonly ZmqSocket _socket;
    private readonly ZmqPoller _poller;
    private readonly IEngineSocketObserver _observer;
    private readonly ZmtpSocketEvents _events;
    private readonly List<Message> _batch = [];
    private readonly List<ReadOnlyMemory<byte>> _frames = [];
    private Action? _readable;
    private Action? _writable;

    private ZmtpEngineSocket(SocketSpec spec, ZmtpPollerThread thread, IEngineSocketObserver observer)
    {
        _socket = ZmtpSocketFactory.Create(spec);
        _poller = thread.Poller;
        _observer = observer;
        _events = new ZmtpSocketEvents(spec.Name, _socket, thread, observer);
    }

    public IReadOnlyList<string> Endpoints { get; private set; } = [];

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
    }

    public void Close()
    {
        OnReadable(null);
        OnWritable(null);
        _events.Close();
        _poller.Remove(_socket);
        _socket.Dispose();
    }

    public void OnReadable(Action? handler)
    {
        if (_readable is null && handler is not null) _socket.ReceiveReady += Readable;
        if (_readable is not null && handler is null) _socket.ReceiveReady -= Readable;
        _readable = handler;
    }

    public void OnWritable(Action? handler)
    {
        if (_writable is null && handler is not null) _socket.SendReady += Writable;
        if (_writable is not null && handler is null) _socket.SendReady -= Writable;
        _writable = handler;
    }

    public void OnPeerWritable(Action<ReadOnlyMemory<byte>?>? handler) =>
        _events.PeerWritable = handler is null ? null : routingId => Guard(() => handler(routingId));

    private void Readable(object? sender, ZmqSocketEventArgs ready) => Guard(_readable);

    private void Writable(object? sender, ZmqSocketEventArgs ready) => Guard(_writable);

    private void Guard(Action? handler)
    {
        try
        {
            handler?.Invoke();
        }
        catch (Exception cause)
        {
            // Without handlers the poller does not call again while the failure is on its way to the supervisor.
            OnReadable(null);
            OnWritable(null);
            OnPeerWritable(null);
            _observer.OnFailed(cause);
        }
    }

    public SendResult TrySend(Message message) => _socket.TrySend(message.Frames) switch
    {
        Actors.Zmtp.SendResult.Sent => SendResult.Taken,
        Actors.Zmtp.SendResult.Full => SendResult.Full,
        _ => SendResult.Unroutable,
    };

    public Message[] ReceiveBatch(int most)
    {
        most = Math.Min(most, BatchMessages);
        for (long bytes = 0; _batch.Count < most && bytes < BatchBytes && TryReceive() is { } message; bytes += message.Size)
            _batch.Add(message);
        Message[] batch = [.. _batch];
        _batch.Clear();
        return batch;
    }

    private Message? TryReceive()
    {
        if (!_socket.TryReceive(out var frame, out var more)) return null;
        if (!more) return new Message(frame);
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

    public void Subscribe(ReadOnlyMemory<byte> prefix) => Subscriber("subscribe").Subscribe(prefix.ToArray());

    public void Unsubscribe(ReadOnlyMemory<byte> prefix) => Subscriber("unsubscribe").Unsubscribe(prefix.ToArray());

    private SubscriberSocket Subscriber(string what) =>
        _socket as SubscriberSocket ?? throw new InvalidOperationException($"A {_socket.GetType().Name} cannot {what}.");
}
