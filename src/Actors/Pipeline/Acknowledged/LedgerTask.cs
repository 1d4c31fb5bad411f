using Actors.Transport;

namespace Actors;

/// <summary>A task in the ledger. It stands in one <see cref="TaskList"/> until it ends.</summary>
internal sealed class LedgerTask(TaskId id, Message payload)
{
    private List<TaskTry>? _history;

    /// <summary>A task of an earlier ledger, with the tries that have ended.</summary>
    public LedgerTask(TaskId id, Message payload, IReadOnlyList<TaskTry> history)
        : this(id, payload)
    {
        if (history.Count == 0) return;
        _history = [.. history];
        Tries = history[^1].Number;
    }

    public TaskId Id => id;

    public Message Payload => payload;

    /// <summary>The times that it was sent.</summary>
    public int Tries { get; private set; }

    /// <summary>The peer that has it now; null while it waits and after its end.</summary>
    public LedgerPeer? Peer { get; private set; }

    /// <summary>When it was sent to that peer.</summary>
    public TimeSpan AssignedAt { get; private set; }

    public IReadOnlyList<TaskTry> History => _history ?? (IReadOnlyList<TaskTry>)[];

    /// <summary>The list that it stands in. Only the list sets this and its neighbours.</summary>
    public TaskList? List { get; set; }

    public LedgerTask? Previous { get; set; }

    public LedgerTask? Next { get; set; }

    public void Assign(LedgerPeer peer, TimeSpan now)
    {
        Peer = peer;
        Tries++;
        AssignedAt = now;
        List!.Remove(this);
        peer.Tasks.Add(this);
    }

    /// <summary>Takes it out of its list.</summary>
    public void End()
    {
        List!.Remove(this);
        Peer = null;
    }

    /// <summary>Takes it from its peer as if it had not been sent.</summary>
    public void TakeBack()
    {
        Tries--;
        End();
    }

    /// <summary>Takes it from its peer, and notes why.</summary>
    /// <param name="now">When that was.</param>
    /// <param name="outcome">How the try ended.</param>
    /// <param name="detail">What the peer said.</param>
    public void EndTry(TimeSpan now, TryOutcome outcome, string? detail)
    {
        (_history ??= []).Add(new TaskTry(Tries, Peer!.Name, AssignedAt, now, outcome, detail));
        End();
    }
}

/// <summary>One peer of a ledger, for as long as its session lasts.</summary>
internal sealed class LedgerPeer(string name)
{
    public string Name => name;

    /// <summary>The tasks that it has not acknowledged, in the order of assignment.</summary>
    public TaskList Tasks { get; } = new();
}
