namespace Actors.Zmtp;

/// <summary>A thing that a <see cref="ZmqPoller"/> serves: a <see cref="ZmqSocket"/> or a <see cref="ZmqQueue{T}"/>.</summary>
public interface IPollable
{
    /// <summary>It was disposed of.</summary>
    bool IsDisposed { get; }

    /// <summary>The socket by which it is polled.</summary>
    internal ZmqSocket Socket { get; }
}
