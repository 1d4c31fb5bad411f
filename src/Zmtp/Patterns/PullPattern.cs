using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Patterns;

/// <summary>PULL (RFC 30), and with messages of one frame GATHER (RFC 49): receives from all peers in turn.</summary>
internal sealed class PullPattern(SocketCore socket, bool singlePart = false) : ReceivingPattern(socket)
{
    public override bool TryReceive(ref Msg msg) => singlePart ? In.TryReceiveSinglePart(ref msg) : In.TryReceive(ref msg);

    public override byte[]? TryReceive(out bool more) => singlePart ? TryReceiveFrame(out more) : In.TryReceive(out more);
}
