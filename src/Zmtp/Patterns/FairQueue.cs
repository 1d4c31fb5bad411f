using System.Runtime.CompilerServices;
using Actors.Zmtp.Pipes;

namespace Actors.Zmtp.Patterns;

/// <summary>Receives from several pipes in turn, a whole message from each; empty pipes wait until they tell.</summary>
internal sealed class FairQueue
{
    private readonly PipeRing<Place> _ring = new();
    private bool _inMessage;

    public int Count => _ring.Count;

    /// <summary>The pipe of the last frame.</summary>
    public Pipe? Last { get; private set; }

    /// <summary>Called with a pipe that has come to its end.</summary>
    public Action<Pipe>? Ended { get; set; }

    public void Add(Pipe pipe) => _ring.Add(pipe);

    public void Activate(Pipe pipe) => _ring.Activate(pipe);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReceive(ref Msg msg)
    {
        while (_ring.HasReady)
        {
            Pipe pipe = _ring.Current;
            if (pipe.In.TryRead(ref msg))
            {
                Last = pipe;
                _inMessage = msg.HasMore;
                if (!_inMessage)
                {
                    _ring.Next();
                }

                return true;
            }

            PassOver(pipe);
        }

        return false;
    }

    /// <summary>Receives a frame into an array of its own; null when there is none.</summary>
    public byte[]? TryReceive(out bool more)
    {
        while (_ring.HasReady)
        {
            Pipe pipe = _ring.Current;
            if (pipe.In.TryRead(out more) is { } frame)
            {
                Last = pipe;
                _inMessage = more;
                if (!more)
                {
                    _ring.Next();
                }

                return frame;
            }

            PassOver(pipe);
        }

        more = false;
        return null;
    }

    /// <summary>Receives a message of one frame; a message of more is dropped (RFC 37, "Thread-Safe Socket Types").</summary>
    public bool TryReceiveSinglePart(ref Msg msg)
    {
        while (TryReceive(ref msg))
        {
            if (!_inMessage)
            {
                return true;
            }

            msg.Close();
            SkipMessage();
        }

        return false;
    }

    public bool HasIn()
    {
        if (_inMessage)
        {
            return true;
        }

        while (_ring.HasReady)
        {
            Pipe pipe = _ring.Current;
            if (pipe.In.HasMessage)
            {
                return true;
            }

            PassOver(pipe);
        }

        return false;
    }

    /// <summary>Reads and drops the rest of the message, if its last frame was not read.</summary>
    public void SkipMessage()
    {
        Msg msg = default;
        while (_inMessage && TryReceive(ref msg))
        {
            msg.Close();
        }
    }

    /// <summary>Takes the pipe out; what it holds is not read. True when a message of it was begun, whose rest never comes.</summary>
    public bool Remove(Pipe pipe)
    {
        bool torn = _ring.Remove(pipe) && ReferenceEquals(pipe, Last) && _inMessage;
        _inMessage &= !torn;
        return torn;
    }

    private void PassOver(Pipe pipe)
    {
        if (pipe.In.WaitForMessage())
        {
            _ring.PassOver();
        }
        else if (pipe.In.IsAtEnd)
        {
            Remove(pipe);
            Ended?.Invoke(pipe);
        }
    }

    private readonly struct Place : IRingPlace
    {
        public static ref int Of(Pipe pipe) => ref pipe.InIndex;
    }
}
