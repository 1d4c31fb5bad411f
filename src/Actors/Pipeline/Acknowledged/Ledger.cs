using Actors.Transport;

namespace Actors;

/// <summary>
/// The account of every accepted task: it waits, it is assigned to a peer, or it has ended, acknowledged or given
/// up. At every moment, accepted = acknowledged + waiting + assigned + dead-lettered.
/// </summary>
/// <remarks>
/// It sends nothing and reads no clock. The times passed in come from one clock that never goes back, so the same
/// calls give the same results. Not safe for concurrent use.
/// </remarks>
/// <param name="maxTries">The tries without an acknowledgement after which a task is given up.</param>
/// <param name="deadline">The time that a peer has for a try.</param>
/// <param name="deadLetter">Called with each task that is given up, when it is no longer outstanding.</param>
/// <param name="tryEnded">Called with each task that waits again after a try; null when nobody needs it.</param>
internal sealed class Ledger(int maxTries, TimeSpan deadline, Action<LedgerTask> deadLetter, Action<LedgerTask>? tryEnded = null)
{
    private readonly Dictionary<TaskId, LedgerTask> _outstanding = [];
    private readonly List<LedgerPeer> _peers = [];
    private readonly TaskList _returned = new();
    private readonly TaskList _fresh = new();

    private long _accepted;
    private long _acknowledged;
    private long _deadLettered;
    private long _redelivered;
    private long _unexpected;

    public LedgerCounts Counts => new(_accepted, _acknowledged, Waiting, _outstanding.Count - Waiting, _deadLettered, _redelivered, _unexpected);

    /// <summary>Tasks that are neither acknowledged nor given up.</summary>
    public int Outstanding => _outstanding.Count;

    /// <summary>Tasks that no peer has.</summary>
    public int Waiting => _returned.Count + _fresh.Count;

    /// <summary>The next task to assign; tasks that came back go before fresh ones.</summary>
    public LedgerTask? Next => _returned.First ?? _fresh.First;

    /// <summary>Takes a task. Returns false, and changes nothing, when one of that id is outstanding.</summary>
    public bool Accept(TaskId id, Message payload)
    {
        var task = new LedgerTask(id, payload);
        if (!_outstanding.TryAdd(id, task)) return false;
        _accepted++;
        _fresh.Add(task);
        return true;
    }

    /// <summary>Continues the account of an earlier ledger. Call it first.</summary>
    /// <param name="acknowledged">Tasks that were acknowledged then.</param>
    /// <param name="deadLettered">Tasks that were given up then.</param>
    /// <param name="outstanding">The tasks that were outstanding, in the order of their acceptance.</param>
    public void Restore(long acknowledged, long deadLettered, IEnumerable<LedgerTask> outstanding)
    {
        foreach (var task in outstanding)
        {
            _outstanding.Add(task.Id, task);
            (task.Tries > 0 ? _returned : _fresh).Add(task);
        }
        (_acknowledged, _deadLettered) = (acknowledged, deadLettered);
        _accepted = acknowledged + deadLettered + _outstanding.Count;
    }

    /// <summary>Continues the account of an earlier ledger that all its peers have left.</summary>
    public void Restore(Ledger before)
    {
        Restore(before._acknowledged, before._deadLettered, before._returned.Concat(before._fresh).Select(task => new LedgerTask(task.Id, task.Payload, task.History)));
        (_redelivered, _unexpected) = (before._redelivered, before._unexpected);
    }

    /// <summary>Adds a peer, which can be assigned tasks until it leaves.</summary>
    public LedgerPeer Join(string name)
    {
        var peer = new LedgerPeer(name);
        _peers.Add(peer);
        return peer;
    }

    /// <summary>Assigns a waiting task to the peer.</summary>
    public void Assign(LedgerTask task, LedgerPeer peer, TimeSpan now)
    {
        task.Assign(peer, now);
        if (task.Tries > 1) _redelivered++;
    }

    /// <summary>
    /// The task is done, by whatever peer. An acknowledgement after the deadline ends it as well.
    /// </summary>
    /// <returns>Whether a task of that id was outstanding.</returns>
    public bool Acknowledge(TaskId id)
    {
        if (!_outstanding.Remove(id, out var task))
        {
            _unexpected++;
            return false;
        }
        task.End();
        _acknowledged++;
        return true;
    }

    /// <summary>The peer gives the task back. When the task is not with that peer, this is only counted.</summary>
    public void Return(TaskId id, LedgerPeer peer, TaskReturn how, string? detail, TimeSpan now)
    {
        if (!_outstanding.TryGetValue(id, out var task) || task.Peer != peer) _unexpected++;
        else if (how == TaskReturn.NotBegun) TakeBack(task);
        else EndTry(task, how == TaskReturn.Refused ? TryOutcome.Refused : TryOutcome.Returned, detail, now);
    }

    /// <summary>Takes the task back without counting a try, because nobody has worked on it.</summary>
    private void TakeBack(LedgerTask task)
    {
        task.TakeBack();
        _returned.Add(task);
    }

    /// <summary>The peer is gone. Its tasks wait for another peer, the oldest first.</summary>
    public void Leave(LedgerPeer peer, string detail, TimeSpan now)
    {
        while (peer.Tasks.First is { } task) EndTry(task, TryOutcome.PeerGone, detail, now);
        _peers.Remove(peer);
    }

    /// <summary>Takes the tasks whose deadline has passed from their peers.</summary>
    /// <returns>How many there were.</returns>
    public int Expire(TimeSpan now)
    {
        var expired = 0;
        foreach (var peer in _peers)
        {
            // All tries have the same time, so they expire in the order of assignment.
            while (peer.Tasks.First is { } task && now >= task.AssignedAt + deadline)
            {
                EndTry(task, TryOutcome.DeadlinePassed, null, now);
                expired++;
            }
        }
        return expired;
    }

    private void EndTry(LedgerTask task, TryOutcome outcome, string? detail, TimeSpan now)
    {
        task.EndTry(now, outcome, detail);
        if (outcome != TryOutcome.Refused && task.Tries < maxTries)
        {
            _returned.Add(task);
            tryEnded?.Invoke(task);
            return;
        }
        _outstanding.Remove(task.Id);
        _deadLettered++;
        deadLetter(task);
    }
}
