using System.Runtime.CompilerServices;
using Actors.Zmtp.Pipes;

namespace Actors.Zmtp.Patterns;

/// <summary>
/// Sends to several pipes in turn, a whole message to each. Full pipes stand behind the others and are not looked at
/// until they tell.
/// </summary>
internal sealed class LoadBalancer
{
    private readonly List<Pipe> _pipes = [];
    private int _active;
    private int _current;
    private bool _inMessage;
    private bool _dropping;

    /// <summary>The pipe of the last frame; null when the pipe is gone.</summary>
    public Pipe? Last { get; private set; }

    public int Count => _pipes.Count;

    public void Add(Pipe pipe)
    {
        if (pipe.OutIndex < 0)
        {
            pipe.OutIndex = _pipes.Count;
            _pipes.Add(pipe);
            Activate(pipe);
        }
    }

    public void Activate(Pipe pipe)
    {
        if (pipe.OutIndex >= _active)
        {
            Swap(pipe.OutIndex, _active++);
        }
    }

    /// <summary>Takes the pipe out. The rest of a message that was on its way there is dropped.</summary>
    public void Remove(Pipe pipe)
    {
        int index = pipe.OutIndex;
        if (index < 0)
        {
            return;
        }

        if (ReferenceEquals(Last, pipe))
        {
            if (_inMessage)
            {
                _inMessage = false;
                _dropping = true;
            }

            Last = null;
        }

        if (index < _active)
        {
            _active--;
            Swap(index, _active);
            index = _active;
        }

        Swap(index, _pipes.Count - 1);
        _pipes.RemoveAt(_pipes.Count - 1);
        pipe.OutIndex = -1;
        if (_current >= _active)
        {
            _current = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySend(ref Msg msg, bool more)
    {
        while (_active > 0 && !_dropping)
        {
            Pipe pipe = _pipes[_current];
            if (_inMessage || pipe.Out.HasRoom())
            {
                pipe.Out.Write(ref msg, more);
                Last = pipe;
                _inMessage = more;
                if (!more)
                {
                    pipe.Out.Commit();
                    if (++_current >= _active)
                    {
                        _current = 0;
                    }
                }

                msg.Finish();
                return true;
            }

            PassOver(pipe);
        }

        return _dropping && Drop(ref msg, more);
    }

    public bool HasOut()
    {
        if (_inMessage || _dropping)
        {
            return true;
        }

        while (_active > 0)
        {
            Pipe pipe = _pipes[_current];
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
            _active--;
            Swap(pipe.OutIndex, _active);
            if (_current >= _active)
            {
                _current = 0;
            }
        }
        else if (pipe.Out.IsReaderClosed)
        {
            Remove(pipe);
        }
    }

    private void Swap(int one, int other)
    {
        if (one != other)
        {
            (_pipes[one], _pipes[other]) = (_pipes[other], _pipes[one]);
            _pipes[one].OutIndex = one;
            _pipes[other].OutIndex = other;
        }
    }
}
