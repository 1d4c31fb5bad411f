using Actors.Transport;

namespace Actors;

/// <summary>The connections of a socket, so that each of them is told as ended when the socket itself has failed.</summary>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal sealed class PeerRoster
{
    // Without addresses, as over inproc, peers of one endpoint cannot be told apart, so they are counted.
    private readonly Dictionary<(string Endpoint, string? Address), List<PeerConnected>> _connected = [];

    public void Take(PeerEvent what)
    {
        switch (what)
        {
            case PeerConnected connected:
                var key = (connected.Endpoint, connected.Peer?.Address);
                if (!_connected.TryGetValue(key, out var peers)) _connected.Add(key, peers = []);
                peers.Add(connected);
                break;
            case PeerDisconnected ended when _connected.TryGetValue((ended.Endpoint, ended.Peer?.Address), out var known):
                known.RemoveAt(0);
                if (known.Count == 0) _connected.Remove((ended.Endpoint, ended.Peer?.Address));
                break;
        }
    }

    /// <summary>The ends of all connections; none is left.</summary>
    public IReadOnlyList<PeerDisconnected> TakeEnds(string reason)
    {
        PeerDisconnected[] ends = [.. _connected.Values.SelectMany(peers => peers).Select(peer => new PeerDisconnected(peer.Socket, peer.Endpoint, peer.Peer, reason))];
        _connected.Clear();
        return ends;
    }
}
