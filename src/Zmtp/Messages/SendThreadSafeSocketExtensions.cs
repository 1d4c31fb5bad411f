namespace Actors.Zmtp;

/// <summary>Sending of bytes and text by thread-safe sockets. The Send methods wait without end for a peer that can take the message; the TrySend methods wait for the given time, or not at all, and return false when nothing was sent.</summary>
public static class SendThreadSafeSocketExtensions
{
    /// <summary>Sends bytes.</summary>
    public static void Send(this IThreadSafeOutSocket socket, byte[] data)
        => TrySend(socket, SendReceiveConstants.InfiniteTimeout, data);

    /// <summary>Sends bytes as soon as a peer can take it, without holding up the thread.</summary>
    public static ValueTask SendAsync(this IThreadSafeOutSocket socket, byte[] data)
        => ThreadSafeMessages.SendAsync(socket, ThreadSafeMessages.FromBytes(data, Length(data)));

    /// <summary>Sends bytes if a peer can take it now.</summary>
    public static bool TrySend(this IThreadSafeOutSocket socket, byte[] data)
        => TrySend(socket, TimeSpan.Zero, data);

    /// <summary>Sends bytes if a peer can take it in time.</summary>
    public static bool TrySend(this IThreadSafeOutSocket socket, TimeSpan timeout, byte[] data)
        => ThreadSafeMessages.TrySendAndClose(socket, timeout, ThreadSafeMessages.FromBytes(data, Length(data)));

    /// <summary>Sends the first bytes of an array.</summary>
    public static void Send(this IThreadSafeOutSocket socket, byte[] data, int length)
        => TrySend(socket, SendReceiveConstants.InfiniteTimeout, data, length);

    /// <summary>Sends the first bytes of an array as soon as a peer can take it, without holding up the thread.</summary>
    public static ValueTask SendAsync(this IThreadSafeOutSocket socket, byte[] data, int length)
        => ThreadSafeMessages.SendAsync(socket, ThreadSafeMessages.FromBytes(data, length));

    /// <summary>Sends the first bytes of an array if a peer can take it now.</summary>
    public static bool TrySend(this IThreadSafeOutSocket socket, byte[] data, int length)
        => TrySend(socket, TimeSpan.Zero, data, length);

    /// <summary>Sends the first bytes of an array if a peer can take it in time.</summary>
    public static bool TrySend(this IThreadSafeOutSocket socket, TimeSpan timeout, byte[] data, int length)
        => ThreadSafeMessages.TrySendAndClose(socket, timeout, ThreadSafeMessages.FromBytes(data, length));

    /// <summary>Sends UTF-8 text.</summary>
    public static void Send(this IThreadSafeOutSocket socket, string message)
        => TrySend(socket, SendReceiveConstants.InfiniteTimeout, message);

    /// <summary>Sends UTF-8 text as soon as a peer can take it, without holding up the thread.</summary>
    public static ValueTask SendAsync(this IThreadSafeOutSocket socket, string message)
        => ThreadSafeMessages.SendAsync(socket, ThreadSafeMessages.FromText(message));

    /// <summary>Sends UTF-8 text if a peer can take it now.</summary>
    public static bool TrySend(this IThreadSafeOutSocket socket, string message)
        => TrySend(socket, TimeSpan.Zero, message);

    /// <summary>Sends UTF-8 text if a peer can take it in time.</summary>
    public static bool TrySend(this IThreadSafeOutSocket socket, TimeSpan timeout, string message)
        => ThreadSafeMessages.TrySendAndClose(socket, timeout, ThreadSafeMessages.FromText(message));

    private static int Length(byte[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.Length;
    }
}
