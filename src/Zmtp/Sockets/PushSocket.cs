using Actors.Zmtp.Patterns;

namespace Actors.Zmtp.Sockets;

/// <summary>PUSH (RFC 30): deals messages out to PULL peers, one after the other.</summary>
public class PushSocket : ZmqSocket
{
    /// <summary>A socket, with endpoints separated by commas: "@" before one binds, "&gt;" connects, and without a sign it connects.</summary>
    public PushSocket(string? connectionString = null)
        : base(ZmqSocketType.Push, static core => new PushPattern(core), connectionString, DefaultAction.Connect)
    {
    }

    /// <summary>This type of socket does not receive.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override bool TryReceive(ref Msg msg, TimeSpan timeout)
        => throw new NotSupportedException("A PUSH socket does not receive.");
}
