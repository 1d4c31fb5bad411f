namespace Actors;

/// <summary>The counts of one role actor, which its sockets' links and lanes keep for their own ends.</summary>
/// <remarks>
/// Only the role writes. Reading is safe from any thread and costs the role nothing: each part is one number, which may be a
/// moment old.
/// </remarks>
/// <param name="role">The role's name.</param>
/// <param name="pattern">What kind of role it is.</param>
/// <param name="links">The role's sockets, all of them added.</param>
/// <param name="waitingInRole">What waits outside of the lanes.</param>
internal sealed class RoleCounters(string role, string pattern, IReadOnlyList<SocketLink> links, Func<long> waitingInRole)
{
    public string Role => role;

    public string Pattern => pattern;

    /// <summary>The names under which the role and its sockets report drops.</summary>
    public IEnumerable<string> Sources => links.Select(link => link.Spec.Name).Append(role);

    /// <summary>Messages received from peers.</summary>
    public long Received => Sum(static link => link.Inbound?.Received ?? 0);

    /// <summary>Messages taken by a socket.</summary>
    public long Sent => Sum(static link => link.Outbound?.Sent ?? 0);

    /// <summary>Messages in the role and on their way to a socket.</summary>
    public long Waiting => waitingInRole() + Sum(static link => link.Outbound?.Waiting ?? 0);

    /// <summary>Connections that stand.</summary>
    public int Peers => (int)Sum(static link => link.Peers);

    /// <summary>Connections that were made again.</summary>
    public long Reconnects => Sum(static link => link.Reconnects);

    /// <summary>Reads the ledger; null for a role without one. Called on any thread.</summary>
    public Func<LedgerCounts>? Ledger { get; set; }

    /// <summary>Reads the journal; null for a role without one. Called on any thread.</summary>
    public Func<JournalStatistics>? Journal { get; set; }

    private long Sum(Func<SocketLink, long> count)
    {
        long sum = 0;
        for (var i = 0; i < links.Count; i++) sum += count(links[i]);
        return sum;
    }
}
