using System.Runtime.CompilerServices;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Pipes;

/// <summary>
/// The reading side of one direction for a socket, on one thread: decodes frames where they lie. A small frame is a
/// slice of its block, a large one is handed over with its buffer.
/// </summary>
internal sealed class PipeReader
{
    private const int MostUntold = 64;

    private readonly PipeState _state;
    private readonly int _untoldLimit;

    private Block _block;
    private byte[] _data;
    private int _position;
    private int _handedOut;
    private bool _inMessage;

    private long _read;
    private long _bytesBefore; // bytes in the blocks before this one
    private long _told;
    private long _tellAt;
    private long _publishedSeen;

    public PipeReader(PipeState state)
    {
        _state = state;
        _block = state.First;
        _data = _block.Data;
        // Not more than lies between the two marks: a writer who waits is told when the lower one is reached.
        _untoldLimit = state.HighWatermark <= 0 ? MostUntold : Math.Clamp(state.HighWatermark - state.LowWatermark, 1, MostUntold);
        _tellAt = _untoldLimit;
    }

    /// <summary>A message can be read, or the rest of one.</summary>
    public bool HasMessage
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _read != _publishedSeen || Refresh();
    }

    /// <summary>The writer is gone, and everything was read.</summary>
    public bool IsAtEnd => Volatile.Read(ref _state.Counters.WriterClosed) && !HasMessage;

    /// <summary>Reads the next frame. What the message held before is not closed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(ref Msg msg)
    {
        if (_read == _publishedSeen && !Refresh())
        {
            return false;
        }

        int position = _position;
        if (position >= _block.End)
        {
            NextFrameBlock();
            position = 0;
        }

        byte[] data = _data;
        byte flags = data[position];
        if (flags <= FrameFlags.More)
        {
            int size = data[position + 1];
            position += 2;
            msg.InitSlice(_block, data, position, size, (MsgFlags)flags);
            _position = position + size;
            _handedOut++;
        }
        else
        {
            ReadOther(ref msg, flags);
        }

        EndFrame(flags);
        return true;
    }

    /// <summary>Reads the next frame into an array of its own, or takes the array that a large one has; null when there is none.</summary>
    public byte[]? TryRead(out bool more)
    {
        more = false;
        if (_read == _publishedSeen && !Refresh())
        {
            return null;
        }

        if (_position >= _block.End)
        {
            NextFrameBlock();
        }

        byte flags = _data[_position];
        more = (flags & FrameFlags.More) != 0;
        FrameHeader.Read(_data.AsSpan(_position), out int header, out long size);
        byte[] frame;
        if (_position + header == _block.End && size > 0)
        {
            Msg msg = default;
            ReadOther(ref msg, flags);
            frame = msg.TakeArray();
        }
        else
        {
            frame = _data.AsSpan(_position + header, (int)size).ToArray();
            _position += header + (int)size;
        }

        EndFrame(flags);
        return frame;
    }

    /// <summary>Says that the reader wants a signal; false when there is something to read after all, or the end.</summary>
    public bool WaitForMessage()
    {
        if (_told != _read)
        {
            TellConsumed();
        }

        Interlocked.Exchange(ref _state.Counters.ReaderIdle, 1);
        if (!HasMessage && !Volatile.Read(ref _state.Counters.WriterClosed))
        {
            return true;
        }

        Interlocked.Exchange(ref _state.Counters.ReaderIdle, 0);
        return false;
    }

    /// <summary>The rest of the current message is read and dropped.</summary>
    public void SkipMessage()
    {
        Msg msg = default;
        while (_inMessage && TryRead(ref msg))
        {
            msg.Close();
        }
    }

    /// <summary>Drops what can be read, unless a message was begun.</summary>
    public void DropUnread()
    {
        Msg msg = default;
        while (!_inMessage && TryRead(ref msg))
        {
            msg.Close();
            SkipMessage();
        }
    }

    /// <summary>Reads no more. What was not read is dropped; returns how many messages were.</summary>
    public long Close()
    {
        TellConsumed();
        long before = _read;
        Msg msg = default;
        while (TryRead(ref msg))
        {
            msg.Close();
        }

        _state.Counters.ReaderEnd = _read;
        Volatile.Write(ref _state.Counters.ReaderClosed, true);
        Interlocked.MemoryBarrier();
        _state.WakeWriter();
        return _read - before;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndFrame(byte flags)
    {
        _inMessage = (flags & FrameFlags.More) != 0;
        if (!_inMessage && ++_read >= _tellAt)
        {
            TellConsumed();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Refresh()
    {
        _publishedSeen = Volatile.Read(ref _state.Counters.Published);
        return _read != _publishedSeen;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TellConsumed()
    {
        _told = _read;
        Volatile.Write(ref _state.Counters.ConsumedBytes, _bytesBefore + _position - _block.Start);
        Interlocked.Exchange(ref _state.Counters.Consumed, _read);
        Refresh();
        long above = _publishedSeen - _read - _state.LowWatermark;
        _tellAt = _read + (above > 0 ? Math.Min(above, _untoldLimit) : _untoldLimit);
        if (above <= 0 && _state.Counters.WriterWaiting != 0)
        {
            _state.WakeWriter();
        }
    }

    private void ReadOther(ref Msg msg, byte flags)
    {
        // The flags of a frame and of a Msg agree in More only.
        MsgFlags msgFlags = (MsgFlags)(flags & FrameFlags.More);
        if ((flags & FrameFlags.Command) != 0)
        {
            msgFlags |= MsgFlags.Command;
        }

        FrameHeader.Read(_data.AsSpan(_position), out int header, out long size);
        _position += header;
        if (_position == _block.End && size > 0)
        {
            // The payload is the block after the header.
            NextBlock();
            _block.Detach(ref msg);
            msg.SetFlags(msgFlags);
            _position = _block.End;
        }
        else
        {
            msg.InitSlice(_block, _data, _position, (int)size, msgFlags);
            _position += (int)size;
            _handedOut++;
        }
    }

    /// <summary>The block in which the next frame begins: one that had too little room for it was left empty.</summary>
    private void NextFrameBlock()
    {
        do
        {
            NextBlock();
        }
        while (_position >= _block.End);
    }

    private void NextBlock()
    {
        Block next = _block.Next!;
        _bytesBefore += _block.End - _block.Start;
        _block.Release(_block.IsPayload ? 1 : Block.PipeHold - _handedOut);
        _block = next;
        _data = next.Data;
        _position = next.Start;
        _handedOut = 0;
    }
}
