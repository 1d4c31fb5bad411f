using Actors.Zmtp.Protocol;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Patterns;

/// <summary>DISH (RFC 48): tells all peers which groups it has joined, and receives from them in turn what is sent to these.</summary>
internal sealed class DishPattern : SubscribingPattern
{
    private readonly Dictionary<byte[], string> _groups = new(RoutingIdComparer.Instance);
    private readonly Dictionary<byte[], string>.AlternateLookup<ReadOnlySpan<byte>> _groupsBySpan;

    public DishPattern(SocketCore socket)
        : base(socket, static (_, output, join, group) => GroupCommand.Write(output, join, group))
    {
        _groupsBySpan = _groups.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <exception cref="InvalidException">The group was joined before, or is no name.</exception>
    public void Join(string group)
    {
        byte[] name = GroupName.Encode(group);
        if (!_groups.TryAdd(name, group))
        {
            throw new InvalidException($"The group \"{group}\" was joined before, and not left since.");
        }

        Subscribe(name);
    }

    /// <exception cref="InvalidException">The group was not joined, or is no name.</exception>
    public void Leave(string group)
    {
        byte[] name = GroupName.Encode(group);
        if (!_groups.Remove(name))
        {
            throw new InvalidException($"The group \"{group}\" was not joined.");
        }

        Unsubscribe(name);
    }

    public override bool TryReceive(ref Msg msg)
    {
        while (In.TryReceive(ref msg))
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
        In.TryReceive(ref msg);
        if (group is null || msg.HasMore)
        {
            msg.Close();
            In.SkipMessage();
            return false;
        }

        msg.Group = group;
        return true;
    }
}
