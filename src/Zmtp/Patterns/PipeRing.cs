using System.Runtime.CompilerServices;
using Actors.Zmtp.Pipes;

namespace Actors.Zmtp.Patterns;

/// <summary>The field in which a pipe keeps its place in a ring.</summary>
internal interface IRingPlace
{
    static abstract ref int Of(Pipe pipe);
}

/// <summary>Pipes that have their turn one after the other. Those that are not ready stand behind the others and are not looked at.</summary>
/// <typeparam name="TPlace">A pipe is in one ring of those that are read and in one of those that are written.</typeparam>
internal sealed class PipeRing<TPlace>
    where TPlace : struct, IRingPlace
{
    private readonly List<Pipe> _pipes = [];
    private int _ready;
    private int _current;

    public int Count => _pipes.Count;

    public bool HasReady
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _ready > 0;
    }

    /// <summary>The ready pipe whose turn it is.</summary>
    public Pipe Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _pipes[_current];
    }

    /// <summary>Takes a pipe, as a ready one, unless it is there already.</summary>
    public void Add(Pipe pipe)
    {
        if (TPlace.Of(pipe) < 0)
        {
            TPlace.Of(pipe) = _pipes.Count;
            _pipes.Add(pipe);
            Activate(pipe);
        }
    }

    /// <summary>A pipe is ready, if it is in the ring.</summary>
    public void Activate(Pipe pipe)
    {
        if (TPlace.Of(pipe) >= _ready)
        {
            Swap(TPlace.Of(pipe), _ready++);
        }
    }

    /// <summary>The next ready pipe has its turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Next()
    {
        if (++_current >= _ready)
        {
            _current = 0;
        }
    }

    /// <summary>The pipe whose turn it is is not ready.</summary>
    public void PassOver()
    {
        Swap(_current, --_ready);
        if (_current >= _ready)
        {
            _current = 0;
        }
    }

    /// <summary>Takes a pipe out; false when it was not there.</summary>
    public bool Remove(Pipe pipe)
    {
        int index = TPlace.Of(pipe);
        if (index < 0)
        {
            return false;
        }

        if (index < _ready)
        {
            _ready--;
            Swap(index, _ready);
            index = _ready;
        }

        Swap(index, _pipes.Count - 1);
        _pipes.RemoveAt(_pipes.Count - 1);
        TPlace.Of(pipe) = -1;
        if (_current >= _ready)
        {
            _current = 0;
        }

        return true;
    }

    private void Swap(int one, int other)
    {
        if (one != other)
        {
            (_pipes[one], _pipes[other]) = (_pipes[other], _pipes[one]);
            TPlace.Of(_pipes[one]) = one;
            TPlace.Of(_pipes[other]) = other;
        }
    }
}
