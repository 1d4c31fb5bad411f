namespace Actors.Transport;

/// <summary>
/// A ZeroMQ library behind the bridge. Roles, settings and tests are the same on every engine; the wire is ZMTP on all of them.
/// </summary>
/// <remarks>Members may be called from any thread.</remarks>
internal interface IEngine
{
    /// <summary>The value of <c>actors.transport.engine</c> that chooses it.</summary>
    string Name { get; }

    /// <summary>What the engine can do, so that a setting it cannot fulfil is an error before a socket is opened.</summary>
    EngineAbilities Abilities { get; }

    /// <summary>
    /// Raised for a fault inside the engine that nobody else is told of; the connection or handler at fault has ended. On any
    /// thread. An engine that knows of no such faults never raises it.
    /// </summary>
    event Action<Exception>? Faulted;

    /// <summary>Starts a poller and its thread.</summary>
    /// <param name="name">The thread's name.</param>
    /// <param name="workFailed">Told an exception of posted work, on the poller's thread.</param>
    IEnginePoller StartPoller(string name, Action<Exception> workFailed);

    /// <summary>
    /// Blocks until every closed socket of this process has delivered what it could, each within its linger time. Sockets
    /// that are open keep it waiting.
    /// </summary>
    /// <param name="most">How long to wait at most; null is as long as the engine allows.</param>
    /// <exception cref="TimeoutException">The engine did not end in the time that its sockets were given.</exception>
    void FinishSending(TimeSpan? most);

    /// <summary>
    /// Ends when closed sockets have delivered what they could, at the latest after their linger time. Open sockets go on.
    /// </summary>
    /// <param name="linger">The longest linger time of the closed sockets.</param>
    Task Delivered(TimeSpan linger);
}
