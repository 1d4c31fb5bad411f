using Actors.Zmtp.Connections;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Patterns;

/// <summary>
/// RADIO (RFC 48): sends each message to all peers that joined its group; one that cannot take it misses it. On the wire
/// a message is two frames, the group and the body (RFC 37, "The Radio-Dish Pattern").
/// </summary>
internal sealed class RadioPattern : Pattern
{
    private readonly Dictionary<byte[], HashSet<Pipe>> _groups = new(RoutingIdComparer.Instance);
    private readonly Dictionary<byte[], HashSet<Pipe>>.AlternateLookup<ReadOnlySpan<byte>> _groupsBySpan;
    private readonly Dictionary<Pipe, (int Groups, long Bytes)> _joined = [];
    private readonly List<Pipe> _targets = [];

    public RadioPattern(SocketCore socket)
        : base(socket)
    {
        _groupsBySpan = _groups.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public override bool HasOut => true;

    public override void Attach(Pipe pipe) => Readable(pipe);

    public override void Readable(Pipe pipe)
    {
        Msg frame = default;
        do
        {
            while (pipe.In.TryRead(ref frame))
            {
                Take(pipe, ref frame);
                frame.Close();
            }
        }
        while (!pipe.In.WaitForMessage() && !pipe.In.IsAtEnd);
    }

    public override void Terminated(Pipe pipe)
    {
        foreach ((byte[] group, HashSet<Pipe> members) in _groups)
        {
            if (members.Remove(pipe) && members.Count == 0)
            {
                _groups.Remove(group);
            }
        }

        _joined.Remove(pipe);
        Socket.Forget(pipe);
    }

    public override bool TrySend(ref Msg msg, bool more)
    {
        Span<byte> buffer = stackalloc byte[GroupName.MaxLength];
        ReadOnlySpan<byte> group = buffer[..System.Text.Encoding.UTF8.GetBytes(msg.Group, buffer)];
        _targets.Clear();
        if (_groupsBySpan.TryGetValue(group, out HashSet<Pipe>? members))
        {
            foreach (Pipe pipe in members)
            {
                if (pipe.Out.HasRoom())
                {
                    pipe.Out.Write(group, more: true);
                    _targets.Add(pipe);
                }
                else
                {
                    pipe.CountDropped();
                }
            }
        }

        _targets.WriteToAll(ref msg, more: false);
        return true;
    }

    /// <summary>Takes a command of a DISH; its messages are dropped.</summary>
    private void Take(Pipe pipe, ref Msg frame)
    {
        if ((frame.Flags & MsgFlags.Command) != 0)
        {
            if (Command.TryParse(frame.Slice(), out Command command) && command.Kind is CommandKind.Join or CommandKind.Leave)
            {
                Change(pipe, command.Kind == CommandKind.Join, command.Data);
            }
        }
        else if (pipe.IsInproc)
        {
            Change(pipe, frame.Slice()[0] == 1, frame.Slice()[1..]);
        }
    }

    private void Change(Pipe pipe, bool join, ReadOnlySpan<byte> group)
    {
        if (join)
        {
            if (!_groupsBySpan.TryGetValue(group, out HashSet<Pipe>? members))
            {
                _groups.Add(group.ToArray(), members = []);
            }

            if (members.Add(pipe))
            {
                Count(pipe, 1, group.Length);
            }
        }
        else if (_groupsBySpan.TryGetValue(group, out HashSet<Pipe>? left) && left.Remove(pipe))
        {
            Count(pipe, -1, -group.Length);
            if (left.Count == 0)
            {
                _groupsBySpan.Remove(group);
            }
        }
    }

    /// <summary>Holds a peer to what it may take of the memory of this process.</summary>
    private void Count(Pipe pipe, int groups, int bytes)
    {
        (int Groups, long Bytes) joined = _joined.GetValueOrDefault(pipe);
        joined = (joined.Groups + groups, joined.Bytes + bytes);
        _joined[pipe] = joined;
        ConnectionLimits limits = Socket.Settings.Limits;
        if (limits.MaxSubscriptions > 0 && joined.Groups > limits.MaxSubscriptions)
        {
            pipe.Refuse($"the peer joined {joined.Groups} groups, MaxSubscriptions allows {limits.MaxSubscriptions}");
        }
        else if (limits.MaxSubscriptionBytes > 0 && joined.Bytes > limits.MaxSubscriptionBytes)
        {
            pipe.Refuse($"the peer joined groups whose names have {joined.Bytes} bytes, MaxSubscriptionBytes allows {limits.MaxSubscriptionBytes}");
        }
    }
}
