using System.Buffers.Binary;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Security.Curve;

/// <summary>
/// Seals and opens the MESSAGE commands of one connection after its handshake (https://rfc.zeromq.org/spec/26/, "The
/// MESSAGE Command"). Each frame is one; its flags octet has bit 0 for MORE, and bit 1 for a command of ZMTP 3.1, which
/// the specification does not have and every implementation of it uses. It belongs to one I/O thread.
/// </summary>
internal sealed class CurveTraffic : IDisposable
{
    /// <summary>Octets of a MESSAGE besides its payload: name, nonce, tag and flags.</summary>
    public const int Overhead = FlagsOffset + 1;

    /// <summary>Offset of flags and payload in the body of a MESSAGE.</summary>
    public const int FlagsOffset = BoxOffset + Box.Overhead;

    private const int NameLength = 8;
    private const int BoxOffset = NameLength + CurveNonce.ShortLength;
    private const byte More = 0x01;
    private const byte Command = 0x02;

    private readonly Box _box;
    private readonly byte[] _sendNonce = new byte[Box.NonceLength];
    private readonly byte[] _receiveNonce = new byte[Box.NonceLength];
    private ulong _sent;
    private ulong _received;

    /// <param name="box">The box between the transient keys; this object disposes of it.</param>
    /// <param name="isServer">This end is the server.</param>
    /// <param name="sent">The last short nonce that this end has used.</param>
    /// <param name="received">The last short nonce of the peer.</param>
    public CurveTraffic(Box box, bool isServer, ulong sent, ulong received)
    {
        _box = box;
        _sent = sent;
        _received = received;
        (isServer ? CurveNonce.MessageOfServer : CurveNonce.MessageOfClient).CopyTo(_sendNonce);
        (isServer ? CurveNonce.MessageOfClient : CurveNonce.MessageOfServer).CopyTo(_receiveNonce);
    }

    private static ReadOnlySpan<byte> Name => "\x07MESSAGE"u8;

    public static int FrameLength(int payload) => (payload + Overhead <= byte.MaxValue ? FrameHeader.ShortLength : FrameHeader.MaxLength) + Overhead + payload;

    /// <summary>Writes a frame as a whole MESSAGE and returns its length, which is <see cref="FrameLength"/>.</summary>
    /// <remarks>The frame of a MESSAGE has no command bit, as libzmq sends it.</remarks>
    public int Seal(byte frameFlags, ReadOnlySpan<byte> payload, Span<byte> destination)
    {
        int header = FrameHeader.Write(destination, 0, Overhead + payload.Length);
        Span<byte> body = destination.Slice(header, Overhead + payload.Length);
        Name.CopyTo(body);
        BinaryPrimitives.WriteUInt64BigEndian(body[NameLength..], checked(++_sent));
        body.Slice(NameLength, CurveNonce.ShortLength).CopyTo(_sendNonce.AsSpan(16));
        body[FlagsOffset] = (byte)(((frameFlags & FrameFlags.More) != 0 ? More : 0) | ((frameFlags & FrameFlags.Command) != 0 ? Command : 0));
        payload.CopyTo(body[Overhead..]);
        _box.Seal(body[BoxOffset..], _sendNonce);
        return header + body.Length;
    }

    /// <summary>
    /// Opens the body of a MESSAGE into a destination of as many octets as its payload and one more, which comes first
    /// and becomes the flags of a frame. False with a sentence when the peer broke a rule.
    /// </summary>
    public bool TryOpen(ReadOnlySpan<byte> body, Span<byte> destination, out string error)
    {
        error = "";
        if (body.Length < Overhead || !body.StartsWith(Name))
        {
            error = $"a frame of {body.Length} octets is no MESSAGE of at least {Overhead}";
            return false;
        }

        ulong counter = BinaryPrimitives.ReadUInt64BigEndian(body[NameLength..]);
        if (counter <= _received)
        {
            error = $"a MESSAGE has the nonce {counter} after {_received}; nonces must grow";
            return false;
        }

        body.Slice(NameLength, CurveNonce.ShortLength).CopyTo(_receiveNonce.AsSpan(16));
        if (!_box.TryOpen(body[BoxOffset..], _receiveNonce, destination))
        {
            error = "a MESSAGE was not sealed with the keys of the connection, or was altered";
            return false;
        }

        _received = counter;
        byte flags = destination[0];
        if ((flags & ~(More | Command)) != 0 || flags == (More | Command))
        {
            error = $"a MESSAGE has the flags 0x{flags:x2}, which are reserved";
            return false;
        }

        destination[0] = (byte)(((flags & More) != 0 ? FrameFlags.More : 0) | ((flags & Command) != 0 ? FrameFlags.Command : 0));
        return true;
    }

    public void Dispose() => _box.Dispose();
}
