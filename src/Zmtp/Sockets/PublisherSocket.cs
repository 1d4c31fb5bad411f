using Actors.Zmtp.Patterns;

namespace Actors.Zmtp.Sockets;

/// <summary>PUB (RFC 29): sends to all subscribers whose prefix a message begins with.</summary>
public class PublisherSocket : ZmqSocket
{
    /// <summary>A socket, with endpoints separated by commas: "@" before one binds, "&gt;" connects, and without a sign it binds.</summary>
    public PublisherSocket(string? connectionString = null)
        : base(ZmqSocketType.Pub, static core => new XPubPattern(core, receives: false), connectionString, DefaultAction.Bind)
    {
    }

    /// <summary>This type of socket does not receive.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override bool TryReceive(ref Msg msg, TimeSpan timeout)
        => throw new NotSupportedException("A PUB socket does not receive.");
}
