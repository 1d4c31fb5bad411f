using System.Runtime.InteropServices;
using System.Text;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp;

/// <summary>
/// One frame: its bytes, and who owns them. A value is initialised by one of the Init methods or by a receive, and then
/// either sent, which leaves it empty, or closed. Do not copy values except with <see cref="Copy"/>. One thread at a time.
/// </summary>
/// <remarks>A received frame is a slice of a larger buffer, which is kept until the frame is closed.</remarks>
public struct Msg
{
    /// <summary>The longest group name of a RADIO or DISH, in bytes (RFC 48).</summary>
    public const int MaxGroupLength = GroupName.MaxLength;

    private byte[]? _data;
    private SharedBuffer? _buffer;
    private string? _group;
    private int _offset;
    private int _size;
    private uint _routingId;
    private MsgFlags _flags;
    private Ownership _owner;

    private enum Ownership : byte
    {
        Uninitialised,

        /// <summary>There are no bytes.</summary>
        Nobody,

        /// <summary>An array of the caller that does not change any more.</summary>
        Given,

        /// <summary>An array of the caller that he takes back after the send.</summary>
        Borrowed,

        /// <summary>An array of the pool, or where there is a shared buffer a slice of that.</summary>
        Pool,
    }

    /// <summary>The number of bytes.</summary>
    public readonly int Size => _size;

    /// <summary>Another frame of the same message follows. Of a received frame.</summary>
    public readonly bool HasMore => (_flags & MsgFlags.More) != 0;

    /// <summary>The value was initialised, and neither sent nor closed since; after a send it is initialised and empty.</summary>
    public readonly bool IsInitialised => _owner != Ownership.Uninitialised;

    /// <summary>The peer of a SERVER socket that a message came from or goes to (RFC 41); zero when there is none.</summary>
    public uint RoutingId
    {
        readonly get => _routingId;
        set => _routingId = value;
    }

    /// <summary>The group of a RADIO or DISH message (RFC 48); empty when there is none.</summary>
    /// <exception cref="InvalidException">The name is longer than <see cref="MaxGroupLength"/>, or has a zero byte.</exception>
    public string Group
    {
        readonly get => _group ?? "";
        set
        {
            GroupName.Check(value);
            _group = value;
        }
    }

    internal readonly byte[]? Data => _data;

    internal readonly int Offset => _offset;

    internal readonly MsgFlags Flags => _flags;

    /// <summary>The buffer may be kept past the send without a copy.</summary>
    internal readonly bool CanKeepBuffer => _owner is Ownership.Pool or Ownership.Given;

    /// <summary>Makes this a frame without bytes. What the value held before is not closed, here and in the other Init methods.</summary>
    public void InitEmpty() => Init(Ownership.Nobody, null, 0, 0);

    /// <summary>Makes this a frame of so many bytes in a buffer of the library, which is not cleared.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    public void InitPool(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        Init(Ownership.Pool, BufferPool.Take(size), 0, size);
    }

    /// <summary>Makes this a frame over bytes of the caller, which must not change any more.</summary>
    public void InitGiven(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            InitEmpty();
        }
        else if (MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> array))
        {
            Init(Ownership.Given, array.Array, array.Offset, array.Count);
        }
        else
        {
            InitPool(bytes.Length);
            bytes.Span.CopyTo(Slice());
        }
    }

    /// <summary>Gives the buffer back, unless other values hold it too.</summary>
    /// <exception cref="FaultException">The value is not initialised.</exception>
    public void Close()
    {
        if (_owner == Ownership.Pool)
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
        else if (_owner == Ownership.Uninitialised)
        {
            throw new FaultException("Close of a Msg that is not initialised, or already closed.");
        }

        Init(Ownership.Uninitialised, null, 0, 0);
    }

    /// <summary>Closes what this value held before, and shares the frame of another, which keeps it too.</summary>
    /// <exception cref="FaultException">The other value is not initialised.</exception>
    public void Copy(ref Msg source)
    {
        if (!source.IsInitialised)
        {
            throw new FaultException("Copy of a Msg that is not initialised.");
        }

        if (IsInitialised)
        {
            Close();
        }

        if (source._owner == Ownership.Pool)
        {
            (source._buffer ??= new SharedPoolBuffer(source._data!)).AddReference();
        }

        this = source;
    }

    /// <summary>The bytes of the frame, without a copy; valid until the frame is sent or closed.</summary>
    public readonly Span<byte> Slice() => new(_data, _offset, _size);

    /// <summary>A copy of the bytes.</summary>
    public readonly byte[] ToArray() => Slice().ToArray();

    /// <summary>The bytes as text.</summary>
    public readonly string GetString(Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        return encoding.GetString(Slice());
    }

    /// <inheritdoc/>
    public override readonly string ToString() => $"Msg({_size} bytes, {_flags})";

    /// <summary>A frame with a copy of the bytes.</summary>
    internal static Msg OfCopy(ReadOnlySpan<byte> bytes)
    {
        Msg msg = default;
        msg.InitPool(bytes.Length);
        bytes.CopyTo(msg.Slice());
        return msg;
    }

    /// <summary>A frame of text in UTF-8.</summary>
    internal static Msg OfText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Msg msg = default;
        msg.InitPool(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, msg.Slice());
        return msg;
    }

    internal void SetFlags(MsgFlags flags) => _flags = flags;

    /// <summary>A frame over an array that the caller takes back after the send: whoever keeps the bytes copies them.</summary>
    internal void InitBorrowed(byte[] data) => Init(Ownership.Borrowed, data, 0, data.Length);

    /// <summary>A frame over a slice of a buffer, of which it takes one reference that is already counted.</summary>
    internal void InitSlice(SharedBuffer buffer, byte[] data, int offset, int size, MsgFlags flags)
    {
        _data = data;
        _buffer = buffer;
        _group = null;
        _offset = offset;
        _size = size;
        _routingId = 0;
        _flags = flags;
        _owner = Ownership.Pool;
    }

    /// <summary>The frame was taken: closes it and leaves an empty one.</summary>
    internal void Finish()
    {
        if (_owner == Ownership.Pool)
        {
            Close();
        }

        Init(Ownership.Nobody, null, 0, 0);
    }

    /// <summary>Closes the frame and returns its bytes: the array itself where nobody else has it, otherwise a copy.</summary>
    internal byte[] TakeArray()
    {
        if (_owner == Ownership.Pool && _buffer is null && _data!.Length == _size)
        {
            byte[] own = _data;
            Init(Ownership.Uninitialised, null, 0, 0);
            return own;
        }

        byte[] copy = ToArray();
        Close();
        return copy;
    }

    private void Init(Ownership owner, byte[]? data, int offset, int size)
    {
        _data = data;
        _buffer = null;
        _group = null;
        _offset = offset;
        _size = size;
        _routingId = 0;
        _flags = MsgFlags.None;
        _owner = owner;
    }
}
