using Akka.Actor;

namespace Actors.Hosting;

/// <summary>
/// Which roles drain when: senders, workers, receivers, and all once more, for what handlers have told them meanwhile.
/// A turn begins when all before it have drained, or when its time has come.
/// </summary>
/// <remarks>Belongs to one actor; not safe for concurrent use.</remarks>
internal sealed class RoleDrain
{
    /// <summary>The number of turns.</summary>
    public const int Turns = 4;

    private readonly Queue<List<IActorRef>> _turns = new();
    private readonly HashSet<IActorRef> _draining = [];
    private readonly HashSet<IActorRef> _ended = [];
    private readonly List<RoleStatus> _undelivered = [];

    public RoleDrain(IEnumerable<(IActorRef Role, StopTurn Turn)> roles)
    {
        var all = roles.ToList();
        foreach (var turn in Enum.GetValues<StopTurn>()) _turns.Enqueue([.. all.Where(role => role.Turn == turn).Select(role => role.Role)]);
        _turns.Enqueue([.. all.Select(role => role.Role)]);
    }

    /// <summary>The roles that are draining.</summary>
    public IReadOnlyCollection<IActorRef> Draining => _draining;

    /// <summary>Whether nobody drains any more, and no turn follows.</summary>
    public bool IsAtEnd => _turns.Count == 0 && _draining.Count == 0;

    /// <summary>What the roles had that did not drain in time.</summary>
    public IReadOnlyList<RoleStatus> Undelivered => _undelivered;

    /// <summary>The roles to tell to drain; empty for a turn without roles, null after the last.</summary>
    public IReadOnlyList<IActorRef>? Next()
    {
        if (!_turns.TryDequeue(out var turn)) return null;
        turn.RemoveAll(_ended.Contains);
        _draining.UnionWith(turn);
        return turn;
    }

    /// <summary>True when no other role is draining.</summary>
    public bool Drained(IActorRef role) => _draining.Remove(role) && _draining.Count == 0;

    /// <summary>The role has stopped.</summary>
    public void Forget(IActorRef role) => _ended.Add(role);

    /// <summary>The time is over: no further turn begins, and what is not drained by now is to be asked for its status.</summary>
    public void EndTurns()
    {
        while (Next() is not null)
        {
        }
    }

    /// <summary>The time is over, and the role tells what it still has.</summary>
    public void NotDrained(IActorRef role, RoleStatus status)
    {
        if (_draining.Remove(role) && (status.Waiting > 0 || status.MayHaveUnread)) _undelivered.Add(status);
    }
}
