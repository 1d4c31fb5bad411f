using System.Runtime.InteropServices;
using System.Text;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp;

/// <summary>
/// One frame: its bytes, and who owns them. A <see cref="Msg"/> is initialised by one of the Init methods, and then
/// either sent (which leaves it empty) or closed. Copy a value only with <see cref="Copy"/> or <see cref="Move"/>.
/// </summary>
/// <remarks>A received frame is a slice of a larger buffer: <see cref="Data"/> begins at <see cref="Offset"/>.</remarks>
public struct Msg
{
    /// <summary>The longest group name of a RADIO or DISH, in bytes (RFC 48).</summary>
    public const int MaxGroupLength = GroupName.MaxLength;

    private byte[]? _data;
    private MsgBuffer? _buffer;
    private string? _group;
    private int _offset;
    private int _size;
    private uint _routingId;
    private MsgFlags _flags;
    private MsgType _type;
    private bool _borrowed;

    /// <summary>The number of bytes.</summary>
    public readonly int Size => _size;

    /// <summary>The array that holds the bytes, from <see cref="Offset"/> on; null for a frame without a buffer.</summary>
    public readonly byte[]? Data => _data;

    /// <summary>Where the bytes begin in <see cref="Data"/>.</summary>
    public readonly int Offset => _offset;

    /// <summary>What is said of the frame beside its bytes.</summary>
    public readonly MsgFlags Flags => _flags;

    /// <summary>Where the bytes come from.</summary>
    public readonly MsgType MsgType => _type;

    /// <summary>The routing id of the peer of a SERVER socket; zero when there is none.</summary>
    public uint RoutingId
    {
        readonly get => _routingId;
        set => _routingId = value;
    }

    /// <summary>The group of a RADIO or DISH message.</summary>
    public string Group
    {
        readonly get => _group ?? "";
        set
        {
            GroupName.Check(value);
            _group = value;
        }
    }

    /// <summary>Another frame of the same message follows.</summary>
    public readonly bool HasMore => (_flags & MsgFlags.More) != 0;

    /// <summary>The frame is a routing id.</summary>
    public readonly bool IsIdentity => (_flags & MsgFlags.Identity) != 0;

    /// <summary>Other values hold the same buffer.</summary>
    public readonly bool IsShared => (_flags & MsgFlags.Shared) != 0;

    /// <summary>One of the Init methods was called, and the value has not been closed since.</summary>
    public readonly bool IsInitialised => _type != MsgType.Uninitialised;

    /// <summary>The frame is an internal separator.</summary>
    public readonly bool IsDelimiter => _type == MsgType.Delimiter;

    /// <summary>The frame was initialised without bytes.</summary>
    public readonly bool IsEmpty => _type == MsgType.Empty;

    /// <summary>The frame joins a group.</summary>
    public readonly bool IsJoin => _type == MsgType.Join;

    /// <summary>The frame leaves a group.</summary>
    public readonly bool IsLeave => _type == MsgType.Leave;

    /// <summary>The byte at an index, counted from the frame's first byte.</summary>
    public byte this[int index]
    {
        readonly get => Slice()[index];
        set => Slice()[index] = value;
    }

    /// <summary>The bytes of the frame, without a copy.</summary>
    public static implicit operator Span<byte>(Msg msg) => msg.Slice();

    /// <summary>The bytes of the frame, without a copy.</summary>
    public static implicit operator ReadOnlySpan<byte>(Msg msg) => msg.Slice();

    /// <summary>Adds flags.</summary>
    public void SetFlags(MsgFlags flags) => _flags |= flags;

    /// <summary>Takes flags away.</summary>
    public void ResetFlags(MsgFlags flags) => _flags &= ~flags;

    /// <summary>Makes this a frame without bytes.</summary>
    public void InitEmpty() => Init(MsgType.Empty, null, 0, 0);

    /// <summary>Makes this a frame of so many bytes, whose buffer comes from the <see cref="BufferPool"/> and is not cleared.</summary>
    public void InitPool(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        Init(MsgType.Pool, BufferPool.Take(size), 0, size);
    }

    /// <summary>Makes this a frame over the caller's array, which must not change until the frame has left.</summary>
    public void InitGC(byte[] data, int size) => InitGC(data, 0, size);

    /// <inheritdoc cref="InitGC(byte[], int)"/>
    public void InitGC(byte[] data, int offset, int size)
    {
        ArgumentNullException.ThrowIfNull(data);
        _ = data.AsSpan(offset, size);
        Init(MsgType.GC, data, offset, size);
    }

    /// <summary>Makes this an internal separator.</summary>
    public void InitDelimiter() => Init(MsgType.Delimiter, null, 0, 0);

    /// <summary>A frame over an array that the caller takes back after the send: whoever keeps the bytes copies them.</summary>
    internal void InitBorrowed(byte[] data, int offset, int size)
    {
        InitGC(data, offset, size);
        _borrowed = true;
    }

    /// <summary>A frame over bytes that do not change until they have left.</summary>
    internal static Msg Of(ReadOnlyMemory<byte> bytes)
    {
        Msg msg = default;
        if (bytes.IsEmpty)
        {
            msg.InitEmpty();
        }
        else if (MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> array))
        {
            msg.InitGC(array.Array!, array.Offset, array.Count);
        }
        else
        {
            msg.InitPool(bytes.Length);
            bytes.Span.CopyTo(msg.Slice());
        }

        return msg;
    }

    /// <summary>Closes the frame and returns its bytes: the array itself where nobody else has it, otherwise a copy.</summary>
    internal byte[] TakeArray()
    {
        byte[] bytes;
        if (_type == MsgType.Pool && _buffer is null && _offset == 0 && _data!.Length == _size)
        {
            bytes = _data;
            Init(MsgType.Uninitialised, null, 0, 0);
        }
        else
        {
            bytes = Slice().ToArray();
            Close();
        }

        return bytes;
    }

    /// <summary>A frame over a slice of a buffer, of which it takes one reference that is already counted.</summary>
    internal void InitSlice(MsgBuffer buffer, byte[] data, int offset, int size, MsgFlags flags)
    {
        _data = data;
        _buffer = buffer;
        _group = null;
        _offset = offset;
        _size = size;
        _routingId = 0;
        _flags = flags;
        _type = MsgType.Pool;
        _borrowed = false;
    }

    /// <summary>The frame was taken: closes it and leaves an empty one.</summary>
    internal void Finish()
    {
        if (_type == MsgType.Pool)
        {
            Close();
        }

        Init(MsgType.Empty, null, 0, 0);
    }

    /// <summary>The buffer may be kept past the send without a copy.</summary>
    internal readonly bool CanKeepBuffer => !_borrowed && _type is MsgType.Pool or MsgType.GC;

    /// <summary>The shared buffer behind the bytes; an array of the pool that has none yet is given one.</summary>
    internal MsgBuffer? ShareBuffer()
    {
        if (_buffer is null && _type == MsgType.Pool)
        {
            _buffer = new SharedPoolBuffer(_data!);
        }

        return _buffer;
    }

    /// <summary>Gives the buffer back, unless other values hold it too.</summary>
    /// <exception cref="FaultException">The value is not initialised.</exception>
    public void Close()
    {
        if (_type == MsgType.Pool)
        {
            if (_buffer is not null)
            {
                _buffer.Release();
            }
            else
            {
                BufferPool.Return(_data!);
            }
        }
        else if (_type == MsgType.Uninitialised)
        {
            throw new FaultException(null, "Close of a Msg that is not initialised, or already closed.");
        }

        Init(MsgType.Uninitialised, null, 0, 0);
    }

    /// <summary>Closes what this value held before, and shares the frame of another, which keeps it too.</summary>
    public void Copy(ref Msg src)
    {
        if (!src.IsInitialised)
        {
            throw new FaultException(null, "Copy of a Msg that is not initialised.");
        }

        if (IsInitialised)
        {
            Close();
        }

        if (src._type == MsgType.Pool)
        {
            src.ShareBuffer()!.AddReferences(1);
            src.SetFlags(MsgFlags.Shared);
        }

        this = src;
    }

    /// <summary>Closes what this value held before, and takes the frame of another, which is empty afterwards.</summary>
    public void Move(ref Msg src)
    {
        if (!src.IsInitialised)
        {
            throw new FaultException(null, "Move of a Msg that is not initialised.");
        }

        if (IsInitialised)
        {
            Close();
        }

        this = src;
        src.InitEmpty();
    }

    /// <summary>Counts further holders of the buffer, who each close a bitwise copy of this value.</summary>
    public void AddReferences(int amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        if (amount > 0 && _type == MsgType.Pool)
        {
            ShareBuffer()!.AddReferences(amount);
            _flags |= MsgFlags.Shared;
        }
    }

    /// <summary>Takes holders of the buffer away; with the last of them the value is closed.</summary>
    public void RemoveReferences(int amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        if (amount == 0)
        {
            return;
        }

        if (_type != MsgType.Pool || !IsShared)
        {
            Close();
            return;
        }

        bool last = _buffer!.References <= amount;
        _buffer.Release(amount);
        if (last)
        {
            Init(MsgType.Uninitialised, null, 0, 0);
        }
    }

    /// <summary>Drops the first bytes of the frame.</summary>
    public void TrimPrefix(int count)
    {
        if (count < 0 || count > _size)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"The prefix must be between 0 and the size of the frame, {_size}.");
        }

        _offset += count;
        _size -= count;
    }

    /// <summary>The bytes of the frame, without a copy.</summary>
    public readonly Span<byte> Slice() => new(_data, _offset, _size);

    /// <inheritdoc cref="Slice()"/>
    public readonly Span<byte> Slice(int offset) => Slice()[offset..];

    /// <inheritdoc cref="Slice()"/>
    public readonly Span<byte> Slice(int offset, int count) => Slice().Slice(offset, count);

    /// <summary>The bytes of the frame, without a copy; valid until the frame is sent or closed.</summary>
    public readonly Memory<byte> SliceAsMemory() => new(_data, _offset, _size);

    /// <summary>Walks over the bytes of the frame.</summary>
    public readonly Span<byte>.Enumerator GetEnumerator() => Slice().GetEnumerator();

    /// <summary>A copy of the bytes.</summary>
    public readonly byte[] ToArray() => Slice().ToArray();

    /// <inheritdoc cref="ToArray"/>
    public readonly byte[] CloneData() => Slice().ToArray();

    /// <summary>Copies the bytes of the frame into a span at least as long.</summary>
    public readonly void CopyTo(Span<byte> span) => Slice().CopyTo(span);

    /// <summary>The bytes as text.</summary>
    public readonly string GetString(Encoding encoding) => encoding.GetString(Slice());

    /// <inheritdoc cref="GetString(Encoding)"/>
    public readonly string GetString(Encoding encoding, int offset, int count) => encoding.GetString(Slice(offset, count));

    /// <summary>Writes a byte at the frame's beginning.</summary>
    public readonly void Put(byte b) => Slice()[0] = b;

    /// <summary>Writes a byte.</summary>
    public readonly void Put(byte b, int i) => Slice()[i] = b;

    /// <summary>Writes the first bytes of an array at an offset of the frame.</summary>
    public readonly void Put(byte[]? src, int dstOffset, int len) => Put(src, 0, dstOffset, len);

    /// <summary>Writes bytes of an array at an offset of the frame.</summary>
    public readonly void Put(byte[]? src, int srcOffset, int dstOffset, int len)
    {
        if (len != 0)
        {
            ArgumentNullException.ThrowIfNull(src);
            src.AsSpan(srcOffset, len).CopyTo(Slice(dstOffset, len));
        }
    }

    /// <summary>Writes bytes at an offset of the frame.</summary>
    public readonly void Put(Span<byte> src, int offset) => src.CopyTo(Slice(offset));

    /// <summary>Writes text at an index of the frame.</summary>
    public readonly void Put(Encoding encoding, string str, int index) => encoding.GetBytes(str, Slice(index));

    /// <inheritdoc/>
    public override readonly string ToString() => $"Msg({_type}, {_size} bytes, {_flags})";

    private void Init(MsgType type, byte[]? data, int offset, int size)
    {
        _data = data;
        _buffer = null;
        _group = null;
        _offset = offset;
        _size = size;
        _routingId = 0;
        _flags = MsgFlags.None;
        _type = type;
        _borrowed = false;
    }
}
