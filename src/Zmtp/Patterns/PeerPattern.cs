using System.Buffers.Binary;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Patterns;

/// <summary>PEER (RFC 51): as SERVER, with the number of the peer as a frame of its own before the one frame of the message.</summary>
internal sealed class PeerPattern(SocketCore socket) : ServerPattern(socket)
{
    private const int NumberLength = 4;

    // The message whose routing id is handed out first.
    private Msg _held;
    private bool _hasHeld;
    private bool _idReceived;

    private Pipe? _target;
    private bool _idSent;

    public override bool HasIn => FindMessage();

    public static byte[] ToRoutingId(uint number)
    {
        byte[] id = new byte[NumberLength];
        BinaryPrimitives.WriteUInt32BigEndian(id, number);
        return id;
    }

    public override void Terminated(Pipe pipe)
    {
        base.Terminated(pipe);
        if (ReferenceEquals(pipe, _target))
        {
            // The message to it goes nowhere.
            _target = null;
        }
    }

    public override bool TrySend(ref Msg msg, bool more)
    {
        if (!_idSent)
        {
            return TryAddress(ref msg, more);
        }

        if (more)
        {
            throw new InvalidException("A PEER socket sends a routing id and one frame; this frame is to be followed by another.");
        }

        if (_target is { } target)
        {
            target.Out.Write(ref msg, more: false);
            target.Out.Commit();
        }

        _idSent = false;
        msg.Finish();
        return true;
    }

    public override SendResult TrySend(ReadOnlySpan<ReadOnlyMemory<byte>> frames)
    {
        if (frames is [{ Length: NumberLength } id, _] && !Knows(BinaryPrimitives.ReadUInt32BigEndian(id.Span)))
        {
            return SendResult.Unroutable;
        }

        if (frames.Length > 2)
        {
            throw new InvalidException($"A PEER socket sends a routing id and one frame; the message has {frames.Length} frames.");
        }

        return base.TrySend(frames);
    }

    public override bool TryReceive(ref Msg msg)
    {
        if (!FindMessage())
        {
            return false;
        }

        if (!_idReceived)
        {
            msg.InitPool(NumberLength);
            BinaryPrimitives.WriteUInt32BigEndian(msg.Slice(), _held.RoutingId);
            msg.SetFlags(MsgFlags.More);
            _idReceived = true;
            return true;
        }

        msg = _held;
        _held = default;
        _hasHeld = _idReceived = false;
        return true;
    }

    private bool FindMessage() => _hasHeld || (_hasHeld = base.TryReceive(ref _held));

    private bool TryAddress(ref Msg id, bool more)
    {
        if (id.Size != NumberLength || !more)
        {
            throw new InvalidException($"A PEER socket sends a routing id of {NumberLength} bytes and then one frame; the first frame has {id.Size} bytes and {(more ? "another" : "none")} behind it.");
        }

        if (!TryFind(BinaryPrimitives.ReadUInt32BigEndian(id.Slice()), out Pipe pipe))
        {
            return false;
        }

        _target = pipe;
        _idSent = true;
        id.Finish();
        return true;
    }
}
