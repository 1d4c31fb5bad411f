using Actors.Zmtp.Pipes;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Patterns;

/// <summary>DEALER (RFC 28), and with messages of one frame CLIENT (RFC 41): sends to all peers in turn, receives from all in turn.</summary>
internal class DealerPattern(SocketCore socket, bool singlePart = false) : ReceivingPattern(socket)
{
    protected LoadBalancer Out { get; } = new();

    public override bool HasOut => Out.HasOut();

    public override void Attach(Pipe pipe)
    {
        base.Attach(pipe);
        Out.Add(pipe);
    }

    public override void Writable(Pipe pipe) => Out.Activate(pipe);

    public override void Terminated(Pipe pipe)
    {
        Out.Remove(pipe);
        base.Terminated(pipe);
    }

    public override bool TrySend(ref Msg msg, bool more) => Out.TrySend(ref msg, more);

    public override SendResult TrySend(ReadOnlySpan<ReadOnlyMemory<byte>> frames) => Out.TrySend(frames);

    public override bool TryReceive(ref Msg msg) => singlePart ? In.TryReceiveSinglePart(ref msg) : In.TryReceive(ref msg);

    public override byte[]? TryReceive(out bool more) => singlePart ? TryReceiveFrame(out more) : In.TryReceive(out more);
}
