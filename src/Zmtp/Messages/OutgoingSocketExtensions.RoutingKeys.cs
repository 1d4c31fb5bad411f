namespace Actors.Zmtp;

public static partial class OutgoingSocketExtensions
{
    /// <summary>Sends a routing key; the rest of the message follows.</summary>
    public static void SendMoreFrame(this IOutgoingSocket socket, RoutingKey routingKey)
    {
        TrySendFrame(socket, SendReceiveConstants.InfiniteTimeout, routingKey);
    }

    /// <summary>Sends a routing key, which the rest of the message follows, if that is possible at once.</summary>
    public static bool TrySendFrame(this IOutgoingSocket socket, RoutingKey routingKey)
    {
        return TrySendFrame(socket, TimeSpan.Zero, routingKey);
    }

    /// <summary>Tries to send a routing key, which the rest of the message follows, for at most the given time.</summary>
    public static bool TrySendFrame(this IOutgoingSocket socket, TimeSpan timeout, RoutingKey routingKey)
    {
        return TrySendBytes(socket, timeout, routingKey.Bytes, routingKey.Bytes.Length, more: true);
    }

    /// <summary>Sends routing keys and the empty frame that ends them; the rest of the message follows.</summary>
    public static IOutgoingSocket SendRoutingKeys(this IOutgoingSocket socket, params RoutingKey[] routingKeys)
    {
        return SendRoutingKeys(socket, (IEnumerable<RoutingKey>)routingKeys);
    }

    /// <inheritdoc cref="SendRoutingKeys(IOutgoingSocket, RoutingKey[])"/>
    public static IOutgoingSocket SendRoutingKeys(this IOutgoingSocket socket, IEnumerable<RoutingKey> routingKeys)
    {
        TrySendRoutingKeys(socket, SendReceiveConstants.InfiniteTimeout, routingKeys);
        return socket;
    }

    /// <summary>Sends the empty frame that ends an envelope without routing keys; the rest of the message follows.</summary>
    public static IOutgoingSocket SendEmptyRoutingKeys(this IOutgoingSocket socket) => socket.SendMoreFrameEmpty();

    /// <summary>Sends routing keys and the empty frame that ends them, if that is possible at once; the rest of the message follows.</summary>
    public static bool TrySendRoutingKeys(this IOutgoingSocket socket, IEnumerable<RoutingKey> routingKeys)
    {
        return TrySendRoutingKeys(socket, TimeSpan.Zero, routingKeys);
    }

    /// <summary>Tries to send routing keys and the empty frame that ends them, for at most the given time; the rest of the message follows.</summary>
    public static bool TrySendRoutingKeys(this IOutgoingSocket socket, TimeSpan timeout, IEnumerable<RoutingKey> routingKeys)
    {
        ArgumentNullException.ThrowIfNull(routingKeys);
        var first = true;
        foreach (var key in routingKeys)
        {
            if (!TrySendPart(socket, timeout, first, key.Bytes, key.Bytes.Length, more: true))
                return false;
            first = false;
        }

        return TrySendEmpty(socket, first ? timeout : SendReceiveConstants.InfiniteTimeout, more: true);
    }
}
