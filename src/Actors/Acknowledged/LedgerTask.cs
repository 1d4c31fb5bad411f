using Actors.Transport;

namespace Actors;

/// <summary>A task in the ledger.</summary>
internal sealed class LedgerTask(TaskId id, Message payload)
{
    private List<TaskTry>? _history;

    public TaskId Id => id;

    public Message Payload => payload;

    /// <summary>How often it was sent; 0 before the first time.</summary>
    public int Tries { get; private set; }

    /// <summary>Who has it now; null while it waits and after its end.</summary>
    public LedgerPeer? Peer { get; private set; }

    /// <summary>When it was sent to that peer.</summary>
    public TimeSpan AssignedAt { get; private set; }

    /// <summary>Which assignment of the ledger that was.</summary>
    public long Assignment { get; private set; }

    /// <summary>Acknowledged or given up.</summary>
    public bool Ended { get; set; }

    public IReadOnlyList<TaskTry> History => _history ?? (IReadOnlyList<TaskTry>)[];

    public void Assign(LedgerPeer peer, TimeSpan now, long assignment)
    {
        Assignment = assignment;
        Peer = peer;
        Tries++;
        AssignedAt = now;
        peer.Tasks.Add(this);
    }

    /// <summary>Takes it from its peer, because it is done.</summary>
    public void Unassign()
    {
        Peer?.Tasks.Remove(this);
        Peer = null;
    }

    /// <summary>Takes it from its peer, and notes why.</summary>
    public void EndTry(TimeSpan now, TryOutcome outcome, string? detail)
    {
        (_history ??= []).Add(new TaskTry(Tries, Peer!.Name, AssignedAt, now, outcome, detail));
        Unassign();
    }
}

/// <summary>One peer of a ledger, for as long as its session lasts.</summary>
internal sealed class LedgerPeer(string name)
{
    public string Name => name;

    /// <summary>What it has and has not acknowledged.</summary>
    public HashSet<LedgerTask> Tasks { get; } = [];
}
