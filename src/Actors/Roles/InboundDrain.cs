using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>
/// Finds out when a role that drains has worked through what its sockets had received: each socket has to say twice in a row,
/// some time apart, that nothing waits. In between, what is on its way inside the machine arrives.
/// </summary>
/// <remarks>
/// Peers that go on sending do not hold the role back as long as it keeps up with them. Belongs to one role actor; not safe for
/// concurrent use.
/// </remarks>
internal sealed class InboundDrain(IActorRef self)
{
    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private const int EmptyLooks = 2;

    private readonly List<SocketLink> _links = [];
    private readonly HashSet<SocketLink> _asked = [];
    private int _emptyLooks;
    private bool _foundSome;
    private bool _begun;

    /// <summary>True until every socket has been found empty.</summary>
    public bool IsWaiting => _begun && _emptyLooks < EmptyLooks;

    /// <summary>True when a connected peer may have sent what has not been taken: not all sockets have been found empty.</summary>
    public bool MayHaveUnread => _emptyLooks < EmptyLooks && _links.Exists(link => link.Peers > 0);

    /// <summary>The socket is drained of what it has received.</summary>
    public void Add(SocketLink link) => _links.Add(link);

    /// <summary>True when there is a socket to look at.</summary>
    public bool Begin()
    {
        _begun = _links.Count > 0;
        return _begun;
    }

    /// <summary>Looks at all sockets, unless an answer is outstanding. Call this in each interval while nothing is in hand.</summary>
    public void Look()
    {
        if (!IsWaiting || _asked.Count > 0) return;
        _foundSome = false;
        foreach (var link in _links)
        {
            if (link.Socket is not { } socket || !_asked.Add(link)) continue;
            socket.Tell(LookInbound.Instance, self);
        }
        if (_asked.Count == 0) _emptyLooks++;
    }

    public void Looked(SocketLink link, bool wasEmpty)
    {
        _foundSome |= !wasEmpty;
        if (_asked.Remove(link) && _asked.Count == 0) _emptyLooks = _foundSome ? 0 : _emptyLooks + 1;
    }

    /// <summary>What the sockets had received before they failed is lost, and they are asked anew.</summary>
    public void Failed(SocketLink link) => _asked.Remove(link);
}
