using System.Runtime.CompilerServices;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Pipes;

/// <summary>
/// The writing side of one direction, on one thread: encodes frames into blocks. What is written can be read by the
/// other side only after <see cref="Commit"/>, so that a message of several frames appears whole or, after
/// <see cref="Rollback"/>, not at all.
/// </summary>
internal sealed class PipeWriter
{
    private readonly PipeState _state;
    private long _highWatermark;

    // Where the next byte goes.
    private Block _block;
    private byte[] _data;
    private int _position;
    private long _bytes;

    // Where the unfinished message began.
    private Block _committedBlock;
    private int _committedPosition;
    private long _committedBytes;

    private long _messages;
    private long _consumedSeen;

    public PipeWriter(PipeState state)
    {
        _state = state;
        _highWatermark = Limit(state);
        _block = _committedBlock = state.First;
        _data = _block.Data;
    }

    /// <summary>Messages committed so far.</summary>
    public long Messages => _messages;

    /// <summary>Nobody reads any more.</summary>
    public bool IsReaderClosed => Volatile.Read(ref _state.Counters.ReaderClosed);

    /// <summary>Frames were written that belong to a message without its last frame.</summary>
    public bool HasUncommitted => _bytes != _committedBytes;

    /// <summary>Messages that were committed and not yet read, as far as the reader has told.</summary>
    public long Waiting => _messages - Volatile.Read(ref _state.Counters.Consumed);

    /// <summary>True if a further message fits under the high-water mark.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasRoom() => _messages - _consumedSeen < _highWatermark || HasRoomNow();

    /// <summary>Says that the writer wants a signal; false when there is room after all.</summary>
    public bool WaitForRoom()
    {
        Interlocked.Exchange(ref _state.Counters.WriterWaiting, 1);
        if (!HasRoomNow() && !IsReaderClosed)
        {
            return true;
        }

        // Whoever takes the flag back answers for it: a signal that is under way does no harm.
        Interlocked.Exchange(ref _state.Counters.WriterWaiting, 0);
        return false;
    }

    /// <summary>Writes one frame; a large one gives up its buffer. The frame stays to be closed by the caller.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ref Msg msg, bool more)
    {
        if (msg.Size < BlockPool.LargeFrame)
        {
            WriteSmall(msg.Slice(), more ? FrameFlags.More : (byte)0);
        }
        else
        {
            WriteLarge(ref msg, more);
        }
    }

    /// <summary>Writes one frame of any size by copy.</summary>
    public void Write(ReadOnlySpan<byte> payload, bool more)
    {
        if (payload.Length < BlockPool.LargeFrame)
        {
            WriteSmall(payload, more ? FrameFlags.More : (byte)0);
            return;
        }

        Msg copy = default;
        copy.InitPool(payload.Length);
        payload.CopyTo(copy.Slice());
        WriteLarge(ref copy, more);
        copy.Close();
    }

    /// <summary>Writes a message and makes it readable. Large frames are kept as they are.</summary>
    public void WriteMessage(ReadOnlySpan<ReadOnlyMemory<byte>> frames)
    {
        for (int i = 0; i < frames.Length; i++)
        {
            bool more = i < frames.Length - 1;
            ReadOnlyMemory<byte> frame = frames[i];
            if (frame.Length < BlockPool.LargeFrame)
            {
                WriteSmall(frame.Span, more ? FrameFlags.More : (byte)0);
                continue;
            }

            Msg msg = default;
            msg.InitGiven(frame);
            WriteLarge(ref msg, more);
            msg.Finish();
        }

        Commit();
    }

    /// <summary>Makes what was written readable, as one message.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Commit()
    {
        _committedBlock = _block;
        _committedPosition = _position;
        _committedBytes = _bytes;
        Volatile.Write(ref _state.Counters.PublishedBytes, _bytes);
        // A full fence, so that the reader's flag is read after the message can be seen.
        Interlocked.Exchange(ref _state.Counters.Published, ++_messages);
        if (_state.Counters.ReaderIdle != 0)
        {
            _state.WakeReader();
        }
    }

    /// <summary>Takes back the frames of an unfinished message.</summary>
    public void Rollback()
    {
        Block? dropped = _committedBlock == _block ? null : _committedBlock.Next;
        _committedBlock.Next = null;
        _committedBlock.End = Block.Open;
        _block = _committedBlock;
        _data = _block.Data;
        _position = _committedPosition;
        _bytes = _committedBytes;
        while (dropped is not null)
        {
            Block? next = dropped.Next;
            Release(dropped);
            dropped = next;
        }
    }

    /// <summary>Says that nothing more comes. An unfinished message is dropped.</summary>
    public void Close()
    {
        if (HasUncommitted)
        {
            Rollback();
        }

        Volatile.Write(ref _state.Counters.WriterClosed, true);
        Interlocked.MemoryBarrier();
        _state.WakeReader();
    }

    internal static void Release(Block block) => block.Release(block.IsPayload ? 1 : Block.PipeHold);

    private static long Limit(PipeState state) => state.HighWatermark <= 0 ? long.MaxValue : state.HighWatermark;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool HasRoomNow()
    {
        _consumedSeen = Volatile.Read(ref _state.Counters.Consumed);
        _highWatermark = Limit(_state);
        return _messages - _consumedSeen < _highWatermark;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteSmall(ReadOnlySpan<byte> payload, byte flags)
    {
        int position = _position;
        if (_data.Length - position < payload.Length + FrameHeader.MaxLength)
        {
            NextBlock(payload.Length + FrameHeader.MaxLength);
            position = 0;
        }

        Span<byte> target = _data.AsSpan(position);
        int header;
        if (payload.Length <= byte.MaxValue)
        {
            target[0] = flags;
            target[1] = (byte)payload.Length;
            header = 2;
        }
        else
        {
            header = FrameHeader.WriteLong(target, flags, payload.Length);
        }

        payload.CopyTo(target[header..]);
        int length = header + payload.Length;
        _position = position + length;
        _bytes += length;
    }

    private void WriteLarge(ref Msg msg, bool more)
    {
        if (_data.Length - _position < FrameHeader.MaxLength)
        {
            NextBlock(FrameHeader.MaxLength);
        }

        int size = msg.Size;
        _position += FrameHeader.WriteLong(_data.AsSpan(_position), more ? FrameFlags.More : (byte)0, size);
        _bytes += FrameHeader.MaxLength + size;

        Block payload = BlockPool.RentShell();
        if (msg.CanKeepBuffer)
        {
            payload.Hold(ref msg);
        }
        else
        {
            Msg copy = default;
            copy.InitPool(size);
            msg.Slice().CopyTo(copy.Slice());
            payload.Hold(ref copy);
        }

        Append(payload);
        NextBlock(FrameHeader.MaxLength);
    }

    private void NextBlock(int room) => Append(BlockPool.Rent(room));

    private void Append(Block block)
    {
        if (!_block.IsPayload)
        {
            _block.End = _position;
        }

        _block.Next = block;
        _block = block;
        _data = block.Data;
        _position = 0;
    }
}
