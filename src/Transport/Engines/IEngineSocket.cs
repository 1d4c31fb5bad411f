namespace Actors.Transport;

/// <summary>What became of a message that was handed to a socket.</summary>
internal enum SendResult
{
    /// <summary>The socket has taken the whole message.</summary>
    Taken,

    /// <summary>No peer takes it now: none is connected, or all that could are at their high-water mark.</summary>
    Full,

    /// <summary>A ROUTER has no peer of that routing id.</summary>
    Unroutable,
}

/// <summary>A socket that is bound, connecting and on its poller. Every member runs on the poller's thread.</summary>
internal interface IEngineSocket
{
    /// <summary>The endpoints in force: where bound, with the port that the system chose.</summary>
    IReadOnlyList<string> Endpoints { get; }

    /// <summary>Sends all frames or none, without blocking.</summary>
    SendResult TrySend(Message message);

    /// <summary>Takes what waits: at most <paramref name="most"/> messages, and fewer where the engine bounds a batch.</summary>
    Message[] ReceiveBatch(int most);

    /// <summary>Calls <paramref name="handler"/> whenever messages wait; null stops polling for input.</summary>
    void OnReadable(Action? handler);

    /// <summary>Calls <paramref name="handler"/> whenever some peer would take a message; null stops polling for output.</summary>
    void OnWritable(Action? handler);

    /// <summary>
    /// ROUTER: calls <paramref name="handler"/> when a peer that was full has room again, with its routing id; with null where
    /// any peer may have room. A null handler ends that.
    /// </summary>
    void OnPeerWritable(Action<ReadOnlyMemory<byte>?>? handler);

    /// <summary>Subscribes a SUB or XSUB socket to a prefix.</summary>
    void Subscribe(ReadOnlyMemory<byte> prefix);

    /// <summary>Takes one subscription of the prefix back.</summary>
    void Unsubscribe(ReadOnlyMemory<byte> prefix);

    /// <summary>Closes the socket; what it was given is delivered in its linger time, in the background.</summary>
    /// <param name="longest">Bounds the linger time of the settings; null does not.</param>
    void Close(TimeSpan? longest = null);
}

/// <summary>Told by an engine what happens at a socket.</summary>
internal interface IEngineSocketObserver
{
    /// <summary>Something happened between the socket and its peers. On the poller's thread.</summary>
    void OnPeer(PeerEvent what);

    /// <summary>Messages were lost inside the socket. From any thread, also after the socket was closed.</summary>
    void OnDropped(MessagesDropped dropped);

    /// <summary>A handler of the socket has thrown; it is not called again. On the poller's thread.</summary>
    void OnFailed(Exception cause);
}
