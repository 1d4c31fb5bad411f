namespace Actors.Zmtp;

/// <summary>Sending and receiving by sockets that name their peers by routing ids. The Send methods wait without end for a peer that can take the message; the TrySend methods wait for the given time, or not at all, and return false when nothing was sent.</summary>
public static partial class RoutingIdSocketExtensions
{
    /// <summary>Sends bytes to the peer of a routing id.</summary>
    public static void Send(this IRoutingIdSocket socket, uint routingId, byte[] data)
        => TrySend(socket, SendReceiveConstants.InfiniteTimeout, routingId, data);

    /// <summary>Sends bytes to the peer of a routing id as soon as a peer can take it, without holding up the thread.</summary>
    public static ValueTask SendAsync(this IRoutingIdSocket socket, uint routingId, byte[] data)
        => ThreadSafeMessages.SendAsync(socket, ThreadSafeMessages.FromBytes(data, Length(data), routingId: routingId));

    /// <summary>Sends bytes to the peer of a routing id if a peer can take it now.</summary>
    public static bool TrySend(this IRoutingIdSocket socket, uint routingId, byte[] data)
        => TrySend(socket, TimeSpan.Zero, routingId, data);

    /// <summary>Sends bytes to the peer of a routing id if a peer can take it in time.</summary>
    public static bool TrySend(this IRoutingIdSocket socket, TimeSpan timeout, uint routingId, byte[] data)
        => ThreadSafeMessages.TrySendAndClose(socket, timeout, ThreadSafeMessages.FromBytes(data, Length(data), routingId: routingId));

    /// <summary>Sends the first bytes of an array to the peer of a routing id.</summary>
    public static void Send(this IRoutingIdSocket socket, uint routingId, byte[] data, int length)
        => TrySend(socket, SendReceiveConstants.InfiniteTimeout, routingId, data, length);

    /// <summary>Sends the first bytes of an array to the peer of a routing id as soon as a peer can take it, without holding up the thread.</summary>
    public static ValueTask SendAsync(this IRoutingIdSocket socket, uint routingId, byte[] data, int length)
        => ThreadSafeMessages.SendAsync(socket, ThreadSafeMessages.FromBytes(data, length, routingId: routingId));

    /// <summary>Sends the first bytes of an array to the peer of a routing id if a peer can take it now.</summary>
    public static bool TrySend(this IRoutingIdSocket socket, uint routingId, byte[] data, int length)
        => TrySend(socket, TimeSpan.Zero, routingId, data, length);

    /// <summary>Sends the first bytes of an array to the peer of a routing id if a peer can take it in time.</summary>
    public static bool TrySend(this IRoutingIdSocket socket, TimeSpan timeout, uint routingId, byte[] data, int length)
        => ThreadSafeMessages.TrySendAndClose(socket, timeout, ThreadSafeMessages.FromBytes(data, length, routingId: routingId));

    /// <summary>Sends UTF-8 text to the peer of a routing id.</summary>
    public static void Send(this IRoutingIdSocket socket, uint routingId, string message)
        => TrySend(socket, SendReceiveConstants.InfiniteTimeout, routingId, message);

    /// <summary>Sends UTF-8 text to the peer of a routing id as soon as a peer can take it, without holding up the thread.</summary>
    public static ValueTask SendAsync(this IRoutingIdSocket socket, uint routingId, string message)
        => ThreadSafeMessages.SendAsync(socket, ThreadSafeMessages.FromText(message, routingId: routingId));

    /// <summary>Sends UTF-8 text to the peer of a routing id if a peer can take it now.</summary>
    public static bool TrySend(this IRoutingIdSocket socket, uint routingId, string message)
        => TrySend(socket, TimeSpan.Zero, routingId, message);

    /// <summary>Sends UTF-8 text to the peer of a routing id if a peer can take it in time.</summary>
    public static bool TrySend(this IRoutingIdSocket socket, TimeSpan timeout, uint routingId, string message)
        => ThreadSafeMessages.TrySendAndClose(socket, timeout, ThreadSafeMessages.FromText(message, routingId: routingId));

    private static int Length(byte[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.Length;
    }
}
