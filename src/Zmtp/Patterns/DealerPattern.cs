using Actors.Zmtp.Pipes;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Patterns;

/// <summary>DEALER (RFC 28), and with messages of one frame CLIENT (RFC 41): sends to all peers in turn, receives from all in turn.</summary>
internal class DealerPattern : Pattern
{
    private readonly bool _singlePart;

    public DealerPattern(SocketCore socket, bool singlePart = false)
        : base(socket)
    {
        _singlePart = singlePart;
        In.Ended = socket.Forget;
    }

    protected FairQueue In { get; } = new();

    protected LoadBalancer Out { get; } = new();

    public override bool HasIn => In.HasIn();

    public override bool HasOut => Out.HasOut();

    public override void Attach(Pipe pipe)
    {
        In.Add(pipe);
        Out.Add(pipe);
    }

    public override void Readable(Pipe pipe) => In.Activate(pipe);

    public override void Writable(Pipe pipe) => Out.Activate(pipe);

    public override void Terminated(Pipe pipe)
    {
        Out.Remove(pipe);
        In.Activate(pipe);
    }

    public override bool TrySend(ref Msg msg, bool more) => Out.TrySend(ref msg, more);

    public override SendResult TrySend(ReadOnlySpan<ReadOnlyMemory<byte>> frames) => Out.TrySend(frames);

    public override bool TryReceive(ref Msg msg) => _singlePart ? In.TryReceiveSinglePart(ref msg) : In.TryReceive(ref msg);

    public override byte[]? TryReceive(out bool more) => _singlePart ? base.TryReceive(out more) : In.TryReceive(out more);
}
