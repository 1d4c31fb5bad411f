namespace Actors.Transport;

/// <summary>
/// What waits for the peers of a ROUTER that are at their high-water mark, each in a queue of its own, so that nobody waits
/// for a peer that does not read.
/// </summary>
/// <remarks>Touched only on the poller's thread.</remarks>
/// <param name="most">The most messages that wait for one peer; a further one is dropped.</param>
internal sealed class PeerBacklog(int most)
{
    private readonly Dictionary<ReadOnlyMemory<byte>, PeerQueue> _peers = new(RoutingIdComparer.Instance);

    public bool IsEmpty => _peers.Count == 0;

    /// <summary>Messages that wait, for all peers.</summary>
    public int Count => _peers.Values.Sum(peer => peer.Waiting.Count);

    /// <summary>Whether something waits for the peer, so that a message which came later must not overtake it.</summary>
    public bool Has(ReadOnlyMemory<byte> routingId) => _peers.Count > 0 && _peers.ContainsKey(routingId);

    /// <summary>Takes a message for its peer, the first frame's routing id, or counts it as dropped.</summary>
    public void Add(Message message)
    {
        if (!_peers.TryGetValue(message[0], out var peer)) _peers.Add(message[0], peer = new PeerQueue());
        if (peer.Waiting.Count < most) peer.Waiting.Enqueue(message);
        else peer.Dropped++;
    }

    /// <summary>Sends what the peers take now, in its order for each.</summary>
    /// <param name="trySend">False when the peer does not take the message yet.</param>
    public void Flush(Func<Message, bool> trySend)
    {
        foreach (var (routingId, peer) in _peers)
        {
            while (peer.Waiting.TryPeek(out var next) && trySend(next)) peer.Waiting.Dequeue();
            // Removing does not disturb the enumeration.
            if (peer.Waiting.Count == 0 && peer.Dropped == 0) _peers.Remove(routingId);
        }
    }

    /// <summary>What was dropped for each peer since the last time.</summary>
    public IEnumerable<(ReadOnlyMemory<byte> RoutingId, long Count)> TakeDropped()
    {
        foreach (var (routingId, peer) in _peers)
        {
            if (peer.Dropped == 0) continue;
            yield return (routingId, peer.Dropped);
            peer.Dropped = 0;
        }
    }

    public void Clear() => _peers.Clear();

    private sealed class PeerQueue
    {
        public Queue<Message> Waiting { get; } = new();

        public long Dropped { get; set; }
    }
}
