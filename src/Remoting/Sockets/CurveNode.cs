using System.Collections.Concurrent;
using Actors.Zmtp;
using Akka.Actor;

namespace Actors.Remoting.Sockets;

/// <summary>
/// The keys of this node, and of those that it talks to. A node that is connected to must have one of the allowed keys; which one
/// is tried out, and remembered for its address. For any thread.
/// </summary>
internal sealed class CurveNode(CurveKeyPair keys, IEnumerable<string> allowed)
{
    // In the order of the settings.
    private readonly string[] _order = [.. allowed];
    private readonly HashSet<string> _allowed = [.. allowed];
    private readonly ConcurrentDictionary<Address, string> _known = new();

    public CurveKeyPair Keys => keys;

    public bool Allows(string publicKey) => _allowed.Contains(publicKey);

    /// <summary>The keys that the node at an address may have, the likeliest first; this node's own is the least likely, unless all share one.</summary>
    public IReadOnlyList<string> CandidatesFor(Address address)
    {
        var known = _known.GetValueOrDefault(address);
        return [.. _order.OrderBy(key => key == known ? 0 : key == keys.PublicKeyZ85 ? 2 : 1)];
    }

    /// <summary>The node at an address has proved that it has this key.</summary>
    public void Remember(Address address, string publicKey) => _known[address] = publicKey;
}
