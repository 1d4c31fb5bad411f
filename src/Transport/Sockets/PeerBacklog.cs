namespace Actors.Transport;

/// <summary>
/// The messages for peers of a ROUTER that are at their high-water mark, a queue for each peer, so that no other peer waits
/// for one that does not read.
/// </summary>
/// <remarks>Touched only on the poller's thread.</remarks>
/// <param name="most">The most messages that wait for one peer; a further one is dropped.</param>
internal sealed class PeerBacklog(int most)
{
    private readonly Dictionary<ReadOnlyMemory<byte>, PeerQueue> _peers = new(RoutingIdComparer.Instance);

    /// <summary>Messages that wait, for all peers.</summary>
    public int Count { get; private set; }

    /// <summary>True while no message waits.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>True when something was dropped since <see cref="TakeDropped"/>.</summary>
    public bool HasDropped { get; private set; }

    /// <summary>True while something waits for the peer, so that a later message must not overtake it.</summary>
    public bool Has(ReadOnlyMemory<byte> routingId) => Count > 0 && _peers.TryGetValue(routingId, out var peer) && peer.Waiting.Count > 0;

    /// <summary>Takes a message for its peer, the first frame's routing id; false when it is counted as dropped.</summary>
    public bool Add(Message message)
    {
        if (!_peers.TryGetValue(message[0], out var peer)) _peers.Add(message[0], peer = new PeerQueue());
        if (peer.Waiting.Count < most)
        {
            peer.Waiting.Enqueue(message);
            Count++;
            return true;
        }
        peer.Dropped++;
        HasDropped = true;
        return false;
    }

    /// <summary>Sends what the peers take now, in its order for each.</summary>
    /// <param name="trySend">False when the peer does not take the message yet.</param>
    public void Flush(Func<Message, bool> trySend)
    {
        // Removing does not disturb the enumeration.
        foreach (var (routingId, peer) in _peers) Flush(routingId, peer, trySend);
    }

    /// <summary>Sends what the one peer takes now.</summary>
    /// <param name="routingId">The peer.</param>
    /// <param name="trySend">False when the peer does not take the message yet.</param>
    public void Flush(ReadOnlyMemory<byte> routingId, Func<Message, bool> trySend)
    {
        if (_peers.TryGetValue(routingId, out var peer)) Flush(routingId, peer, trySend);
    }

    private void Flush(ReadOnlyMemory<byte> routingId, PeerQueue peer, Func<Message, bool> trySend)
    {
        while (peer.Waiting.TryPeek(out var next) && trySend(next))
        {
            peer.Waiting.Dequeue();
            Count--;
        }
        Forget(routingId, peer);
    }

    /// <summary>What was dropped for each peer since the last time.</summary>
    public IReadOnlyList<(ReadOnlyMemory<byte> RoutingId, long Count)> TakeDropped()
    {
        if (!HasDropped) return [];
        HasDropped = false;
        var dropped = new List<(ReadOnlyMemory<byte>, long)>();
        foreach (var (routingId, peer) in _peers)
        {
            if (peer.Dropped == 0) continue;
            dropped.Add((routingId, peer.Dropped));
            peer.Dropped = 0;
            Forget(routingId, peer);
        }
        return dropped;
    }

    public void Clear()
    {
        _peers.Clear();
        Count = 0;
        HasDropped = false;
    }

    private void Forget(ReadOnlyMemory<byte> routingId, PeerQueue peer)
    {
        if (peer.Waiting.Count == 0 && peer.Dropped == 0) _peers.Remove(routingId);
    }

    private sealed class PeerQueue
    {
        public Queue<Message> Waiting { get; } = new();

        public long Dropped { get; set; }
    }
}
