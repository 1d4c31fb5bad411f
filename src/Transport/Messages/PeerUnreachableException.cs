namespace Actors.Transport;

/// <summary>The answer to a sender whose message cannot reach the peer that it was addressed to.</summary>
public sealed class PeerUnreachableException : Exception
{
    /// <summary>Names the role, the peer and the reason.</summary>
    public PeerUnreachableException(string role, ReadOnlyMemory<byte> peer, Message message, DropReason reason)
        : base($"{role}: the peer {Convert.ToHexString(peer.Span)} {(reason == DropReason.Unroutable ? "is not connected" : "does not read, and as many messages as may wait for it do")}, so the message was dropped")
    {
        Peer = peer;
        Undelivered = message;
        Reason = reason;
    }

    /// <summary>The routing id.</summary>
    public ReadOnlyMemory<byte> Peer { get; }

    /// <summary>The message as the socket had it, without the routing id.</summary>
    public Message Undelivered { get; }

    /// <summary><see cref="DropReason.Unroutable"/> or <see cref="DropReason.PeerFull"/>.</summary>
    public DropReason Reason { get; }
}
