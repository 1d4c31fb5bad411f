namespace NetMQ;

/// <summary>What a <see cref="NetMQPoller"/> can poll: a socket, or something that has one.</summary>
public interface ISocketPollable
{
    /// <summary>The socket that is polled.</summary>
    NetMQSocket Socket { get; }

    /// <summary>It was disposed of.</summary>
    bool IsDisposed { get; }
}
