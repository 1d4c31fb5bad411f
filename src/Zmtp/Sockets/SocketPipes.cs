using Actors.Zmtp.Monitoring;
using Actors.Zmtp.Pipes;

namespace Actors.Zmtp.Sockets;

/// <summary>
/// The pipes of a socket, which any thread counts. A pipe that has ended stays in the
/// sums: its counters are added up when neither the socket nor the engine uses it any more.
/// </summary>
internal sealed class SocketPipes
{
    private readonly Lock _lock = new();
    private readonly HashSet<Pipe> _pipes = [];
    private readonly HashSet<Pipe> _leaving = [];
    private PipeStatistics _ended = new() { Endpoint = "", PeerAddress = "" };
    private long _unroutable;
    private bool _closed;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _pipes.Count;
            }
        }
    }

    /// <summary>From the socket's thread, or for a pipe that the socket is about to be told of, from the I/O thread. False when it was there already.</summary>
    public bool Add(Pipe pipe)
    {
        lock (_lock)
        {
            return (_closed ? _leaving : _pipes).Add(pipe);
        }
    }

    /// <summary>The socket is closed, and will look at no pipe that is added now. Returns those that are there.</summary>
    public Pipe[] Close()
    {
        lock (_lock)
        {
            _closed = true;
            return [.. _pipes];
        }
    }

    /// <summary>The socket has nothing more to do with the pipe.</summary>
    public void SocketLeft(Pipe pipe)
    {
        lock (_lock)
        {
            if (!_pipes.Remove(pipe))
            {
                return;
            }

            if (!pipe.IsInproc && !pipe.EngineLeft)
            {
                _leaving.Add(pipe);
                return;
            }

            pipe.End();
            _ended = _ended.Plus(pipe.Statistics());
        }

        pipe.ReportEnd();
    }

    /// <summary>From the I/O thread: no more of the pipe is sent or received.</summary>
    public void EngineLeft(Pipe pipe)
    {
        lock (_lock)
        {
            pipe.EngineLeft = true;
            if (!_leaving.Remove(pipe))
            {
                return;
            }

            pipe.End();
            _ended = _ended.Plus(pipe.Statistics());
        }

        pipe.ReportEnd();
    }

    public void CountUnroutable() => Volatile.Write(ref _unroutable, _unroutable + 1);

    public Pipe? Find(Predicate<Pipe> wanted)
    {
        lock (_lock)
        {
            return _pipes.FirstOrDefault(pipe => wanted(pipe));
        }
    }

    public Pipe[] FindAll(Predicate<Pipe> wanted)
    {
        lock (_lock)
        {
            return [.. _pipes.Where(pipe => wanted(pipe))];
        }
    }

    public SocketStatistics Statistics()
    {
        lock (_lock)
        {
            PipeStatistics[] standing = [.. _pipes.Select(pipe => pipe.Statistics())];
            PipeStatistics total = _ended;
            foreach (PipeStatistics pipe in standing)
            {
                total = total.Plus(pipe);
            }

            foreach (Pipe pipe in _leaving)
            {
                total = total.Plus(pipe.Statistics());
            }

            return new SocketStatistics(standing, total, Volatile.Read(ref _unroutable));
        }
    }
}
