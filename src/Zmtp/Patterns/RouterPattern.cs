using System.Buffers.Binary;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Patterns;

/// <summary>
/// ROUTER (RFC 28): puts the routing id of the peer before each message that it receives, and sends each message to the
/// peer that its first frame names. A message for a peer that is unknown or cannot take it is dropped, unless
/// <see cref="Mandatory"/> says otherwise.
/// </summary>
internal sealed class RouterPattern : ReceivingPattern
{
    private readonly Dictionary<byte[], Pipe> _peers = new(RoutingIdComparer.Instance);
    private readonly Dictionary<byte[], Pipe>.AlternateLookup<ReadOnlySpan<byte>> _peersBySpan;
    private uint _nextId = (uint)Random.Shared.Next();

    // The first frame of a message, while its routing id is handed out.
    private Msg _held;
    private bool _hasHeld;
    private bool _receivingMore;

    private Pipe? _target;
    private bool _sendingMore;

    public RouterPattern(SocketCore socket)
        : base(socket)
    {
        _peersBySpan = _peers.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>A message for an unknown peer is an error; one for a peer that cannot take it waits.</summary>
    public bool Mandatory { get; set; }

    /// <summary>A peer that comes with the routing id of another takes its place; otherwise it is turned away.</summary>
    public bool Handover { get; set; }

    private bool IsRaw => Socket.Settings.IsRaw;

    public override bool HasIn => _hasHeld || _receivingMore || In.HasIn();

    public override bool HasOut => true;

    public override void Attach(Pipe pipe)
    {
        if (pipe.Peer is null && !IsRaw)
        {
            // Without a handshake it has no name yet.
            return;
        }

        if (Identify(pipe))
        {
            base.Attach(pipe);
        }
        else
        {
            Socket.ClosePipe(pipe);
        }
    }

    public override void Readable(Pipe pipe)
    {
        if (pipe.InIndex < 0)
        {
            pipe.DropInbound();
        }
        else
        {
            In.Activate(pipe);
        }
    }

    public override void Terminated(Pipe pipe)
    {
        if (pipe.RoutingId is { } id && _peers.TryGetValue(id, out Pipe? known) && ReferenceEquals(known, pipe))
        {
            _peers.Remove(id);
        }

        if (ReferenceEquals(pipe, _target))
        {
            // The rest of the message goes nowhere.
            _target = null;
        }

        base.Terminated(pipe);
    }

    public override bool TrySend(ref Msg msg, bool more)
    {
        if (!_sendingMore)
        {
            return TryBegin(ref msg, more);
        }

        if (_target is { } target)
        {
            bool ends = IsRaw && msg.Size == 0;
            target.Out.Write(ref msg, more);
            if (!more)
            {
                target.Out.Commit();
            }

            if (ends)
            {
                EndRaw(target);
            }
        }

        _sendingMore = more;
        msg.Finish();
        return true;
    }

    public override SendResult TrySend(ReadOnlySpan<ReadOnlyMemory<byte>> frames)
    {
        if (frames.Length == 1 || IsRaw)
        {
            return Mandatory && frames.Length > 1 && !_peersBySpan.ContainsKey(frames[0].Span) ? SendResult.Unroutable : TrySendFrames(frames);
        }

        if (!_peersBySpan.TryGetValue(frames[0].Span, out Pipe? pipe))
        {
            if (Mandatory)
            {
                return SendResult.Unroutable;
            }

            Socket.Pipes.CountUnroutable();
        }
        else if (pipe.Out.HasRoom() || !pipe.Out.WaitForRoom())
        {
            pipe.Out.WriteMessage(frames[1..]);
        }
        else if (Mandatory)
        {
            return SendResult.Full;
        }
        else
        {
            pipe.CountDropped();
        }

        return SendResult.Sent;
    }

    public override bool TryReceive(ref Msg msg)
    {
        if (_hasHeld)
        {
            msg = _held;
            _held = default;
            _hasHeld = false;
            _receivingMore = msg.HasMore;
            return true;
        }

        if (_receivingMore)
        {
            bool received = In.TryReceive(ref msg);
            _receivingMore = received && msg.HasMore;
            return received;
        }

        if (!In.TryReceive(ref _held))
        {
            return false;
        }

        _hasHeld = true;
        byte[] id = In.Last!.RoutingId!;
        msg.InitPool(id.Length);
        id.CopyTo(msg.Slice());
        msg.SetFlags(MsgFlags.More);
        return true;
    }

    public override byte[]? TryReceive(out bool more)
    {
        if (_receivingMore)
        {
            byte[]? next = In.TryReceive(out more);
            _receivingMore = more;
            return next;
        }

        if (_hasHeld)
        {
            return base.TryReceive(out more);
        }

        _hasHeld = more = In.TryReceive(ref _held);
        return more ? [.. In.Last!.RoutingId!] : null;
    }

    protected override void DropTorn()
    {
        if (_hasHeld)
        {
            // Only the routing id was received.
            _held.Close();
            _held = default;
            _hasHeld = false;
        }

        _receivingMore = false;
    }

    /// <summary>The empty message goes to the connection, which ends when it comes to it; for the socket it has ended now.</summary>
    private void EndRaw(Pipe pipe)
    {
        _peers.Remove(pipe.RoutingId!);
        In.Remove(pipe);
        pipe.DropInbound();
    }

    private bool TryBegin(ref Msg id, bool more)
    {
        if (!more)
        {
            // A routing id alone is no message.
            id.Finish();
            return true;
        }

        _target = null;
        if (_peersBySpan.TryGetValue(id.Slice(), out Pipe? pipe))
        {
            if (pipe.Out.HasRoom() || !pipe.Out.WaitForRoom())
            {
                _target = pipe;
            }
            else if (Mandatory)
            {
                return false;
            }
            else
            {
                pipe.CountDropped();
            }
        }
        else if (Mandatory)
        {
            throw new HostUnreachableException($"No peer has the routing id {Convert.ToHexString(id.Slice())}.");
        }
        else
        {
            Socket.Pipes.CountUnroutable();
        }

        _sendingMore = true;
        id.Finish();
        return true;
    }

    public override byte[] CreateRoutingId()
    {
        byte[] made = new byte[5];
        BinaryPrimitives.WriteUInt32BigEndian(made.AsSpan(1), Interlocked.Increment(ref _nextId));
        return made;
    }

    /// <summary>Gives the pipe its name; false when another has it.</summary>
    private bool Identify(Pipe pipe)
    {
        ReadOnlySpan<byte> wanted = pipe.Peer is { } peer ? peer.RoutingId.Span : default;
        if (pipe.RoutingId is { } before)
        {
            // The pipe was connected again.
            if (wanted.IsEmpty || wanted.SequenceEqual(before))
            {
                return true;
            }

            _peers.Remove(before);
        }

        if (wanted.IsEmpty)
        {
            pipe.RoutingId = pipe.GivenRoutingId ??= CreateRoutingId();
        }
        else
        {
            pipe.RoutingId = wanted.ToArray();
            if (_peersBySpan.TryGetValue(wanted, out Pipe? other))
            {
                if (!Handover)
                {
                    pipe.LostName = "another peer has its routing id";
                    return false;
                }

                other.LostName = "another peer took over its routing id";
                _peers.Remove(other.RoutingId!);
                Socket.RetirePipe(other);
            }
        }

        _peers[pipe.RoutingId] = pipe;
        return true;
    }
}
