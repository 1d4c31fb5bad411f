using System.Diagnostics.CodeAnalysis;

namespace Actors.Zmtp;

public static partial class ReceivingSocketExtensions
{
    /// <summary>Waits for a frame and returns it as a routing key.</summary>
    public static RoutingKey ReceiveRoutingKey(this IReceivingSocket socket) => new(socket.ReceiveFrameBytes());

    /// <inheritdoc cref="ReceiveRoutingKey(IReceivingSocket)"/>
    public static RoutingKey ReceiveRoutingKey(this IReceivingSocket socket, out bool more) => new(socket.ReceiveFrameBytes(out more));

    /// <summary>Takes a routing key if a message is there.</summary>
    public static bool TryReceiveRoutingKey(this IReceivingSocket socket, ref RoutingKey routingKey)
    {
        return TryReceiveRoutingKey(socket, TimeSpan.Zero, ref routingKey, out _);
    }

    /// <inheritdoc cref="TryReceiveRoutingKey(IReceivingSocket, ref RoutingKey)"/>
    public static bool TryReceiveRoutingKey(this IReceivingSocket socket, ref RoutingKey routingKey, out bool more)
    {
        return TryReceiveRoutingKey(socket, TimeSpan.Zero, ref routingKey, out more);
    }

    /// <summary>Waits for a routing key for at most the given time.</summary>
    public static bool TryReceiveRoutingKey(this IReceivingSocket socket, TimeSpan timeout, ref RoutingKey routingKey)
    {
        return TryReceiveRoutingKey(socket, timeout, ref routingKey, out _);
    }

    /// <inheritdoc cref="TryReceiveRoutingKey(IReceivingSocket, TimeSpan, ref RoutingKey)"/>
    public static bool TryReceiveRoutingKey(this IReceivingSocket socket, TimeSpan timeout, ref RoutingKey routingKey, out bool more)
    {
        if (!socket.TryReceiveFrameBytes(timeout, out var bytes, out more))
            return false;
        routingKey = new RoutingKey(bytes);
        return true;
    }

    /// <summary>Waits for a message and returns the routing keys before its first empty frame, which is taken too.</summary>
    public static IEnumerable<RoutingKey> ReceiveRoutingKeys(this IReceivingSocket socket)
    {
        TryReceiveRoutingKeys(socket, SendReceiveConstants.InfiniteTimeout, out var keys);
        return keys!;
    }

    /// <summary>Takes the routing keys before the first empty frame if a message is there.</summary>
    public static bool TryReceiveRoutingKeys(this IReceivingSocket socket, [NotNullWhen(true)] out IEnumerable<RoutingKey>? routingKeys)
    {
        return TryReceiveRoutingKeys(socket, TimeSpan.Zero, out routingKeys);
    }

    /// <summary>Waits for a message for at most the given time and takes the routing keys before its first empty frame.</summary>
    public static bool TryReceiveRoutingKeys(this IReceivingSocket socket, TimeSpan timeout, [NotNullWhen(true)] out IEnumerable<RoutingKey>? routingKeys)
    {
        routingKeys = null;
        if (!socket.TryReceiveFrameBytes(timeout, out var bytes, out var more))
            return false;
        var keys = new List<RoutingKey>();
        while (bytes.Length > 0)
        {
            keys.Add(new RoutingKey(bytes));
            if (!more)
                break;
            bytes = socket.ReceiveFrameBytes(out more);
        }

        routingKeys = keys;
        return true;
    }
}
