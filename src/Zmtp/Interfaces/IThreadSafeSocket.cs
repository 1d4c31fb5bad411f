namespace Actors.Zmtp;

/// <summary>A socket that several threads may use at once. Its messages have one frame, so that each call moves a whole message (RFC 37, "Thread-Safe Socket Types").</summary>
public interface IThreadSafeSocket
{
    /// <summary>Sends a message, waiting so long for a peer that can take it; a negative time waits without end. True leaves the value empty.</summary>
    bool TrySend(ref Msg msg, TimeSpan timeout);

    /// <summary>Receives a message, waiting so long for one; a negative time waits without end. What the value held before is closed.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    bool TryReceive(ref Msg msg, TimeSpan timeout, CancellationToken cancellationToken = default);
}

/// <summary>A thread-safe socket whose messages need no address to be sent.</summary>
public interface IThreadSafeOutSocket : IThreadSafeSocket
{
}

/// <summary>A thread-safe socket whose messages bear no address when received.</summary>
public interface IThreadSafeInSocket : IThreadSafeSocket
{
}

/// <summary>A thread-safe socket that names its peers by routing ids.</summary>
public interface IRoutingIdSocket : IThreadSafeSocket
{
}

/// <summary>A thread-safe socket that sends to groups.</summary>
public interface IGroupOutSocket : IThreadSafeSocket
{
}

/// <summary>A thread-safe socket that receives what is sent to the groups it has joined.</summary>
public interface IGroupInSocket : IThreadSafeSocket
{
}
