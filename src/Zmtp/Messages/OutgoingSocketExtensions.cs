namespace Actors.Zmtp;

/// <summary>
/// Sending of bytes, text and whole messages. The Send methods wait without end for a peer that can take the message;
/// the TrySend methods wait for the given time, or not at all, and return false when nothing was sent.
/// </summary>
public static partial class OutgoingSocketExtensions
{
    /// <summary>Sends a frame and waits until it is taken.</summary>
    public static void Send(this IOutgoingSocket socket, ref Msg msg, bool more)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (!socket.TrySend(ref msg, SendReceiveConstants.InfiniteTimeout, more))
            throw new InvalidOperationException($"A send without a time limit came back from {socket.GetType().Name} without having sent.");
    }

    /// <summary>Sends and leaves no buffer behind, however it ends.</summary>
    private static bool TrySendAndClose(IOutgoingSocket socket, ref Msg msg, TimeSpan timeout, bool more)
    {
        try
        {
            return socket.TrySend(ref msg, timeout, more);
        }
        finally
        {
            if (msg.IsInitialised)
                msg.Close();
        }
    }

    private static bool TrySendBytes(IOutgoingSocket socket, TimeSpan timeout, byte[] data, int length, bool more)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(data);
        if ((uint)length > (uint)data.Length)
            throw new ArgumentOutOfRangeException(nameof(length), length, $"The length must be between 0 and that of the array, {data.Length}.");

        var msg = default(Msg);
        if (socket is ZmqSocket)
        {
            // Our own sockets copy what they keep, so that the caller's array need not be copied before.
            msg.InitBorrowed(data, 0, length);
        }
        else
        {
            msg.InitPool(length);
            data.AsSpan(0, length).CopyTo(msg.Slice());
        }

        return TrySendAndClose(socket, ref msg, timeout, more);
    }

    private static bool TrySendText(IOutgoingSocket socket, TimeSpan timeout, string message, bool more)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(message);
        var encoding = SendReceiveConstants.DefaultEncoding;
        var msg = default(Msg);
        msg.InitPool(encoding.GetByteCount(message));
        encoding.GetBytes(message, msg.Slice());
        return TrySendAndClose(socket, ref msg, timeout, more);
    }

    private static bool TrySendEmpty(IOutgoingSocket socket, TimeSpan timeout, bool more)
    {
        ArgumentNullException.ThrowIfNull(socket);
        var msg = default(Msg);
        msg.InitEmpty();
        return TrySendAndClose(socket, ref msg, timeout, more);
    }
}
