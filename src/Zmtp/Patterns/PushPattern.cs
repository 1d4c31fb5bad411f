using Actors.Zmtp.Pipes;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Patterns;

/// <summary>PUSH (RFC 30) and SCATTER (RFC 49): sends to all peers in turn, and waits when none can take a message.</summary>
internal sealed class PushPattern(SocketCore socket) : Pattern(socket)
{
    private readonly LoadBalancer _out = new();

    public override bool HasOut => _out.HasOut();

    public override void Attach(Pipe pipe)
    {
        _out.Add(pipe);
        Readable(pipe);
    }

    public override void Readable(Pipe pipe) => pipe.DropInbound();

    public override void Writable(Pipe pipe) => _out.Activate(pipe);

    public override void Terminated(Pipe pipe)
    {
        _out.Remove(pipe);
        Socket.Forget(pipe);
    }

    public override bool TrySend(ref Msg msg, bool more) => _out.TrySend(ref msg, more);

    public override SendResult TrySend(ReadOnlySpan<ReadOnlyMemory<byte>> frames) => _out.TrySend(frames);
}
