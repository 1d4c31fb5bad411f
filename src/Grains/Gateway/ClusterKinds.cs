using System.Collections.Immutable;
using Actors.Grains.Runtime;
using Akka.Cluster;

namespace Actors.Grains.Gateway;

/// <summary>Which kinds the members of the cluster host, and whether this node is one of them. Told the events of the cluster.</summary>
/// <remarks>Belongs to one actor; not safe for concurrent use.</remarks>
internal sealed class ClusterKinds(UniqueAddress self)
{
    private readonly Dictionary<UniqueAddress, ImmutableHashSet<string>> _members = [];
    private readonly HashSet<string> _roles = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Whether this node has joined and has not left.</summary>
    public bool IsUp => _members.ContainsKey(self);

    /// <summary>Whether a member hosts the kind.</summary>
    public bool Has(string kind) => _roles.Contains(GrainRegions.RoleOf(kind));

    /// <summary>Whether a member has hosted the kind since this role started.</summary>
    public bool HasSeen(string kind) => _seen.Contains(GrainRegions.RoleOf(kind));

    /// <summary>False when it is no event of members.</summary>
    public bool Take(object message)
    {
        switch (message)
        {
            case ClusterEvent.CurrentClusterState state:
                foreach (var member in state.Members) Put(member);
                break;
            case ClusterEvent.IMemberEvent changed:
                Put(changed.Member);
                break;
            default:
                return false;
        }
        _roles.Clear();
        foreach (var roles in _members.Values) _roles.UnionWith(roles);
        _seen.UnionWith(_roles);
        return true;
    }

    private void Put(Member member)
    {
        // A member that leaves still works on calls until its grains have moved.
        if (member.Status is MemberStatus.Up or MemberStatus.WeaklyUp or MemberStatus.Leaving) _members[member.UniqueAddress] = member.Roles;
        else _members.Remove(member.UniqueAddress);
    }
}
