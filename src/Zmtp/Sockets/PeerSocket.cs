using Actors.Zmtp.Patterns;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp;

/// <summary>
/// PEER (RFC 51): talks to any number of PEERs. A message is two frames, of which the first is the routing id of the
/// peer, four bytes that this socket made up: received so, and sent so.
/// </summary>
public sealed class PeerSocket : ZmqSocket
{
    /// <summary>A socket, with endpoints separated by commas: "@" before one binds, "&gt;" connects, and without a sign it connects.</summary>
    public PeerSocket(string? connectionString = null)
        : base(ZmqSocketType.Peer, static core => new PeerPattern(core), connectionString, DefaultAction.Connect)
    {
    }

    /// <summary>Connects to a peer and returns its routing id, to which messages can be sent at once; they wait for the connection.</summary>
    /// <exception cref="InvalidException">The endpoint is malformed, or <see cref="SocketOptions.DelayAttachOnConnect"/> is on, which leaves no queue to name.</exception>
    public byte[] ConnectPeer(string address)
    {
        if (Options.DelayAttachOnConnect)
        {
            throw new InvalidException("ConnectPeer names the queue to the peer, which there is none before the connection when DelayAttachOnConnect is on.");
        }

        return PeerPattern.ToRoutingId(Core.ConnectPipe(address)!.RoutingNumber);
    }
}
