namespace Actors.Zmtp;

/// <summary>Polls sockets on one thread.</summary>
public interface IZmqPoller : IDisposable
{
    /// <summary>The poller is running.</summary>
    bool IsRunning { get; }

    /// <summary>Polls on the caller's thread until stopped.</summary>
    void Run();

    /// <summary>Polls on a thread of its own.</summary>
    void RunAsync();

    /// <summary>Stops, and waits until it has stopped.</summary>
    void Stop();

    /// <summary>Asks to stop, and does not wait.</summary>
    void StopAsync();

    /// <summary>Adds what is to be polled.</summary>
    void Add(ISocketPollable socket);

    /// <summary>Takes it away; it stays open.</summary>
    void Remove(ISocketPollable socket);

    /// <summary>Takes it away and disposes of it.</summary>
    void RemoveAndDispose<T>(T socket)
        where T : ISocketPollable, IDisposable;
}
