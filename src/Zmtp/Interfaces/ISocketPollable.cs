namespace Actors.Zmtp;

/// <summary>What a <see cref="ZmqPoller"/> can poll: a socket, or something that has one.</summary>
public interface ISocketPollable
{
    /// <summary>The socket that is polled.</summary>
    ZmqSocket Socket { get; }

    /// <summary>It was disposed of.</summary>
    bool IsDisposed { get; }
}
