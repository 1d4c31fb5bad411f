using System.Buffers.Binary;

namespace Actors;

/// <summary>The identity of a request, the same in each of its tries: docs/protocols/request-reply.md, section 3.</summary>
/// <param name="Client">The request role's id, chosen at random when it starts.</param>
/// <param name="Number">The number of the request, counted by the role.</param>
internal readonly record struct RequestId(Guid Client, ulong Number)
{
    /// <summary>The octets of the frame on the wire.</summary>
    public const int FrameLength = 28;

    // The leading zero tells it from a routing id that a peer has chosen (RFC 28), the length from those that
    // ROUTER sockets choose.
    private static ReadOnlySpan<byte> OfRequest => [0, (byte)'R', (byte)'Q', 1];

    private static ReadOnlySpan<byte> OfRefusal => [0, (byte)'R', (byte)'X', 1];

    /// <summary>The frame that stands in front of the empty delimiter.</summary>
    public byte[] ToFrame() => ToFrame(OfRequest);

    /// <summary>The frame that stands there in a refusal.</summary>
    public byte[] ToRefusalFrame() => ToFrame(OfRefusal);

    /// <summary>False when the frame is not an identity of this version.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out RequestId id) => TryRead(frame, OfRequest, out id);

    /// <summary>False when the frame is not that of a refusal of this version.</summary>
    public static bool TryReadRefusal(ReadOnlySpan<byte> frame, out RequestId id) => TryRead(frame, OfRefusal, out id);

    /// <summary>For traces: the client in hex, and the number.</summary>
    public string ToText() => $"{Client:N}-{Number}";

    private byte[] ToFrame(ReadOnlySpan<byte> signature)
    {
        var frame = new byte[FrameLength];
        signature.CopyTo(frame);
        Client.TryWriteBytes(frame.AsSpan(4), bigEndian: true, out _);
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(20), Number);
        return frame;
    }

    private static bool TryRead(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> signature, out RequestId id)
    {
        id = default;
        if (frame.Length != FrameLength || !frame.StartsWith(signature)) return false;
        id = new RequestId(new Guid(frame.Slice(4, 16), bigEndian: true), BinaryPrimitives.ReadUInt64BigEndian(frame[20..]));
        return true;
    }
}
