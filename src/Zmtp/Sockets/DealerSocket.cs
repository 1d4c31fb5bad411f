using Actors.Zmtp.Patterns;

namespace Actors.Zmtp.Sockets;

/// <summary>DEALER (RFC 28): sends to its peers in turn, and receives from all.</summary>
public class DealerSocket : ZmqSocket
{
    /// <summary>A socket, with endpoints separated by commas: "@" before one binds, "&gt;" connects, and without a sign it connects.</summary>
    public DealerSocket(string? connectionString = null)
        : base(ZmqSocketType.Dealer, static core => new DealerPattern(core), connectionString, DefaultAction.Connect)
    {
    }
}
