using Actors.Zmtp.Connections;
using Actors.Zmtp.Io;
using Actors.Zmtp.Monitoring;
using Actors.Zmtp.Patterns;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Sockets;

/// <summary>
/// The engine of one socket: its endpoints, pipes and pattern. It belongs to one thread at a time; only what is said to
/// be called from the I/O thread is.
/// </summary>
internal sealed partial class SocketCore
{
    private readonly Lock _lock = new();
    private readonly EngineContext _context;
    private readonly Pattern _pattern;
    private readonly HashSet<Session> _sessions = [];
    private readonly List<BoundEndpoint> _bound = [];
    private readonly List<ConnectedEndpoint> _connected = [];
    private bool _closed;
    private bool _sendingMore;
    private volatile bool _terminated;

    /// <param name="type">What the peers are told.</param>
    /// <param name="pattern">Makes the routing policy.</param>
    public SocketCore(ZmqSocketType type, Func<SocketCore, Pattern> pattern)
    {
        Type = type;
        _context = ZmqContext.Current;
        Settings = new ConnectionSettings { SocketType = type, Handler = _context.Zap };
        Linger = ZmqContext.Linger;
        _pattern = pattern(this);
        _context.Open(this);
    }

    public ZmqSocketType Type { get; }

    public Mailbox Mailbox { get; } = new();

    public Pattern Pattern => _pattern;

    /// <summary>The settings of endpoints that are bound or connected from now on.</summary>
    public ConnectionSettings Settings { get; set; }

    public TimeSpan Linger { get; set; }

    /// <summary>Pipes begin with the connection, not with the call to connect.</summary>
    public bool DelayAttachOnConnect { get; set; }

    public string? LastEndpoint { get; private set; }

    /// <summary>The frame received last has another behind it.</summary>
    public bool ReceiveMore { get; private set; }

    public SocketEventStream Events { get; } = new();

    public bool IsClosed => _closed;

    public SocketPipes Pipes { get; } = new();

    public bool HasIn
    {
        get
        {
            CheckOpen();
            ProcessSignals();
            return _pattern.HasIn;
        }
    }

    public bool HasOut
    {
        get
        {
            CheckOpen();
            ProcessSignals();
            return _pattern.HasOut;
        }
    }

    public bool TrySend(ref Msg msg, TimeSpan timeout, bool more)
    {
        CheckOpen();
        if (!msg.IsInitialised)
        {
            throw new FaultException("Send of a Msg that is not initialised.");
        }

        if (Mailbox.HasSignals)
        {
            ProcessSignals();
        }

        // Raw data knows no messages of several frames: each frame behind a routing id goes out at once.
        more &= !(_sendingMore && Settings.IsRaw);
        if (_pattern.TrySend(ref msg, more) || (timeout != TimeSpan.Zero && WaitToSend(ref msg, timeout, more)))
        {
            _sendingMore = more;
            return true;
        }

        return false;
    }

    public bool TryReceive(ref Msg msg, TimeSpan timeout)
    {
        CheckOpen();
        if (Mailbox.HasSignals)
        {
            ProcessSignals();
        }

        Msg received = default;
        if (_pattern.TryReceive(ref received) || (timeout != TimeSpan.Zero && WaitToReceive(ref received, timeout)))
        {
            if (msg.IsInitialised)
            {
                msg.Close();
            }

            msg = received;
            ReceiveMore = received.HasMore;
            return true;
        }

        return false;
    }

    /// <inheritdoc cref="ZmqSocket.TrySend(ReadOnlySpan{ReadOnlyMemory{byte}})"/>
    public SendResult TrySend(ReadOnlySpan<ReadOnlyMemory<byte>> frames)
    {
        CheckOpen();
        if (frames.IsEmpty)
        {
            throw new ArgumentException("A message has at least one frame.", nameof(frames));
        }

        if (_sendingMore)
        {
            throw new InvalidOperationException("A message of which frames were sent one by one is not finished; expected was its next frame.");
        }

        if (Mailbox.HasSignals)
        {
            ProcessSignals();
        }

        return _pattern.TrySend(frames);
    }

    /// <inheritdoc cref="ZmqSocket.TryReceive(out byte[], out bool)"/>
    public byte[]? TryReceive(out bool more)
    {
        CheckOpen();
        if (Mailbox.HasSignals)
        {
            ProcessSignals();
        }

        byte[]? frame = _pattern.TryReceive(out more);
        if (frame is not null)
        {
            ReceiveMore = more;
        }

        return frame;
    }

    /// <summary>Waits until one of the events is there; a negative time waits without end.</summary>
    public PollEvents Poll(PollEvents wanted, TimeSpan timeout)
    {
        Deadline deadline = new(timeout);
        while (true)
        {
            CheckOpen();
            ProcessSignals();
            PollEvents found = PollEvents.None;
            if (wanted.HasIn() && _pattern.HasIn)
            {
                found |= PollEvents.PollIn;
            }

            if (wanted.HasOut() && _pattern.HasOut)
            {
                found |= PollEvents.PollOut;
            }

            if (found != PollEvents.None || !Wait(deadline))
            {
                return found;
            }
        }
    }

    /// <summary>Looks at the news of the pipes.</summary>
    public void ProcessSignals()
    {
        if (!Mailbox.HasSignals)
        {
            return;
        }

        for (Pipe? pipe = Mailbox.TakeAll(); pipe is not null;)
        {
            Pipe? next = pipe.NextSignalled;
            Process(pipe, pipe.TakeSignals());
            pipe = next;
        }
    }

    /// <summary>Closes the socket; what it has to send goes on in the background, for as long as it lingers.</summary>
    public void Close()
    {
        if (_closed)
        {
            return;
        }

        ProcessSignals();
        Session[] sessions;
        lock (_lock)
        {
            _closed = true;
            sessions = [.. _sessions];
        }

        foreach (BoundEndpoint endpoint in _bound)
        {
            Unbind(endpoint);
        }

        // Those that became ready just now.
        ProcessSignals();
        foreach (Pipe pipe in Pipes.Close())
        {
            pipe.Close(Linger);
            Pipes.SocketLeft(pipe);
        }

        // Those without a pipe yet, or with one that the socket has not seen.
        foreach (Session session in sessions)
        {
            session.TerminateUnlessLingering(Linger);
        }

        Mailbox.Wake();
        _context.Closed(this);
    }

    /// <summary>A pipe has come to its end, and <see cref="Pattern.Terminated"/> was called: the socket neither reads nor writes it any more.</summary>
    public void Forget(Pipe pipe) => Pipes.SocketLeft(pipe);

    /// <summary>The pattern wants no more of a pipe.</summary>
    public void ClosePipe(Pipe pipe)
    {
        if (!pipe.IsTerminated)
        {
            pipe.IsTerminated = true;
            _pattern.Terminated(pipe);
        }

        pipe.Close(Linger);
        _pattern.Closed(pipe);
        Pipes.SocketLeft(pipe);
    }

    /// <summary>The peer of a pipe is to go: nothing more is sent to it or read from the network, and what has arrived can be received.</summary>
    public void RetirePipe(Pipe pipe)
    {
        if (!pipe.IsTerminated)
        {
            pipe.IsTerminated = true;
            _pattern.Terminated(pipe);
            pipe.Retire(Linger);
        }
    }

    /// <summary>From any thread: the context was terminated.</summary>
    public void ContextTerminated()
    {
        _terminated = true;
        Mailbox.Wake();
    }

    private void Process(Pipe pipe, PipeSignals signals)
    {
        pipe.TakeLast();
        if ((signals & PipeSignals.Attached) != 0 && !pipe.IsTerminated)
        {
            Pipes.Add(pipe);
            pipe.IsAttached = true;
            _pattern.Attach(pipe);
        }

        if ((signals & PipeSignals.Readable) != 0)
        {
            _pattern.Readable(pipe);
        }

        if ((signals & PipeSignals.Writable) != 0)
        {
            pipe.HasRoomAgain();
            _pattern.Writable(pipe);
        }

        if ((signals & PipeSignals.Terminated) != 0 && !pipe.IsTerminated)
        {
            pipe.IsTerminated = true;
            _pattern.Terminated(pipe);
            if (pipe.IsInproc)
            {
                // The peer may still read what was sent before, and then sees the end.
                pipe.Out.Close();
            }
        }
    }

    private bool WaitToSend(ref Msg msg, TimeSpan timeout, bool more)
    {
        Deadline deadline = new(timeout);
        while (Wait(deadline))
        {
            CheckOpen();
            ProcessSignals();
            if (_pattern.TrySend(ref msg, more))
            {
                return true;
            }
        }

        return false;
    }

    private bool WaitToReceive(ref Msg msg, TimeSpan timeout)
    {
        Deadline deadline = new(timeout);
        while (Wait(deadline))
        {
            CheckOpen();
            ProcessSignals();
            if (_pattern.TryReceive(ref msg))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Sleeps until there may be news; false when the time is over.</summary>
    private bool Wait(in Deadline deadline)
    {
        int left = deadline.LeftMilliseconds();
        if (left == 0)
        {
            return false;
        }

        Mailbox.Waker.Wait(left);
        return true;
    }

    private void CheckOpen()
    {
        if (_closed || _terminated)
        {
            ThrowNotOpen();
        }
    }

    private void ThrowNotOpen()
    {
        ObjectDisposedException.ThrowIf(_closed, typeof(ZmqSocket));
        throw new TerminatingException("The context of the socket was terminated.");
    }
}
