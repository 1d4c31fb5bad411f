namespace Actors.Zmtp.Sockets;

/// <summary>SERVER (RFC 41): a received message bears the routing id of its CLIENT in <see cref="Msg.RoutingId"/>, and a message to be sent names it there.</summary>
public class ServerSocket : ThreadSafeSocket, IRoutingIdSocket
{
    /// <summary>A socket without endpoints.</summary>
    public ServerSocket()
        : base(ZmqSocketType.Server)
    {
    }
}
