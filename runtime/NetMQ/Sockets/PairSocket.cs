using NetMQ.Patterns;

namespace NetMQ.Sockets;

/// <summary>PAIR (RFC 31): talks to exactly one peer.</summary>
public class PairSocket : NetMQSocket
{
    /// <summary>A socket, with endpoints separated by commas: "@" before one binds, "&gt;" connects, and without a sign it connects.</summary>
    public PairSocket(string? connectionString = null)
        : base(ZmqSocketType.Pair, static core => new PairPattern(core), connectionString, DefaultAction.Connect)
    {
    }
}
