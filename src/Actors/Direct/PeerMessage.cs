using Actors.Transport;

namespace Actors;

/// <summary>
/// A message of one peer of a <see cref="RouterRole"/>, as its handler is told it; or a message for one peer, as the role is told
/// it by anyone at any time.
/// </summary>
/// <param name="Peer">The peer's routing id, which stays the same as long as its connection.</param>
/// <param name="Message">The message without the routing id.</param>
public sealed record PeerMessage(ReadOnlyMemory<byte> Peer, Message Message)
{
    /// <summary>A message to the same peer.</summary>
    public PeerMessage Reply(Message message) => this with { Message = message };

    /// <summary>Two are equal when the routing ids and the frames hold the same bytes.</summary>
    public bool Equals(PeerMessage? other) => other is not null && Peer.Span.SequenceEqual(other.Peer.Span) && Message.Equals(other.Message);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RoutingIdComparer.Instance.GetHashCode(Peer), Message);
}
