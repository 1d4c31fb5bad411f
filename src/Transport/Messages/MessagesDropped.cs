namespace Actors.Transport;

/// <summary>Why a message was not delivered.</summary>
public enum DropReason
{
    /// <summary>The outbound queue was full and its rule drops the new message.</summary>
    QueueFullNewest,

    /// <summary>The outbound queue was full and its rule drops the message that waited longest.</summary>
    QueueFullOldest,

    /// <summary>The outbound queue was full and the message was handed back to its sender.</summary>
    Refused,

    /// <summary>The peer with that routing id is not connected.</summary>
    Unroutable,

    /// <summary>The peer does not read, and as much as may wait for it waits.</summary>
    PeerFull,

    /// <summary>It waited in the socket for a peer whose connection ended, or the linger time of the socket was over.</summary>
    Unsent,

    /// <summary>It had come, and the socket was closed before the role took it.</summary>
    Unread,

    /// <summary>The message does not have the frames that the pattern needs.</summary>
    Malformed,

    /// <summary>The handler did not answer in time.</summary>
    HandlerTimeout,

    /// <summary>The handler failed on the message.</summary>
    HandlerFailed,

    /// <summary>A reply came for a request that was no longer waited for.</summary>
    LateReply,

    /// <summary>A subscriber did not keep up, and the message is no longer kept for it.</summary>
    SlowSubscriber,

    /// <summary>The server that had the request is gone, and no other was to have it.</summary>
    ServerLost,

    /// <summary>The request was not answered within the time that its queue gives it.</summary>
    Expired,

    /// <summary>The role or its socket stopped with the message still waiting.</summary>
    Stopped,
}

/// <summary>Published on the event stream whenever messages are dropped: nothing disappears silently.</summary>
/// <param name="Source">The role or socket that dropped them.</param>
/// <param name="Count">How many messages, at least 1.</param>
/// <param name="Reason">Why.</param>
/// <param name="Peer">The routing id in hex or the endpoint, where it is known.</param>
public sealed record MessagesDropped(string Source, long Count, DropReason Reason, string? Peer = null);
