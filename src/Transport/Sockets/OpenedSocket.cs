using Actors.Zmtp;

namespace Actors.Transport;

/// <summary>
/// A NetMQ socket that is bound, connecting and on its poller. Every member runs on the poller's thread.
/// </summary>
internal sealed class OpenedSocket
{
    // A batch is bounded in messages and in bytes, so that one busy peer does not hold the poller's thread.
    private const int BatchMessages = 256;
    private const long BatchBytes = 1 << 20;

    private readonly ZmqSocket _socket;
    private readonly ZmqPoller _poller;
    private readonly Action<Exception> _failed;
    private readonly List<Message> _batch = [];
    private readonly List<ReadOnlyMemory<byte>> _frames = [];
    private SocketEventSource? _monitor;
    private Action? _readable;
    private Action? _writable;
    private Msg _msg;

    private OpenedSocket(ZmqSocket socket, ZmqPoller poller, Action<Exception> failed)
    {
        _socket = socket;
        _poller = poller;
        _failed = failed;
        _msg.InitEmpty();
    }

    /// <summary>The endpoints in force: where bound, with the port that the system chose.</summary>
    public IReadOnlyList<string> Endpoints { get; private set; } = [];

    /// <summary>Opens everything or nothing.</summary>
    /// <param name="settings">Type, options and endpoints.</param>
    /// <param name="subscriptions">In force from the start.</param>
    /// <param name="poller">The poller of this thread.</param>
    /// <param name="report">Told what happens with peers.</param>
    /// <param name="dropped">Told what is lost inside the socket, from any thread, also after it was closed.</param>
    /// <param name="failed">Told an exception of a readable or writable handler, which cannot be thrown to a supervisor there.</param>
    public static OpenedSocket Open(
        SocketSettings settings,
        IReadOnlyList<ReadOnlyMemory<byte>> subscriptions,
        ZmqPoller poller,
        Action<PeerEvent> report,
        Action<MessagesDropped> dropped,
        Action<Exception> failed)
    {
        var opened = new OpenedSocket(SocketFactory.Create(settings), poller, failed);
        try
        {
            if (settings.ReportsLosses)
                SocketDrops.Watch(opened._socket, (count, reason, peer) => dropped(new MessagesDropped(settings.Name, count, reason, peer)));
            opened._monitor = new SocketEventSource(settings.Name, opened._socket, poller, report);
            foreach (var prefix in subscriptions) opened.Subscribe(prefix);
            opened.Endpoints = [.. settings.Bind.Select(opened.Bind), .. settings.Connect.Select(opened.Connect)];
            poller.Add(opened._socket);
            return opened;
        }
        catch
        {
            opened._monitor?.Dispose();
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
    internal static void Use(string endpoint, Action<string> open)
    {
        try
        {
            open(endpoint);
        }
        catch (AddressAlreadyInUseException cause)
        {
            throw new EndpointInUseException(endpoint, cause);
        }
        catch (ProtocolNotSupportedException cause)
        {
            throw new EndpointNotSupportedException(endpoint, cause);
        }
    }

    public void Close()
    {
        OnReadable(null);
        OnWritable(null);
        _poller.Remove(_socket);
        _monitor!.Dispose();
        _socket.Dispose();
        _msg.Close();
    }

    /// <summary>Calls <paramref name="handler"/> whenever messages wait; null stops polling for input.</summary>
    public void OnReadable(Action? handler)
    {
        if (_readable is null && handler is not null) _socket.ReceiveReady += Readable;
        if (_readable is not null && handler is null) _socket.ReceiveReady -= Readable;
        _readable = handler;
    }

    /// <summary>Calls <paramref name="handler"/> whenever a message would be taken; null stops polling for output.</summary>
    public void OnWritable(Action? handler)
    {
        if (_writable is null && handler is not null) _socket.SendReady += Writable;
        if (_writable is not null && handler is null) _socket.SendReady -= Writable;
        _writable = handler;
    }

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
            _failed(cause);
        }
    }

    /// <summary>Sends all frames or, when the socket would block, none.</summary>
    public bool TrySend(Message message)
    {
        var last = message.FrameCount - 1;
        for (var i = 0; i <= last; i++)
        {
            var frame = new Msg();
            frame.InitGiven(message[i]);
            var sent = _socket.TrySend(ref frame, TimeSpan.Zero, more: i < last);
            frame.Close();
            if (sent) continue;
            // A socket that took the first frame takes the others: a message is atomic.
            return i == 0 ? false : throw new InvalidOperationException($"The socket took {i} frames of {last + 1} and then blocked.");
        }
        return true;
    }

    /// <summary>Takes what waits, at most <paramref name="most"/> messages and about a megabyte.</summary>
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
        if (!_socket.TryReceive(ref _msg, TimeSpan.Zero)) return null;
        if (!_msg.HasMore) return new Message(_msg.ToArray());
        do
        {
            _frames.Add(_msg.ToArray());
            if (!_socket.TryReceive(ref _msg, TimeSpan.Zero))
                throw new InvalidOperationException($"The socket delivered {_frames.Count} frames of a message and announced more, but none came.");
        }
        while (_msg.HasMore);
        _frames.Add(_msg.ToArray());
        var message = new Message([.. _frames]);
        _frames.Clear();
        return message;
    }

    public void Subscribe(ReadOnlyMemory<byte> prefix) => Subscriber("subscribe").Subscribe(prefix.ToArray());

    public void Unsubscribe(ReadOnlyMemory<byte> prefix) => Subscriber("unsubscribe").Unsubscribe(prefix.ToArray());

    private SubscriberSocket Subscriber(string what) =>
        _socket as SubscriberSocket ?? throw new InvalidOperationException($"A {_socket.GetType().Name} cannot {what}.");
}
