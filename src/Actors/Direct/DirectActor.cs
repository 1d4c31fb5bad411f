using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>
/// A role that sends and receives by one socket. Its handler is told messages, and of peers that come and go. While what the
/// handler answers waits beyond the queue's capacity, the peers are held back.
/// </summary>
internal abstract class DirectActor : ReceivingActor
{
    private static readonly ReadOnlyMemory<byte> s_delimiter = ReadOnlyMemory<byte>.Empty;

    private readonly PeerRoster _peers = new();

    protected DirectActor(RoleSettings settings, SocketSpec socket, int inboundWindow, OutboundSettings outbound, Props handler, bool mayTellBatches = true)
        : base(settings, socket, inboundWindow, handler, outbound, mayTellBatches)
    {
        // A router's messages are for one peer each, and wait for no other.
        if (socket.Kind != SocketKind.Router) WaitsForPeers([Link]);
    }

    protected void Send(Message message)
    {
        Outbound!.Offer(message, Sender, isAnswer: Sender.Equals(Handler));
        Inbound.Hold(Outbound.HoldsBack);
    }

    protected void Send(MessageBatch batch)
    {
        Outbound!.Offer(batch, Sender, isAnswer: Sender.Equals(Handler));
        Inbound.Hold(Outbound.HoldsBack);
    }

    protected override void OnSent() => Inbound.Hold(Outbound!.HoldsBack);

    protected override void OnPeersChanged(SocketLink link, PeerEvent? what)
    {
        if (what is PeerConnected or PeerDisconnected)
        {
            _peers.Take(what);
            Handler.Tell(what, Self);
        }
        else if (what is null)
        {
            foreach (var ended in _peers.TakeEnds("the socket has failed")) Handler.Tell(ended, Self);
        }
    }

    /// <summary>The message behind an empty frame.</summary>
    protected static Message Delimited(Message message) => message.Prepend(s_delimiter);

    /// <summary>Counts messages that lack the frames which the role's settings ask for.</summary>
    protected void DropMalformed(long count, string? peer = null) => Outbound!.Drop(count, DropReason.Malformed, peer);
}
