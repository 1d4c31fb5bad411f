using Actors.Remoting.Associations;
using Actors.Zmtp;

namespace Actors.Remoting.Sockets;

/// <summary>The way to a node that has connected.</summary>
internal sealed class RouterLink(RouterSocket router, byte[] peer, Listener listener) : IAssociationLink
{
    private readonly ReadOnlyMemory<byte>[] _one = [peer, default];
    private readonly ReadOnlyMemory<byte>[] _two = [peer, default, default];

    /// <summary>The routing id.</summary>
    public byte[] Peer => peer;

    public ZmqAssociation Association { get; set; } = null!;

    public SendResult Send(ReadOnlyMemory<byte> frame)
    {
        if (router.IsDisposed) return SendResult.Unroutable;
        _one[1] = frame;
        return router.TrySend(_one);
    }

    public SendResult Send(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second)
    {
        if (router.IsDisposed) return SendResult.Unroutable;
        _two[1] = first;
        _two[2] = second;
        var result = router.TrySend(_two);
        _two[2] = default;
        return result;
    }

    public void Close() => listener.Retire(peer, Association);
}
