using Actors.Zmtp.Pipes;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Patterns;

/// <summary>
/// The rules of a socket type: to which of its pipes it sends, from which it receives. One thread at a time.
/// </summary>
internal abstract class Pattern(SocketCore socket)
{
    protected SocketCore Socket { get; } = socket;

    /// <summary>A message can be received.</summary>
    public virtual bool HasIn => false;

    /// <summary>A message can be sent.</summary>
    public virtual bool HasOut => false;

    /// <summary>A pipe was made, or its peer has become known, or has become another.</summary>
    public abstract void Attach(Pipe pipe);

    /// <summary>A pipe that was found empty can be read again, or has come to its end.</summary>
    public virtual void Readable(Pipe pipe)
    {
    }

    /// <summary>A pipe that was found full can be written again.</summary>
    public virtual void Writable(Pipe pipe)
    {
    }

    /// <summary>The other side of a pipe is gone. It is not written any more; what has arrived may be read.</summary>
    public abstract void Terminated(Pipe pipe);

    /// <summary>Behind <see cref="Terminated"/>: this end reads no more of the pipe, not even the rest of a message that was begun.</summary>
    public virtual void Closed(Pipe pipe)
    {
    }

    /// <summary>Sends a frame; true when it was taken, which leaves the value empty.</summary>
    public virtual bool TrySend(ref Msg msg, bool more)
        => throw new NotSupportedException($"A {Socket.Type} socket does not send.");

    /// <summary>Receives a frame; what the value held before is not closed.</summary>
    public virtual bool TryReceive(ref Msg msg)
        => throw new NotSupportedException($"A {Socket.Type} socket does not receive.");

    /// <summary>Sends a whole message, or nothing of it. Large frames are sent from the memory of the caller.</summary>
    public virtual SendResult TrySend(ReadOnlySpan<ReadOnlyMemory<byte>> frames) => TrySendFrames(frames);

    /// <summary>Sends a message frame by frame, the way of the types that look at each.</summary>
    protected SendResult TrySendFrames(ReadOnlySpan<ReadOnlyMemory<byte>> frames)
    {
        for (int i = 0; i < frames.Length; i++)
        {
            Msg msg = default;
            msg.InitGiven(frames[i]);
            if (!TrySend(ref msg, more: i < frames.Length - 1))
            {
                // Who takes the first frame of a message has room for the others.
                return i == 0 ? SendResult.Full : throw new InvalidOperationException($"A {Socket.Type} socket took {i} of {frames.Length} frames and then no more.");
            }
        }

        return SendResult.Sent;
    }

    /// <summary>Receives a frame into an array of its own; null when there is none.</summary>
    public virtual byte[]? TryReceive(out bool more) => TryReceiveFrame(out more);

    protected byte[]? TryReceiveFrame(out bool more)
    {
        Msg msg = default;
        if (!TryReceive(ref msg))
        {
            more = false;
            return null;
        }

        more = msg.HasMore;
        return msg.TakeArray();
    }

    /// <summary>From any thread: a name for a peer that has told none; null for a socket that needs none.</summary>
    public virtual byte[]? CreateRoutingId() => null;
}
