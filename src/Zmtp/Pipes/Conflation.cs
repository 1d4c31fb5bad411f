namespace Actors.Zmtp.Pipes;

/// <summary>
/// Keeps the last message between the two ends of one direction (ZMQ_CONFLATE of libzmq). What the writer commits is
/// taken out of its queue at once, on its thread, into a slot in which the next message takes its place; the reader takes
/// it from there into its own queue, on its thread, when it is told.
/// </summary>
internal sealed class Conflation : IPipeSide
{
    private readonly PipeReader _taken;
    private readonly PipeWriter _given;
    private readonly List<Msg> _frames = [];
    private Msg[]? _last;
    private long _replaced;
    private bool _ended;
    private bool _refilling;

    public Conflation()
    {
        _taken = new PipeReader(Written);
        _given = new PipeWriter(Read);
        Written.Reader = this;
        Read.Writer = this;
        _taken.WaitForMessage();
    }

    /// <summary>The queue that the writer writes to. It always has room.</summary>
    public PipeState Written { get; } = new(highWatermark: 0, lowWatermark: 0);

    /// <summary>The queue that the reader reads from: one message at most.</summary>
    public PipeState Read { get; } = new(highWatermark: 1, lowWatermark: 0);

    /// <summary>Messages that gave way to a later one.</summary>
    public long Replaced => Volatile.Read(ref _replaced);

    /// <summary>On the writer's thread, at each message and at the end.</summary>
    public void CanRead()
    {
        do
        {
            Msg frame = default;
            while (_taken.TryRead(ref frame))
            {
                _frames.Add(frame);
                if (!frame.HasMore)
                {
                    Put([.. _frames]);
                    _frames.Clear();
                }
            }
        }
        while (!_taken.WaitForMessage() && !_taken.IsAtEnd);

        if (_taken.IsAtEnd)
        {
            Volatile.Write(ref _ended, true);
            Read.Reader?.CanRead();
        }
    }

    /// <summary>On the reader's thread, when it has read what there was.</summary>
    public void CanWrite() => Refill();

    /// <summary>
    /// On the reader's thread, when it is told: gives it the last message, if there is one. With its reader, in place of
    /// what that has not begun to read.
    /// </summary>
    public void Refill(PipeReader? reader = null)
    {
        if (_refilling)
        {
            // Dropping what is older makes room, which is told here.
            return;
        }

        _refilling = true;
        if (Volatile.Read(ref _last) is not null)
        {
            reader?.DropUnread();
        }

        if ((_given.HasRoom() || !_given.WaitForRoom()) && Interlocked.Exchange(ref _last, null) is { } message)
        {
            Give(message);
        }

        EndIfDrained();
        _refilling = false;
    }

    /// <summary>On the reader's thread: tells it the end, when the writer has ended and nothing waits.</summary>
    public void EndIfDrained()
    {
        if (Volatile.Read(ref _ended) && Volatile.Read(ref _last) is null)
        {
            _given.Close();
        }
    }

    /// <summary>Nobody reads any more; returns how many messages waited.</summary>
    public int Drop()
    {
        if (Interlocked.Exchange(ref _last, null) is not { } message)
        {
            return 0;
        }

        Close(message);
        return 1;
    }

    private void Put(Msg[] message)
    {
        if (Interlocked.Exchange(ref _last, message) is { } older)
        {
            // Its reader has been told, and has not come yet.
            Close(older);
            Volatile.Write(ref _replaced, _replaced + 1);
        }
        else
        {
            Read.Reader?.CanRead();
        }
    }

    private void Give(Msg[] message)
    {
        for (int i = 0; i < message.Length; i++)
        {
            _given.Write(ref message[i], more: i < message.Length - 1);
            message[i].Close();
        }

        _given.Commit();
    }

    private static void Close(Msg[] message)
    {
        for (int i = 0; i < message.Length; i++)
        {
            message[i].Close();
        }
    }
}
