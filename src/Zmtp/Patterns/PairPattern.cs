using Actors.Zmtp.Pipes;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Patterns;

/// <summary>PAIR (RFC 31), and with messages of one frame CHANNEL (RFC 52): talks to one peer; others are turned away while it is there.</summary>
internal sealed class PairPattern(SocketCore socket, bool singlePart = false) : Pattern(socket)
{
    private Pipe? _pipe;
    private bool _sending;
    private bool _dropping;

    public override bool HasIn => _pipe is { } pipe && Look(pipe);

    public override bool HasOut => _dropping || (_pipe is { IsTerminated: false } pipe && (_sending || pipe.Out.HasRoom() || !pipe.Out.WaitForRoom()));

    public override void Attach(Pipe pipe)
    {
        // A peer that is gone makes place, even when not all that it sent was read.
        if (_pipe is { IsTerminated: true } gone && !gone.In.HasMessage)
        {
            Drop(gone);
        }

        if (_pipe is null)
        {
            _pipe = pipe;
        }
        else if (!ReferenceEquals(_pipe, pipe))
        {
            Socket.ClosePipe(pipe);
        }
    }

    public override void Terminated(Pipe pipe)
    {
        if (ReferenceEquals(pipe, _pipe))
        {
            _dropping = _sending;
            _sending = false;
            Look(pipe);
        }
    }

    public override void Closed(Pipe pipe)
    {
        if (ReferenceEquals(pipe, _pipe))
        {
            _pipe = null;
        }
    }

    public override bool TrySend(ref Msg msg, bool more)
    {
        if (_dropping)
        {
            _dropping = more;
            msg.Finish();
            return true;
        }

        if (_pipe is not { IsTerminated: false } pipe || !(_sending || pipe.Out.HasRoom() || !pipe.Out.WaitForRoom()))
        {
            return false;
        }

        pipe.Out.Write(ref msg, more);
        _sending = more;
        if (!more)
        {
            pipe.Out.Commit();
        }

        msg.Finish();
        return true;
    }

    public override bool TryReceive(ref Msg msg)
    {
        while (_pipe is { } pipe)
        {
            if (pipe.In.TryRead(ref msg))
            {
                if (!singlePart || !msg.HasMore)
                {
                    return true;
                }

                msg.Close();
                pipe.In.SkipMessage();
            }
            else if (!Look(pipe))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>
    /// True if there is something to read. If not, the pipe signals later, or is dropped at its end: once the socket is told that the
    /// other side is gone, since until then it writes to the pipe.
    /// </summary>
    private bool Look(Pipe pipe)
    {
        if (!pipe.In.HasMessage && !pipe.In.WaitForMessage())
        {
            if (pipe.In.IsAtEnd)
            {
                if (pipe.IsTerminated)
                {
                    Drop(pipe);
                }

                return false;
            }

            return true;
        }

        return pipe.In.HasMessage;
    }

    private void Drop(Pipe pipe)
    {
        _pipe = null;
        Socket.Forget(pipe);
    }
}
