using Actors.Transport;

namespace Actors;

/// <summary>What a role has counted up to one moment, over all restarts of its actor.</summary>
/// <param name="Role">The role's name.</param>
/// <param name="Pattern">What kind of role it is, as the key <c>pattern</c> names it; empty where only drops of that name are known.</param>
/// <param name="IsRunning">False once the role has stopped.</param>
/// <param name="Received">Messages received from peers.</param>
/// <param name="Sent">Messages taken by a socket.</param>
/// <param name="Waiting">Messages that wait in the role for a peer or are in its handler's hands; requests and tasks that have not ended.</param>
/// <param name="Dropped">Messages dropped by the role and its sockets, as published in <see cref="MessagesDropped"/>. Only reasons that have occurred.</param>
/// <param name="Peers">Connections that stand.</param>
/// <param name="Reconnects">Connections that were made again to an endpoint that had been connected before.</param>
internal sealed record RoleStatistics(
    string Role,
    string Pattern,
    bool IsRunning,
    long Received,
    long Sent,
    long Waiting,
    IReadOnlyDictionary<DropReason, long> Dropped,
    int Peers,
    long Reconnects)
{
    /// <summary>Messages dropped for whatever reason.</summary>
    public long DroppedInAll => Dropped.Values.Sum();

    /// <summary>The tasks or results that an acknowledged role has sent; null for other roles.</summary>
    public LedgerCounts? Ledger { get; init; }

    /// <summary>The journal; null for a role without one.</summary>
    public JournalStatistics? Journal { get; init; }
}

/// <summary>What is known of a role's journal.</summary>
/// <param name="Size">The bytes of its files now.</param>
/// <param name="Commits">Transactions since the role started first.</param>
internal sealed record JournalStatistics(long Size, long Commits);
