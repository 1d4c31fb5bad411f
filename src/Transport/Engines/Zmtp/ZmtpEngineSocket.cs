using System.Runtime.InteropServices;
using Actors.Zmtp;
using Actors.Zmtp.Sockets;

namespace Actors.Transport;

/// <summary>
/// A socket of <c>Actors.Zmtp</c> that is bound, connecting and on its poller. Every member runs on the poller's thread.
/// </summary>
internal sealed class ZmtpEngineSocket : IEngineSocket
{
    // A batch is bounded in messages and in bytes, so that one busy peer does not hold the poller's thread.
    private const int BatchMessages = 256;
    private const long BatchBytes = 1 << 20;

    private readonly ZmqSocket _socket;
    private readonly ZmqPoller _poller;
    private readonly IEngineSocketObserver _observer;
    private readonly List<Message> _batch = [];
    private readonly List<ReadOnlyMemory<byte>> _frames = [];
    private ZmtpSocketEvents? _monitor;
    private Action? _readable;
    private Action? _writable;
    private Msg _msg;

    private ZmtpEngineSocket(ZmqSocket socket, ZmqPoller poller, IEngineSocketObserver observer)
    {
        _socket = socket;
        _poller = poller;
        _observer = observer;
        _msg.InitEmpty();
    }

    public IReadOnlyList<string> Endpoints { get; private set; } = [];

    public static ZmtpEngineSocket Open(SocketSpec spec, IReadOnlyList<ReadOnlyMemory<byte>> subscriptions, ZmqPoller poller, IEngineSocketObserver observer)
    {
        var opened = new ZmtpEngineSocket(ZmtpSocketFactory.Create(spec), poller, observer);
        try
        {
            if (spec.ReportsLosses)
                ZmtpSocketDrops.Watch(opened._socket, (count, reason, peer) => observer.OnDropped(new MessagesDropped(spec.Name, count, reason, peer)));
            opened._monitor = new ZmtpSocketEvents(spec.Name, opened._socket, poller, observer.OnPeer);
            foreach (var prefix in subscriptions) opened.Subscribe(prefix);
            opened.Endpoints = [.. spec.Bind.Select(opened.Bind), .. spec.Connect.Select(opened.Connect)];
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
        _poller.Remove(_socket);
        _monitor!.Dispose();
        _socket.Dispose();
        _msg.Close();
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
            _observer.OnFailed(cause);
        }
    }

    public SendResult TrySend(Message message)
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
        if (!_msg.HasMore) return new Message(_msg.CloneData());
        do
        {
            _frames.Add(_msg.CloneData());
            if (!_socket.TryReceive(ref _msg, TimeSpan.Zero))
                throw new InvalidOperationException($"The socket delivered {_frames.Count} frames of a message and announced more, but none came.");
        }
        while (_msg.HasMore);
        _frames.Add(_msg.CloneData());
        var message = new Message([.. _frames]);
        _frames.Clear();
        return message;
    }

    public void Subscribe(ReadOnlyMemory<byte> prefix) => Subscriber("subscribe").Subscribe(prefix.ToArray());

    public void Unsubscribe(ReadOnlyMemory<byte> prefix) => Subscriber("unsubscribe").Unsubscribe(prefix.ToArray());

    private SubscriberSocket Subscriber(string what) =>
        _socket as SubscriberSocket ?? throw new InvalidOperationException($"A {_socket.GetType().Name} cannot {what}.");
}
