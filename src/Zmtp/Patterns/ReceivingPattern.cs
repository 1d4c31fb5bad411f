using Actors.Zmtp.Pipes;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Patterns;

/// <summary>A pattern that receives from all its peers in turn. What has arrived from a peer that is gone is still read; then the queue forgets the pipe.</summary>
internal abstract class ReceivingPattern : Pattern
{
    protected ReceivingPattern(SocketCore socket)
        : base(socket)
    {
        In.Ended = Ended;
    }

    public override bool HasIn => In.HasIn();

    protected FairQueue In { get; } = new();

    public override void Attach(Pipe pipe) => In.Add(pipe);

    public override void Readable(Pipe pipe) => In.Activate(pipe);

    public override void Terminated(Pipe pipe)
    {
        if (pipe.InIndex < 0)
        {
            Socket.Forget(pipe);
        }
        else
        {
            In.Activate(pipe);
        }
    }

    public override void Closed(Pipe pipe)
    {
        if (In.Remove(pipe))
        {
            DropTorn();
        }
    }

    /// <summary>
    /// All of a pipe was read. Until the socket is told that the other side is gone, it writes to the pipe, and what it writes is to be
    /// counted: then <see cref="Terminated"/> forgets the pipe.
    /// </summary>
    private void Ended(Pipe pipe)
    {
        if (pipe.IsTerminated)
        {
            Socket.Forget(pipe);
        }
    }

    /// <summary>The rest of the message that was begun never comes: what is kept of it is forgotten.</summary>
    protected virtual void DropTorn()
    {
    }
}
