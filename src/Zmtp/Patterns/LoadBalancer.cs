using System.Runtime.CompilerServices;
using Actors.Zmtp.Pipes;

namespace Actors.Zmtp.Patterns;

/// <summary>Sends to several pipes in turn, a whole message to each; full pipes wait until they tell.</summary>
internal sealed class LoadBalancer
{
    private readonly PipeRing<Place> _ring = new();
    private bool _inMessage;
    private bool _dropping;

    /// <summary>The pipe of the last frame; null when the pipe is gone.</summary>
    public Pipe? Last { get; private set; }

    public int Count => _ring.Count;

    public void Add(Pipe pipe) => _ring.Add(pipe);

    public void Activate(Pipe pipe) => _ring.Activate(pipe);

    /// <summary>Takes the pipe out. The rest of a message that was on its way there is dropped.</summary>
    public void Remove(Pipe pipe)
    {
        if (_ring.Remove(pipe) && ReferenceEquals(Last, pipe))
        {
            _dropping |= _inMessage;
            _inMessage = false;
            Last = null;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySend(ref Msg msg, bool more)
    {
        while (_ring.HasReady && !_dropping)
        {
            Pipe pipe = _ring.Current;
            if (_inMessage || pipe.Out.HasRoom())
            {
                pipe.Out.Write(ref msg, more);
                Last = pipe;
                _inMessage = more;
                if (!more)
                {
                    pipe.Out.Commit();
                    _ring.Next();
                }

                msg.Finish();
                return true;
            }

            PassOver(pipe);
        }

        return _dropping && Drop(ref msg, more);
    }

    /// <summary>Sends a whole message, or nothing of it.</summary>
    public SendResult TrySend(ReadOnlySpan<ReadOnlyMemory<byte>> frames)
    {
        while (_ring.HasReady)
        {
            Pipe pipe = _ring.Current;
            if (pipe.Out.HasRoom())
            {
                pipe.Out.WriteMessage(frames);
                Last = pipe;
                _ring.Next();
                return SendResult.Sent;
            }

            PassOver(pipe);
        }

        return SendResult.Full;
    }

    public bool HasOut()
    {
        if (_inMessage || _dropping)
        {
            return true;
        }

        while (_ring.HasReady)
        {
            Pipe pipe = _ring.Current;
            if (pipe.Out.HasRoom())
            {
                return true;
            }

            PassOver(pipe);
        }

        return false;
    }

    private bool Drop(ref Msg msg, bool more)
    {
        _dropping = more;
        msg.Finish();
        return true;
    }

    private void PassOver(Pipe pipe)
    {
        if (pipe.Out.WaitForRoom())
        {
            _ring.PassOver();
        }
        else if (pipe.Out.IsReaderClosed)
        {
            Remove(pipe);
        }
    }

    private readonly struct Place : IRingPlace
    {
        public static ref int Of(Pipe pipe) => ref pipe.OutIndex;
    }
}
