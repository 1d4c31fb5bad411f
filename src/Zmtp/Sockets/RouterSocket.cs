using Actors.Zmtp.Patterns;

namespace Actors.Zmtp.Sockets;

/// <summary>ROUTER (RFC 28): receives from all peers behind their routing id, and sends to the peer that the first frame names.</summary>
public class RouterSocket : ZmqSocket
{
    /// <summary>A socket, with endpoints separated by commas: "@" before one binds, "&gt;" connects, and without a sign it binds.</summary>
    public RouterSocket(string? connectionString = null)
        : base(ZmqSocketType.Router, static core => new RouterPattern(core), connectionString, DefaultAction.Bind)
    {
    }
}
