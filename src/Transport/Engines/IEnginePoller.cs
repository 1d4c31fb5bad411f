using Akka.Dispatch;

namespace Actors.Transport;

/// <summary>One thread that runs posted work and the events of the sockets that were opened on it.</summary>
internal interface IEnginePoller
{
    /// <summary>Runs the work on the poller's thread, in the order of posting, between the events of sockets. From any thread.</summary>
    void Post(IRunnable work);

    /// <summary>Opens everything or nothing. On the poller's thread.</summary>
    /// <param name="spec">Validated, and what the engine can fulfil.</param>
    /// <param name="subscriptions">In force from the start, on a SUB socket.</param>
    /// <param name="observer">Told what happens at the socket.</param>
    /// <exception cref="EndpointException">An endpoint cannot be bound or connected.</exception>
    IEngineSocket Open(SocketSpec spec, IReadOnlyList<ReadOnlyMemory<byte>> subscriptions, IEngineSocketObserver observer);

    /// <summary>
    /// Ends the thread after the work that was posted before. From any thread: on the poller's own it returns before the end, on
    /// another one behind it. A second call ends nothing more.
    /// </summary>
    /// <returns>Done when the thread has ended and nothing of the poller is open.</returns>
    Task Stop();
}
