namespace Actors.Transport;

/// <summary>What the sockets of all engines have in common: handlers that may fail, and batches.</summary>
internal abstract class EngineSocket(IEngineSocketObserver observer) : IEngineSocket
{
    // A batch is bounded in messages and in bytes, so that one busy peer does not hold the poller's thread.
    private const int BatchMessages = 256;
    private const long BatchBytes = 1 << 20;

    private readonly List<Message> _batch = [];
    private Action? _readable;
    private Action? _writable;
    private Action<ReadOnlyMemory<byte>?>? _peerWritable;

    public IReadOnlyList<string> Endpoints { get; protected set; } = [];

    public abstract SendResult TrySend(Message message);

    public abstract void Subscribe(ReadOnlyMemory<byte> prefix);

    public abstract void Unsubscribe(ReadOnlyMemory<byte> prefix);

    public abstract void Close(TimeSpan? longest = null);

    public Message[] ReceiveBatch(int most)
    {
        most = Math.Min(most, BatchMessages);
        for (long bytes = 0; _batch.Count < most && bytes < BatchBytes && TryReceive() is { } message; bytes += message.Size)
            _batch.Add(message);
        Message[] batch = [.. _batch];
        _batch.Clear();
        return batch;
    }

    public void OnReadable(Action? handler)
    {
        var changed = _readable is null != handler is null;
        _readable = handler;
        if (changed) WatchReadable(handler is not null);
    }

    public void OnWritable(Action? handler)
    {
        var changed = _writable is null != handler is null;
        _writable = handler;
        if (changed) WatchWritable(handler is not null);
    }

    public void OnPeerWritable(Action<ReadOnlyMemory<byte>?>? handler)
    {
        var changed = _peerWritable is null != handler is null;
        _peerWritable = handler;
        if (changed) WatchPeers(handler is not null);
    }

    /// <summary>The next message, or null when none is there.</summary>
    protected abstract Message? TryReceive();

    /// <summary>Begins or ends polling for input; <see cref="Readable"/> is called while it is on.</summary>
    protected abstract void WatchReadable(bool on);

    /// <summary>Begins or ends polling for output; <see cref="Writable"/> is called while it is on.</summary>
    protected abstract void WatchWritable(bool on);

    /// <summary>Begins or ends watching full peers; <see cref="PeerWritable"/> is called while it is on.</summary>
    protected virtual void WatchPeers(bool on)
    {
    }

    /// <summary>Messages wait.</summary>
    protected void Readable() => Guard(_readable);

    /// <summary>A message would be taken.</summary>
    protected void Writable() => Guard(_writable);

    /// <summary>The peer of that routing id, or with null any peer, may have room again.</summary>
    protected void PeerWritable(ReadOnlyMemory<byte>? routingId)
    {
        if (_peerWritable is { } handler) Guard(() => handler(routingId));
    }

    /// <summary>Ends all watching, because the socket closes or a handler has failed.</summary>
    protected void WatchNothing()
    {
        OnReadable(null);
        OnWritable(null);
        OnPeerWritable(null);
    }

    private void Guard(Action? handler)
    {
        try
        {
            handler?.Invoke();
        }
        catch (Exception cause)
        {
            // Without handlers the poller does not call again while the failure is on its way to the supervisor.
            WatchNothing();
            observer.OnFailed(cause);
        }
    }
}
