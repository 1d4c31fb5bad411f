using Actors.Zmtp.Patterns;

namespace Actors.Zmtp.Sockets;

/// <summary>PULL (RFC 30): gathers messages from PUSH peers, one after the other.</summary>
public class PullSocket : ZmqSocket
{
    /// <summary>A socket, with endpoints separated by commas: "@" before one binds, "&gt;" connects, and without a sign it binds.</summary>
    public PullSocket(string? connectionString = null)
        : base(ZmqSocketType.Pull, static core => new PullPattern(core), connectionString, DefaultAction.Bind)
    {
    }

    /// <summary>This type of socket does not send.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override bool TrySend(ref Msg msg, TimeSpan timeout, bool more)
        => throw new NotSupportedException("A PULL socket does not send.");
}
