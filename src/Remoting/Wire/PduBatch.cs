using System.Buffers.Binary;

namespace Actors.Remoting.Wire;

/// <summary>
/// Builds BATCH frames: messages of Akka, each behind its length (four octets, the highest first). The frame is valid until the
/// next <see cref="Clear"/>, so that one buffer serves all associations of a thread.
/// </summary>
/// <param name="capacity">Most bytes of a frame.</param>
internal sealed class PduBatch(int capacity)
{
    public const int LengthSize = sizeof(uint);

    /// <summary>A message of at least so many bytes travels as a frame of its own: that saves a copy, which costs more than a frame from here on.</summary>
    public const int LeastSingle = 2048;

    private readonly byte[] _bytes = new byte[capacity];
    private int _length;

    public ReadOnlyMemory<byte> Frame => _bytes.AsMemory(0, _length);

    public bool IsEmpty => _length <= 1;

    public void Clear()
    {
        _bytes[0] = (byte)FrameKind.Batch;
        _length = 1;
    }

    /// <summary>Adds a message; false when it does not fit any more, or is for a frame of its own.</summary>
    public bool TryAdd(ReadOnlySpan<byte> pdu)
    {
        if (pdu.Length >= LeastSingle || _bytes.Length - _length < LengthSize + pdu.Length) return false;
        BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(_length), (uint)pdu.Length);
        pdu.CopyTo(_bytes.AsSpan(_length + LengthSize));
        _length += LengthSize + pdu.Length;
        return true;
    }
}
