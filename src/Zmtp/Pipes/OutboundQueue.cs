using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Pipes;

/// <summary>
/// The reading side of one direction for a connection: gives out the wire bytes to be sent, and follows the frame
/// headers of what was sent, to know how many messages have left whole and where the next connection begins if this
/// one breaks.
/// </summary>
internal sealed class OutboundQueue
{
    private readonly PipeState _state;

    // The next byte to be sent.
    private Block _block;
    private int _position;
    private long _sentBytes;

    // The first frame that has not left whole.
    private Block _frameBlock;
    private int _framePosition;
    private long _frameBytes;

    // The first message that has not left whole; the blocks before it are free.
    private Block _messageBlock;
    private int _messagePosition;
    private long _messageBytes;

    private long _messages;

    public OutboundQueue(PipeState state)
    {
        _state = state;
        _block = _frameBlock = _messageBlock = state.First;
    }

    /// <summary>Messages that have left whole.</summary>
    public long Messages => _messages;

    /// <summary>The writer is gone, and everything was sent.</summary>
    public bool IsAtEnd => Volatile.Read(ref _state.Counters.WriterClosed) && !HasBytes;

    /// <summary>True if bytes wait to be sent.</summary>
    public bool HasBytes => Volatile.Read(ref _state.Counters.Published) != _messages;

    /// <summary>The bytes that were sent end with a whole message.</summary>
    public bool IsAtMessageBoundary => _sentBytes == _messageBytes;

    /// <summary>
    /// Fills in the pieces that are to be sent next, at most so many bytes unless the first piece is larger, and
    /// returns their number. In the middle of a message with <paramref name="toMessageEnd"/>, no more than its rest.
    /// </summary>
    public int Gather(Span<ArraySegment<byte>> pieces, int maxBytes, bool toMessageEnd)
    {
        long available = Volatile.Read(ref _state.Counters.PublishedBytes) - _sentBytes;
        if (toMessageEnd)
        {
            available = Math.Min(available, MessageEnd() - _sentBytes);
        }

        available = Math.Min(available, maxBytes);
        Block block = _block;
        int position = _position;
        int count = 0;
        while (available > 0 && count < pieces.Length)
        {
            if (position >= block.End)
            {
                block = block.Next!;
                position = block.Start;
                continue;
            }

            int length = (int)Math.Min(available, Math.Min(block.End, block.Data.Length) - position);
            pieces[count++] = new ArraySegment<byte>(block.Data, position, length);
            position += length;
            available -= length;
        }

        return count;
    }

    /// <summary>Takes note that so many of the gathered bytes were sent.</summary>
    public void Sent(long bytes)
    {
        _sentBytes += bytes;
        while (bytes > 0)
        {
            if (_position >= _block.End)
            {
                _block = _block.Next!;
                _position = _block.Start;
                continue;
            }

            int length = (int)Math.Min(bytes, Math.Min(_block.End, _block.Data.Length) - _position);
            _position += length;
            bytes -= length;
        }

        FollowFrames();
    }

    /// <summary>The beginning of the next frame, for a connection that takes frames and not bytes.</summary>
    public FrameCursor BeginFrames() => new(_block, _position, _sentBytes);

    /// <summary>The frame at a place, which goes on behind it; false when none is there yet. The body is there until its length was passed to <see cref="Sent"/>.</summary>
    public bool TryNextFrame(ref FrameCursor cursor, out byte flags, out ArraySegment<byte> body, out long length)
    {
        flags = 0;
        body = default;
        length = 0;
        _ = Volatile.Read(ref _state.Counters.Published);
        if (cursor.Bytes >= _state.Counters.PublishedBytes)
        {
            return false;
        }

        while (cursor.Position >= cursor.Block.End)
        {
            cursor.Block = cursor.Block.Next!;
            cursor.Position = cursor.Block.Start;
        }

        flags = cursor.Block.Data[cursor.Position];
        FrameHeader.Read(cursor.Block.Data.AsSpan(cursor.Position), out int header, out long size);
        length = header + size;
        body = cursor.Position + length > cursor.Block.End && cursor.Block.Next is { IsPayload: true } payload
            ? new ArraySegment<byte>(payload.Data, payload.Start, (int)size)
            : new ArraySegment<byte>(cursor.Block.Data, cursor.Position + header, (int)size);
        Skip(ref cursor.Block, ref cursor.Position, length);
        cursor.Bytes += length;
        return true;
    }

    /// <summary>Goes back to the beginning of the first message that has not left whole.</summary>
    public void Restart()
    {
        _block = _frameBlock = _messageBlock;
        _position = _framePosition = _messagePosition;
        _sentBytes = _frameBytes = _messageBytes;
    }

    /// <summary>Says that the connection wants a signal; false when there is something to send after all, or the end.</summary>
    public bool WaitForMessage()
    {
        Interlocked.Exchange(ref _state.Counters.ReaderIdle, 1);
        if (!HasBytes && !Volatile.Read(ref _state.Counters.WriterClosed))
        {
            return true;
        }

        Interlocked.Exchange(ref _state.Counters.ReaderIdle, 0);
        return false;
    }

    /// <summary>Sends no more; what waits is dropped. Returns how many messages were sent.</summary>
    public long Close()
    {
        Volatile.Write(ref _state.Counters.ReaderClosed, true);
        Interlocked.MemoryBarrier();
        _state.WakeWriter();
        return _messages;
    }

    private void FollowFrames()
    {
        long before = _messages;
        Block block = _frameBlock;
        int position = _framePosition;
        long bytes = _frameBytes;
        while (bytes < _sentBytes)
        {
            if (position >= block.End)
            {
                block = block.Next!;
                position = block.Start;
                continue;
            }

            byte flags = block.Data[position];
            long length;
            if ((flags & FrameFlags.Long) == 0)
            {
                length = FrameHeader.ShortLength + block.Data[position + 1];
            }
            else
            {
                FrameHeader.Read(block.Data.AsSpan(position), out _, out long size);
                length = FrameHeader.MaxLength + size;
            }

            if (bytes + length > _sentBytes)
            {
                break;
            }

            bytes += length;
            Skip(ref block, ref position, length);
            if ((flags & FrameFlags.More) == 0)
            {
                _messages++;
                _messageBytes = bytes;
                _messagePosition = position;
                FreeUpTo(block);
            }
        }

        _frameBlock = block;
        _framePosition = position;
        _frameBytes = bytes;
        if (_messages != before)
        {
            Volatile.Write(ref _state.Counters.ConsumedBytes, _messageBytes);
            Interlocked.Exchange(ref _state.Counters.Consumed, _messages);
            if (_state.Counters.WriterWaiting != 0
                && Volatile.Read(ref _state.Counters.Published) - _messages <= _state.LowWatermark)
            {
                _state.WakeWriter();
            }
        }
    }

    /// <summary>A frame is in one block, or it is a header and then the block of its payload.</summary>
    private static void Skip(ref Block block, ref int position, long length)
    {
        if (position + length > block.End && block.Next is { IsPayload: true } payload)
        {
            block = payload;
            position = payload.End;
        }
        else
        {
            position += (int)length;
        }
    }

    private void FreeUpTo(Block block)
    {
        while (_messageBlock != block)
        {
            Block next = _messageBlock.Next!;
            PipeWriter.Release(_messageBlock);
            _messageBlock = next;
        }
    }

    private long MessageEnd()
    {
        Block block = _frameBlock;
        int position = _framePosition;
        long bytes = _frameBytes;
        while (true)
        {
            if (position >= block.End)
            {
                block = block.Next!;
                position = block.Start;
                continue;
            }

            byte flags = block.Data[position];
            FrameHeader.Read(block.Data.AsSpan(position), out int header, out long size);
            bytes += header + size;
            Skip(ref block, ref position, header + size);
            if ((flags & FrameFlags.More) == 0)
            {
                return bytes;
            }
        }
    }
}
