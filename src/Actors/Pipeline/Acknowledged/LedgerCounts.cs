namespace Actors;

/// <summary>
/// The account of a ledger. At every moment, accepted = acknowledged + outstanding + dead-lettered.
/// </summary>
/// <param name="Accepted">Tasks taken into the ledger.</param>
/// <param name="Acknowledged">Tasks that a peer has acknowledged.</param>
/// <param name="Waiting">Tasks that no peer has now.</param>
/// <param name="Assigned">Tasks that a peer has and has not acknowledged.</param>
/// <param name="DeadLettered">Tasks given up, each published as <see cref="TaskDeadLettered"/>.</param>
/// <param name="Redelivered">Tries after the first of a task.</param>
/// <param name="Unexpected">Acknowledgements and returns for tasks that were not outstanding, or not with that peer any more.</param>
public readonly record struct LedgerCounts(long Accepted, long Acknowledged, long Waiting, long Assigned, long DeadLettered, long Redelivered, long Unexpected)
{
    /// <summary>Tasks that are neither acknowledged nor given up.</summary>
    public long Outstanding => Waiting + Assigned;

    /// <summary>True when the sum is right, as it always is.</summary>
    public bool AddsUp => Accepted == Acknowledged + Outstanding + DeadLettered;

    /// <inheritdoc/>
    public override string ToString() =>
        $"accepted {Accepted} = acknowledged {Acknowledged} + outstanding {Outstanding} (waiting {Waiting}, assigned {Assigned}) + dead-lettered {DeadLettered}; redelivered {Redelivered}, unexpected {Unexpected}";
}
