namespace Actors.Zmtp.Connections;

/// <summary>
/// The connections of one bound endpoint, held to its limits, on its I/O thread. When too many are in the handshake, the
/// one that has been there longest ends: a flood of peers that say nothing pushes out its own, not those that come after.
/// </summary>
internal sealed class Admission(ConnectionLimits limits)
{
    private readonly LinkedList<AcceptedSession> _handshakes = [];
    private readonly Dictionary<AcceptedSession, LinkedListNode<AcceptedSession>?> _connections = [];

    public IReadOnlyCollection<AcceptedSession> Sessions => _connections.Keys;

    public int Connections => _connections.Count;

    public bool IsFull => limits.MaxConnections > 0 && _connections.Count >= limits.MaxConnections;

    /// <summary>Takes a connection that is about to begin its handshake; returns the one that must end for it.</summary>
    public AcceptedSession? Add(AcceptedSession session)
    {
        AcceptedSession? pushedOut = limits.MaxHandshakes > 0 && _handshakes.Count >= limits.MaxHandshakes ? _handshakes.First!.Value : null;
        _connections.Add(session, _handshakes.AddLast(session));
        return pushedOut;
    }

    public void HandshakeDone(AcceptedSession session)
    {
        if (_connections.TryGetValue(session, out LinkedListNode<AcceptedSession>? node) && node is not null)
        {
            _handshakes.Remove(node);
            _connections[session] = null;
        }
    }

    public void Remove(AcceptedSession session)
    {
        HandshakeDone(session);
        _connections.Remove(session);
    }
}
