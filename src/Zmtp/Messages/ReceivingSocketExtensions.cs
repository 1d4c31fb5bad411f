namespace Actors.Zmtp;

/// <summary>
/// Receiving of bytes, text and whole messages. The Receive methods wait without end for a message; the TryReceive
/// methods wait for the given time, or not at all, and return false when none came.
/// </summary>
public static partial class ReceivingSocketExtensions
{
    private const int DefaultFrameCount = 4;

    /// <summary>Waits for a frame.</summary>
    /// <param name="socket">The socket to receive from.</param>
    /// <param name="msg">An initialised value, which is closed and becomes the frame.</param>
    public static void Receive(this IReceivingSocket socket, ref Msg msg)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (!socket.TryReceive(ref msg, SendReceiveConstants.InfiniteTimeout))
            throw new InvalidOperationException($"A receive without a time limit came back from {socket.GetType().Name} without a frame.");
    }

    /// <summary>Waits for a frame, drops it, and says whether others of the same message follow.</summary>
    private static bool TrySkip(IReceivingSocket socket, TimeSpan timeout, out bool more)
    {
        ArgumentNullException.ThrowIfNull(socket);
        var msg = default(Msg);
        msg.InitEmpty();
        var received = socket.TryReceive(ref msg, timeout);
        more = received && msg.HasMore;
        msg.Close();
        return received;
    }
}
