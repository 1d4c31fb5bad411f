namespace Actors.Zmtp;

/// <summary>Sending and receiving of frames by thread-safe sockets of any type.</summary>
public static class ThreadSafeSocketExtensions
{
    /// <summary>Sends a message, and waits until it is taken.</summary>
    public static void Send(this IThreadSafeSocket socket, ref Msg msg)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (!socket.TrySend(ref msg, SendReceiveConstants.InfiniteTimeout))
        {
            throw new InvalidOperationException($"A send without a time limit came back from {socket.GetType().Name} without having sent.");
        }
    }

    /// <summary>Waits for a message.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static void Receive(this IThreadSafeSocket socket, ref Msg msg, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (!socket.TryReceive(ref msg, SendReceiveConstants.InfiniteTimeout, cancellationToken))
        {
            throw new InvalidOperationException($"A receive without a time limit came back from {socket.GetType().Name} without a message.");
        }
    }
}
