namespace Actors.Zmtp;

/// <summary>Sending and receiving by RADIO and DISH sockets. The Send methods wait without end for a peer that can take the message; the TrySend methods wait for the given time, or not at all, and return false when nothing was sent.</summary>
public static partial class GroupSocketExtensions
{
    /// <summary>Sends bytes to a group.</summary>
    public static void Send(this IGroupOutSocket socket, string group, byte[] data)
        => TrySend(socket, SendReceiveConstants.InfiniteTimeout, group, data);

    /// <summary>Sends bytes to a group as soon as a peer can take it, without holding up the thread.</summary>
    public static ValueTask SendAsync(this IGroupOutSocket socket, string group, byte[] data)
        => ThreadSafeMessages.SendAsync(socket, ThreadSafeMessages.FromBytes(data, Length(data), group: group));

    /// <summary>Sends bytes to a group if a peer can take it now.</summary>
    public static bool TrySend(this IGroupOutSocket socket, string group, byte[] data)
        => TrySend(socket, TimeSpan.Zero, group, data);

    /// <summary>Sends bytes to a group if a peer can take it in time.</summary>
    public static bool TrySend(this IGroupOutSocket socket, TimeSpan timeout, string group, byte[] data)
        => ThreadSafeMessages.TrySendAndClose(socket, timeout, ThreadSafeMessages.FromBytes(data, Length(data), group: group));

    /// <summary>Sends the first bytes of an array to a group.</summary>
    public static void Send(this IGroupOutSocket socket, string group, byte[] data, int length)
        => TrySend(socket, SendReceiveConstants.InfiniteTimeout, group, data, length);

    /// <summary>Sends the first bytes of an array to a group as soon as a peer can take it, without holding up the thread.</summary>
    public static ValueTask SendAsync(this IGroupOutSocket socket, string group, byte[] data, int length)
        => ThreadSafeMessages.SendAsync(socket, ThreadSafeMessages.FromBytes(data, length, group: group));

    /// <summary>Sends the first bytes of an array to a group if a peer can take it now.</summary>
    public static bool TrySend(this IGroupOutSocket socket, string group, byte[] data, int length)
        => TrySend(socket, TimeSpan.Zero, group, data, length);

    /// <summary>Sends the first bytes of an array to a group if a peer can take it in time.</summary>
    public static bool TrySend(this IGroupOutSocket socket, TimeSpan timeout, string group, byte[] data, int length)
        => ThreadSafeMessages.TrySendAndClose(socket, timeout, ThreadSafeMessages.FromBytes(data, length, group: group));

    /// <summary>Sends UTF-8 text to a group.</summary>
    public static void Send(this IGroupOutSocket socket, string group, string message)
        => TrySend(socket, SendReceiveConstants.InfiniteTimeout, group, message);

    /// <summary>Sends UTF-8 text to a group as soon as a peer can take it, without holding up the thread.</summary>
    public static ValueTask SendAsync(this IGroupOutSocket socket, string group, string message)
        => ThreadSafeMessages.SendAsync(socket, ThreadSafeMessages.FromText(message, group: group));

    /// <summary>Sends UTF-8 text to a group if a peer can take it now.</summary>
    public static bool TrySend(this IGroupOutSocket socket, string group, string message)
        => TrySend(socket, TimeSpan.Zero, group, message);

    /// <summary>Sends UTF-8 text to a group if a peer can take it in time.</summary>
    public static bool TrySend(this IGroupOutSocket socket, TimeSpan timeout, string group, string message)
        => ThreadSafeMessages.TrySendAndClose(socket, timeout, ThreadSafeMessages.FromText(message, group: group));

    private static int Length(byte[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.Length;
    }
}
