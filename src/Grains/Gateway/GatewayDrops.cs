using Actors.Transport;

namespace Actors.Grains.Gateway;

/// <summary>Counts drops in sums: of those in a row that have one reason and one peer, one event tells.</summary>
/// <remarks>Belongs to one actor; not safe for concurrent use.</remarks>
internal sealed class GatewayDrops(OutboundLane lane)
{
    private long _count;
    private DropReason _reason;
    private ReadOnlyMemory<byte> _peer;

    public void Add(DropReason reason, ReadOnlyMemory<byte> peer)
    {
        if (_count > 0 && (reason != _reason || !peer.Span.SequenceEqual(_peer.Span))) Tell();
        (_reason, _peer) = (reason, peer);
        _count++;
    }

    /// <summary>Tells what is left. Called at the end of each batch.</summary>
    public void Tell()
    {
        if (_count == 0) return;
        lane.Drop(_count, _reason, Convert.ToHexString(_peer.Span));
        _count = 0;
        _peer = default;
    }
}
