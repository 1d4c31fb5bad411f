using System.Text;
using Actors.Transport;

namespace Actors.Host.Status;

/// <summary>The peers of all sockets, from the events that tell when they come and go.</summary>
/// <remarks>Belongs to one actor; not safe for concurrent use.</remarks>
internal sealed class PeerBook
{
    // The ends of ipc connections have no addresses of their own, so several peers may look the same.
    private readonly Dictionary<string, Dictionary<(string Endpoint, string? Address), List<PeerReport>>> _sockets = [];

    /// <summary>A peer has come.</summary>
    public void Add(PeerConnected came, DateTimeOffset at)
    {
        if (!_sockets.TryGetValue(came.Socket, out var peers)) _sockets.Add(came.Socket, peers = []);
        if (!peers.TryGetValue((came.Endpoint, came.Peer?.Address), out var alike)) peers.Add((came.Endpoint, came.Peer?.Address), alike = []);
        alike.Add(new PeerReport(came.Peer?.Address, came.Endpoint, at)
        {
            SocketType = came.Peer?.SocketType,
            Mechanism = came.Peer?.Mechanism,
            RoutingId = came.Peer?.RoutingId is { Length: > 0 } id ? Text(id.Span) : null,
            UserId = came.Peer?.UserId,
        });
    }

    /// <summary>A peer has gone: of several that look the same, the one that came last.</summary>
    public void Remove(PeerDisconnected gone)
    {
        var key = (gone.Endpoint, gone.Peer?.Address);
        if (!_sockets.TryGetValue(gone.Socket, out var peers) || !peers.TryGetValue(key, out var alike)) return;
        var id = gone.Peer?.RoutingId is { Length: > 0 } known ? Text(known.Span) : null;
        var at = id is null ? -1 : alike.FindLastIndex(peer => peer.RoutingId == id);
        alike.RemoveAt(at >= 0 ? at : alike.Count - 1);
        if (alike.Count == 0) peers.Remove(key);
        if (peers.Count == 0) _sockets.Remove(gone.Socket);
    }

    /// <summary>The socket has failed or is closed, and all its connections with it.</summary>
    public void Clear(string socket) => _sockets.Remove(socket);

    /// <summary>The peers of these sockets, in the order in which they came.</summary>
    public IReadOnlyList<PeerReport> Of(IEnumerable<string> sockets) =>
        [.. sockets.SelectMany(socket => _sockets.TryGetValue(socket, out var peers) ? peers.Values.SelectMany(alike => alike) : []).OrderBy(peer => peer.ConnectedAt)];

    /// <summary>As text where it is some, otherwise in hexadecimal digits.</summary>
    private static string Text(ReadOnlySpan<byte> id) => id.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E) ? $"0x{Convert.ToHexString(id)}" : Encoding.ASCII.GetString(id);
}
