using System.Buffers.Binary;

namespace Actors.Remoting.Wire;

/// <summary>Reads the messages of Akka out of a BATCH frame, as slices of it.</summary>
/// <param name="frame">Whatever a peer has sent, with its kind in front.</param>
internal ref struct PduReader(ReadOnlyMemory<byte> frame)
{
    private int _position = 1;

    /// <summary>What is wrong with the frame, once <see cref="TryNext"/> has returned false; null when it was read to its end.</summary>
    public string? Fault { get; private set; }

    public bool TryNext(out ReadOnlyMemory<byte> pdu)
    {
        pdu = default;
        var left = frame.Length - _position;
        if (left == 0) return false;
        if (left < PduBatch.LengthSize)
        {
            Fault = $"a BATCH frame of {frame.Length} bytes ends within a length";
            return false;
        }
        var length = BinaryPrimitives.ReadUInt32BigEndian(frame.Span[_position..]);
        if (length == 0 || length > left - PduBatch.LengthSize)
        {
            Fault = $"a BATCH frame of {frame.Length} bytes has a message of {length} where {left - PduBatch.LengthSize} are left";
            return false;
        }
        pdu = frame.Slice(_position + PduBatch.LengthSize, (int)length);
        _position += PduBatch.LengthSize + (int)length;
        return true;
    }
}
