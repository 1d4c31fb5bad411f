using Actors.Zmtp.Pipes;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Patterns;

/// <summary>PULL (RFC 30), and with messages of one frame GATHER (RFC 49): receives from all peers in turn.</summary>
internal sealed class PullPattern : Pattern
{
    private readonly FairQueue _in = new();
    private readonly bool _singlePart;

    public PullPattern(SocketCore socket, bool singlePart = false)
        : base(socket)
    {
        _singlePart = singlePart;
        _in.Ended = socket.Forget;
    }

    public override bool HasIn => _in.HasIn();

    public override void Attach(Pipe pipe) => _in.Add(pipe);

    public override void Readable(Pipe pipe) => _in.Activate(pipe);

    // What has arrived is still read; then the queue forgets the pipe.
    public override void Terminated(Pipe pipe) => _in.Activate(pipe);

    public override bool TryReceive(ref Msg msg) => _singlePart ? _in.TryReceiveSinglePart(ref msg) : _in.TryReceive(ref msg);

    public override byte[]? TryReceive(out bool more) => _singlePart ? base.TryReceive(out more) : _in.TryReceive(out more);
}
