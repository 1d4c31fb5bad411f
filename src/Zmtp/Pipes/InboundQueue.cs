using System.Runtime.CompilerServices;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Pipes;

/// <summary>
/// The writing side of one direction for a connection: gives out memory to receive into, finds the frames in what has
/// arrived, takes out commands, and publishes whole messages. A large frame whose size is known is received into memory
/// of its own.
/// </summary>
internal sealed partial class InboundQueue
{
    /// <summary>With less room than this left, receiving goes on in the next block.</summary>
    private const int LeastRoom = 2 * 1024;

    private readonly PipeState _state;
    private readonly InboundLimits _limits;
    private readonly long _maxMessageSize;
    private readonly bool _takesSubscriptions;
    private readonly ICommandHandler _commands;

    private Block _block;
    private byte[] _data;
    private int _received;   // where the next received byte goes
    private int _frame;      // where the first frame begins that is not whole
    private long _messages;  // whole messages, some of them perhaps not published
    private long _bytesBefore; // bytes in the blocks before this one
    private long _messageBytes; // bytes up to the end of the last whole message

    // The end of the last whole message.
    private Block? _messageBlock;
    private int _messagePosition;

    public InboundQueue(PipeState state, InboundLimits limits, bool takesSubscriptions, ICommandHandler commands)
    {
        _state = state;
        _limits = limits;
        _maxMessageSize = limits.MaxMessageSize;
        _takesSubscriptions = takesSubscriptions;
        _commands = commands;
        _block = state.First;
        _data = _block.Data;
    }

    public InboundError Error { get; private set; }

    /// <summary>The flags octet or the size that broke the rule.</summary>
    public long ErrorValue { get; private set; }

    /// <summary>Messages received whole.</summary>
    public long Messages => _messages;

    /// <summary>The pipe holds as many messages as it should, or bytes.</summary>
    public bool IsFull
        => (_state.HighWatermark > 0 && _messages - Volatile.Read(ref _state.Counters.Consumed) >= _state.HighWatermark)
        || (_limits.MaxBytes > 0 && _messageBytes - Volatile.Read(ref _state.Counters.ConsumedBytes) >= _limits.MaxBytes);

    /// <summary>Memory to receive into; never empty.</summary>
    public Memory<byte> GetMemory()
    {
        if (_inLarge)
        {
            return new Memory<byte>(_large.Data, _largeReceived, Math.Min(_largeSize, _large.Size) - _largeReceived);
        }

        if (_data.Length - _received < LeastRoom)
        {
            NextBlock();
        }

        return new Memory<byte>(_data, _received, _data.Length - _received);
    }

    /// <summary>Takes note that bytes were received, and publishes what became whole. False when the peer broke a rule.</summary>
    public bool Received(int count)
    {
        long before = _messages;
        if (_inLarge)
        {
            _largeReceived += count;
            ContinueLarge();
        }
        else
        {
            _received += count;
            FindFrames();
        }

        if (_messages != before)
        {
            Publish();
        }

        return Error == InboundError.None;
    }

    /// <summary>Takes bytes that were received elsewhere, such as behind a handshake.</summary>
    public bool Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && Error == InboundError.None)
        {
            Span<byte> target = GetMemory().Span;
            int count = Math.Min(target.Length, bytes.Length);
            bytes[..count].CopyTo(target);
            bytes = bytes[count..];
            Received(count);
        }

        return Error == InboundError.None;
    }

    /// <summary>Says that the pipe is full and a signal is wanted; false when there is room after all.</summary>
    public bool WaitForRoom()
    {
        Interlocked.Exchange(ref _state.Counters.WriterWaiting, 1);
        if (IsFull && !Volatile.Read(ref _state.Counters.ReaderClosed))
        {
            return true;
        }

        Interlocked.Exchange(ref _state.Counters.WriterWaiting, 0);
        return false;
    }

    /// <summary>
    /// Drops what has arrived of an unfinished message, because its connection is gone; the pipe goes on with the next
    /// connection.
    /// </summary>
    public void Restart()
    {
        DropLarge();
        RollBackToMessage();
    }

    /// <summary>Nothing more comes.</summary>
    public void Close()
    {
        DropLarge();
        Volatile.Write(ref _state.Counters.WriterClosed, true);
        Interlocked.MemoryBarrier();
        _state.WakeReader();
    }

    private void FindFrames()
    {
        byte[] data = _data;
        int position = _frame;
        int received = _received;
        int removed = 0;
        while (received - position >= FrameHeader.ShortLength)
        {
            byte flags = data[position];
            int length;
            if (flags <= FrameFlags.More)
            {
                length = FrameHeader.ShortLength + data[position + 1];
                if (_maxMessageSize >= 0 && length - FrameHeader.ShortLength > _maxMessageSize)
                {
                    Fail(InboundError.FrameTooLarge, length - FrameHeader.ShortLength);
                    break;
                }

                if (length > received - position)
                {
                    break;
                }
            }
            else
            {
                if (!CheckOther(position, received, out int header, out length))
                {
                    break;
                }

                if (length == 0)
                {
                    // The frame is not there whole, and is large.
                    if ((flags & FrameFlags.Command) == 0)
                    {
                        if (removed > 0)
                        {
                            data.AsSpan(position, received - position).CopyTo(data.AsSpan(position - removed));
                        }

                        position -= removed;
                        _received = received - removed;
                        _frame = position;
                        BeginLarge(position, header, (flags & FrameFlags.More) != 0);
                        return;
                    }

                    break;
                }

                if (length > received - position)
                {
                    break;
                }

                if ((flags & FrameFlags.Command) != 0)
                {
                    ReadOnlySpan<byte> body = data.AsSpan(position + header, length - header);
                    if (!_takesSubscriptions || !IsSubscription(body, out bool valid))
                    {
                        position += length;
                        removed += length;
                        if (!_commands.OnCommand(body))
                        {
                            Fail(InboundError.BadCommand, 0);
                            break;
                        }

                        continue;
                    }

                    if (!valid)
                    {
                        Fail(InboundError.BadCommand, 0);
                        break;
                    }

                    flags = 0;
                }
            }

            if (removed > 0)
            {
                // A command was taken out before this frame.
                data.AsSpan(position, length).CopyTo(data.AsSpan(position - removed));
            }

            position += length;
            if ((flags & FrameFlags.More) == 0)
            {
                _messages++;
                _messagePosition = position - removed;
                _messageBlock = _block;
            }
        }

        if (removed > 0)
        {
            data.AsSpan(position, received - position).CopyTo(data.AsSpan(position - removed));
            position -= removed;
            _received = received - removed;
        }

        _frame = position;
    }

    /// <summary>Reads a long header or that of a command; false when octets are missing or a rule is broken. A length of zero means a large frame that is not there whole.</summary>
    private bool CheckOther(int position, int received, out int header, out int length)
    {
        byte flags = _data[position];
        length = 0;
        header = 0;
        // A command has no further frame, and no bits are used beyond the three.
        if ((flags & FrameFlags.Reserved) != 0 || (flags & (FrameFlags.Command | FrameFlags.More)) == (FrameFlags.Command | FrameFlags.More))
        {
            Fail(InboundError.ReservedFlags, flags);
            return false;
        }

        if (!FrameHeader.Read(_data.AsSpan(position, received - position), out header, out long size))
        {
            return false;
        }

        bool command = (flags & FrameFlags.Command) != 0;
        if (command && (ulong)size > (ulong)_limits.MaxCommandSize)
        {
            Fail(InboundError.CommandTooLarge, size);
            return false;
        }

        if (size < 0 || size > Array.MaxLength || (_maxMessageSize >= 0 && size > _maxMessageSize && !command))
        {
            Fail(InboundError.FrameTooLarge, size);
            return false;
        }

        if (header + size <= received - position)
        {
            length = header + (int)size;
        }
        else if (size >= BlockPool.LargeFrame)
        {
            _largeSize = (int)size;
        }
        else
        {
            length = header + (int)size;
        }

        return true;
    }

    /// <summary>True if a command is for the socket: a subscription, or that of a group, whose name has rules.</summary>
    private static bool IsSubscription(ReadOnlySpan<byte> body, out bool valid)
    {
        valid = true;
        if (!Command.TryParse(body, out Command command))
        {
            return false;
        }

        switch (command.Kind)
        {
            case CommandKind.Subscribe or CommandKind.Cancel:
                return true;
            case CommandKind.Join or CommandKind.Leave:
                valid = GroupName.IsValid(command.Data);
                return true;
            default:
                return false;
        }
    }

    private void NextBlock()
    {
        // The beginning of a frame that is not whole goes on in the next block, with room for the whole of it.
        int rest = _received - _frame;
        Block next = BlockPool.Rent(rest == 0 ? LeastRoom : BlockPool.LargeFrame + FrameHeader.MaxLength);
        _data.AsSpan(_frame, rest).CopyTo(next.Data);
        _block.End = _frame;
        _block.Next = next;
        _bytesBefore += _frame;
        Enter(next);
        _received = rest;
        CheckUnfinished();
    }

    /// <summary>A message can be read only when it is whole; until then its frames are held to the limit of the pipe.</summary>
    private void CheckUnfinished()
    {
        if (_limits.MaxBytes > 0 && _bytesBefore - _messageBytes > _limits.MaxBytes)
        {
            Fail(InboundError.MessageTooLarge, _bytesBefore - _messageBytes);
        }
    }

    private void Enter(Block next)
    {
        _block = next;
        _data = next.Data;
        _frame = _received = 0;
    }

    private void Publish()
    {
        _messageBytes = _bytesBefore + _messagePosition;
        Volatile.Write(ref _state.Counters.PublishedBytes, _messageBytes);
        Interlocked.Exchange(ref _state.Counters.Published, _messages);
        if (_state.Counters.ReaderIdle != 0)
        {
            _state.WakeReader();
        }
    }

    private void RollBackToMessage()
    {
        _messageBlock ??= _state.First;
        Block? dropped = _messageBlock == _block ? null : _messageBlock.Next;
        if (dropped is not null)
        {
            _messageBlock.Next = null;
            _messageBlock.End = Block.Open;
        }

        while (dropped is not null)
        {
            Block? next = dropped.Next;
            PipeWriter.Release(dropped);
            dropped = next;
        }

        Enter(_messageBlock);
        _frame = _received = _messagePosition;
        _bytesBefore = _messageBytes - _messagePosition;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Fail(InboundError error, long value)
    {
        Error = error;
        ErrorValue = value;
    }
}
