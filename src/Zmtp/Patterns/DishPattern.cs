using Actors.Zmtp.Connections;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Patterns;

/// <summary>DISH (RFC 48): tells all peers which groups it has joined, and receives from them in turn what is sent to these.</summary>
internal sealed class DishPattern : Pattern, ISubscriber
{
    private readonly FairQueue _in = new();
    private readonly SubscriptionSet _told = new(static (_, output, join, group) => GroupCommand.Write(output, join, group));
    private readonly Dictionary<byte[], string> _groups = new(RoutingIdComparer.Instance);
    private readonly Dictionary<byte[], string>.AlternateLookup<ReadOnlySpan<byte>> _groupsBySpan;
    private readonly List<Pipe> _pipes = [];

    public DishPattern(SocketCore socket)
        : base(socket)
    {
        _groupsBySpan = _groups.GetAlternateLookup<ReadOnlySpan<byte>>();
        _in.Ended = socket.Forget;
    }

    public override void Attach(Pipe pipe)
    {
        _in.Add(pipe);
        if (_pipes.Contains(pipe))
        {
            return;
        }

        _pipes.Add(pipe);
        if (pipe.IsInproc)
        {
            _told.ForEach(group => pipe.Tell(subscribe: true, group));
        }
    }

    public override void Readable(Pipe pipe) => _in.Activate(pipe);

    public override void Terminated(Pipe pipe)
    {
        _pipes.Remove(pipe);
        _in.Activate(pipe);
    }

    public ISubscriptionSource CreateSource(Session session) => _told.CreateSource(session);

    public void RemoveSource(ISubscriptionSource source) => _told.RemoveSource(source);

    /// <exception cref="InvalidException">The group was joined before, or is no name.</exception>
    public void Join(string group)
    {
        byte[] name = GroupName.Encode(group);
        if (!_groups.TryAdd(name, group))
        {
            throw new InvalidException($"The group \"{group}\" was joined before, and not left since.");
        }

        _told.Add(name);
        _pipes.Tell(subscribe: true, name);
    }

    /// <exception cref="InvalidException">The group was not joined, or is no name.</exception>
    public void Leave(string group)
    {
        byte[] name = GroupName.Encode(group);
        if (!_groups.Remove(name))
        {
            throw new InvalidException($"The group \"{group}\" was not joined.");
        }

        _told.Remove(name);
        _pipes.Tell(subscribe: false, name);
    }

    public override bool TryReceive(ref Msg msg)
    {
        while (_in.TryReceive(ref msg))
        {
            bool isGroup = msg.HasMore;
            string? group = isGroup && _groupsBySpan.TryGetValue(msg.Slice(), out string? joined) ? joined : null;
            msg.Close();
            if (isGroup && TryReceiveBody(ref msg, group))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The second frame of two; what has more frames, or is for a group that was left meanwhile, is dropped.</summary>
    private bool TryReceiveBody(ref Msg msg, string? group)
    {
        _in.TryReceive(ref msg);
        if (group is null || msg.HasMore)
        {
            msg.Close();
            _in.SkipMessage();
            return false;
        }

        msg.Group = group;
        return true;
    }
}
