using Actors.Zmtp.Patterns;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp;

/// <summary>
/// STREAM (<c>zmq_socket(3)</c>): talks to peers over tcp that know no ZMTP. Each message received is a routing id and
/// what has come of that connection; one without data tells that the connection has begun, or has ended. Each message
/// sent is a routing id and data; one without data ends the connection after what was sent before.
/// </summary>
/// <remarks>
/// A routing id that is unknown throws <see cref="HostUnreachableException"/>. That of the connection that was asked for
/// last is <see cref="SocketOptions.Identity"/>; when it is lost and made again, it has another.
/// </remarks>
public sealed class StreamSocket : ZmqSocket
{
    /// <summary>A socket, with endpoints separated by commas: "@" before one binds, "&gt;" connects, and without a sign it connects.</summary>
    public StreamSocket(string? connectionString = null)
        : base(ZmqSocketType.Stream, CreatePattern, connectionString, DefaultAction.Connect)
    {
    }

    private static RouterPattern CreatePattern(SocketCore core)
    {
        core.Settings = core.Settings with { IsRaw = true };
        return new RouterPattern(core) { Mandatory = true };
    }
}
