using System.Runtime.CompilerServices;
using Actors.Zmtp.Pipes;

namespace Actors.Zmtp.Patterns;

/// <summary>
/// Receives from several pipes in turn, a whole message from each. Pipes in which nothing was found stand behind the
/// others and are not looked at until they tell.
/// </summary>
internal sealed class FairQueue
{
    private readonly List<Pipe> _pipes = [];
    private int _active;
    private int _current;
    private bool _inMessage;

    public int Count => _pipes.Count;

    /// <summary>The pipe of the last frame.</summary>
    public Pipe? Last { get; private set; }

    /// <summary>Is told of a pipe that has come to its end.</summary>
    public Action<Pipe>? Ended { get; set; }

    public void Add(Pipe pipe)
    {
        if (pipe.InIndex < 0)
        {
            pipe.InIndex = _pipes.Count;
            _pipes.Add(pipe);
            Activate(pipe);
        }
    }

    public void Activate(Pipe pipe)
    {
        if (pipe.InIndex >= _active)
        {
            Swap(pipe.InIndex, _active++);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReceive(ref Msg msg)
    {
        while (_active > 0)
        {
            Pipe pipe = _pipes[_current];
            if (pipe.In.TryRead(ref msg))
            {
                Last = pipe;
                _inMessage = msg.HasMore;
                if (!_inMessage && ++_current >= _active)
                {
                    _current = 0;
                }

                return true;
            }

            PassOver(pipe);
        }

        return false;
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

        while (_active > 0)
        {
            Pipe pipe = _pipes[_current];
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

    /// <summary>Takes the pipe out; what it holds is not read.</summary>
    public void Remove(Pipe pipe)
    {
        int index = pipe.InIndex;
        if (index < 0)
        {
            return;
        }

        if (_inMessage && ReferenceEquals(pipe, Last))
        {
            _inMessage = false;
        }

        if (index < _active)
        {
            _active--;
            Swap(index, _active);
            index = _active;
        }

        Swap(index, _pipes.Count - 1);
        _pipes.RemoveAt(_pipes.Count - 1);
        pipe.InIndex = -1;
        if (_current >= _active)
        {
            _current = 0;
        }
    }

    private void PassOver(Pipe pipe)
    {
        if (pipe.In.WaitForMessage())
        {
            _active--;
            Swap(pipe.InIndex, _active);
            if (_current >= _active)
            {
                _current = 0;
            }
        }
        else if (pipe.In.IsAtEnd)
        {
            Remove(pipe);
            Ended?.Invoke(pipe);
        }
    }

    private void Swap(int one, int other)
    {
        if (one != other)
        {
            (_pipes[one], _pipes[other]) = (_pipes[other], _pipes[one]);
            _pipes[one].InIndex = one;
            _pipes[other].InIndex = other;
        }
    }
}
