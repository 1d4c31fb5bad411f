using Actors.Zmtp.Patterns;

namespace Actors.Zmtp.Sockets;

/// <summary>REP (RFC 28): receives a request, sends its reply, in turn.</summary>
public class ResponseSocket : ZmqSocket
{
    /// <summary>A socket, with endpoints separated by commas: "@" before one binds, "&gt;" connects, and without a sign it binds.</summary>
    public ResponseSocket(string? connectionString = null)
        : base(ZmqSocketType.Rep, static core => new RepPattern(core), connectionString, DefaultAction.Bind)
    {
    }
}
