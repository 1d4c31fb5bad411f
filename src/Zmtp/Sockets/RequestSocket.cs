using Actors.Zmtp.Patterns;

namespace Actors.Zmtp.Sockets;

/// <summary>REQ (RFC 28): sends a request, receives its reply, in turn.</summary>
public partial class RequestSocket : ZmqSocket
{
    /// <summary>A socket, with endpoints separated by commas: "@" before one binds, "&gt;" connects, and without a sign it connects.</summary>
    public RequestSocket(string? connectionString = null)
        : base(ZmqSocketType.Req, static core => new ReqPattern(core), connectionString, DefaultAction.Connect)
    {
    }
}
