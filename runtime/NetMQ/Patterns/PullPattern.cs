using NetMQ.Pipes;
using NetMQ.Sockets;

namespace NetMQ.Patterns;

/// <summary>PULL (RFC 30): receives from all peers in turn.</summary>
internal sealed class PullPattern : Pattern
{
    private readonly FairQueue _in = new();

    public PullPattern(SocketCore socket)
        : base(socket)
    {
        _in.Ended = socket.Forget;
    }

    public override bool HasIn => _in.HasIn();

    public override void Attach(Pipe pipe) => _in.Add(pipe);

    public override void Readable(Pipe pipe) => _in.Activate(pipe);

    // What has arrived is still read; then the queue forgets the pipe.
    public override void Terminated(Pipe pipe) => _in.Activate(pipe);

    public override bool TryReceive(ref Msg msg) => _in.TryReceive(ref msg);
}
