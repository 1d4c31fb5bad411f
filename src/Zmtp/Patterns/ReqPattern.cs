using System.Buffers.Binary;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Patterns;

/// <summary>
/// REQ (RFC 28): sends a request to the next peer, behind an empty frame, and then takes the reply of that peer. With
/// <see cref="Correlate"/> a request number stands before the empty frame; with <see cref="Relaxed"/> a new request may
/// be sent without the reply to the one before.
/// </summary>
internal sealed class ReqPattern(SocketCore socket) : DealerPattern(socket)
{
    private const int NumberLength = 4;

    private Pipe? _asked;
    private bool _awaitsReply;
    private bool _sendingMore;
    private bool _inReply;
    private uint _number = (uint)Random.Shared.Next();

    public bool Correlate { get; set; }

    public bool Relaxed { get; set; }

    public override bool HasIn => _awaitsReply && FindReply();

    public override bool HasOut => _sendingMore || ((!_awaitsReply || Relaxed) && base.HasOut);

    public override void Terminated(Pipe pipe)
    {
        if (ReferenceEquals(pipe, _asked) && _inReply && !pipe.In.HasMessage)
        {
            _inReply = false;
        }

        base.Terminated(pipe);
    }

    public override bool TrySend(ref Msg msg, bool more)
    {
        if (!_sendingMore)
        {
            if (_awaitsReply && !Relaxed)
            {
                throw new FiniteStateMachineException("A REQ socket sends again only after it has received the reply.");
            }

            if (!TryBegin())
            {
                return false;
            }
        }

        Out.TrySend(ref msg, more);
        _asked = Out.Last;
        _sendingMore = more;
        _awaitsReply = !more;
        return true;
    }

    public override SendResult TrySend(ReadOnlySpan<ReadOnlyMemory<byte>> frames) => TrySendFrames(frames);

    public override bool TryReceive(ref Msg msg)
    {
        if (!_awaitsReply)
        {
            throw new FiniteStateMachineException("A REQ socket receives only after it has sent a request.");
        }

        if (!FindReply())
        {
            return false;
        }

        if (!In.TryReceive(ref msg))
        {
            _inReply = false;
            return false;
        }

        if (!msg.HasMore)
        {
            _inReply = false;
            _awaitsReply = false;
        }

        return true;
    }

    // Of each frame it looks at what it is.
    public override byte[]? TryReceive(out bool more) => TryReceiveFrame(out more);

    protected override void DropTorn() => _inReply = false;

    private bool TryBegin()
    {
        if (_inReply)
        {
            // The rest of a reply that nobody wants any more.
            In.SkipMessage();
            _inReply = false;
        }

        Msg head = default;
        head.InitEmpty();
        if (Correlate)
        {
            if (!Out.HasOut())
            {
                return false;
            }

            head.InitPool(NumberLength);
            BinaryPrimitives.WriteUInt32BigEndian(head.Slice(), ++_number);
            Out.TrySend(ref head, more: true);
        }

        return Out.TrySend(ref head, more: true);
    }

    /// <summary>Reads on to the body of the reply; what does not belong to it is passed over.</summary>
    private bool FindReply()
    {
        Msg frame = default;
        while (!_inReply)
        {
            if (!In.TryReceive(ref frame))
            {
                return false;
            }

            // After the peer's connection was lost its reply may come from nobody.
            bool expected = _asked is not null && ReferenceEquals(In.Last, _asked);
            if (expected && Correlate)
            {
                expected = frame.HasMore && frame.Size == NumberLength && BinaryPrimitives.ReadUInt32BigEndian(frame.Slice()) == _number;
                if (expected)
                {
                    frame.Close();
                    In.TryReceive(ref frame);
                }
            }

            expected = expected && frame.HasMore && frame.Size == 0;
            frame.Close();
            if (expected)
            {
                _inReply = true;
            }
            else
            {
                In.SkipMessage();
            }
        }

        return true;
    }
}
