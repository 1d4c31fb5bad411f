using Actors.Transport;

namespace Actors;

/// <summary>
/// The account of every task that was accepted: it waits, it is assigned to a peer, or it has ended, acknowledged or given
/// up. At every moment, accepted = acknowledged + waiting + assigned + dead-lettered.
/// </summary>
/// <remarks>
/// Pure: it sends nothing and reads no clock; the times passed in come from one clock that only goes forward, so the same
/// calls give the same results. Not safe for concurrent use.
/// </remarks>
/// <param name="maxTries">After so many tries without an acknowledgement a task is given up.</param>
/// <param name="deadline">How long a peer may take for a try.</param>
/// <param name="deadLetter">Told each task that is given up; it is no longer outstanding then.</param>
/// <param name="tryEnded">Told each task that waits again after a try, where anybody wants to know.</param>
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

    /// <summary>The task whose turn it is: one that came back before a fresh one.</summary>
    public LedgerTask? Next => _returned.First ?? _fresh.First;

    /// <summary>Takes a task in. False when one of that id is outstanding already; then nothing has changed.</summary>
    public bool Accept(TaskId id, Message payload)
    {
        var task = new LedgerTask(id, payload);
        if (!_outstanding.TryAdd(id, task)) return false;
        _accepted++;
        _fresh.Add(task);
        return true;
    }

    /// <summary>Goes on with the account of a ledger before this one; called before anything else.</summary>
    /// <param name="acknowledged">Tasks that were acknowledged then.</param>
    /// <param name="deadLettered">Tasks that were given up then.</param>
    /// <param name="outstanding">Those that were neither, in the order in which they were accepted.</param>
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

    /// <summary>Goes on with the account of a ledger before this one that all its peers have left.</summary>
    public void Restore(Ledger before)
    {
        Restore(before._acknowledged, before._deadLettered, before._returned.Concat(before._fresh).Select(task => new LedgerTask(task.Id, task.Payload, task.History)));
        (_redelivered, _unexpected) = (before._redelivered, before._unexpected);
    }

    /// <summary>A peer that tasks can be assigned to, until it leaves.</summary>
    public LedgerPeer Join(string name)
    {
        var peer = new LedgerPeer(name);
        _peers.Add(peer);
        return peer;
    }

    /// <summary>Gives the peer a task that waits.</summary>
    public void Assign(LedgerTask task, LedgerPeer peer, TimeSpan now)
    {
        task.Assign(peer, now);
        if (task.Tries > 1) _redelivered++;
    }

    /// <summary>
    /// The task is done, whoever did it: an acknowledgement that comes after its deadline ends it as well.
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

    /// <summary>The peer gives the task back. Without effect, but counted, when the task is not with that peer.</summary>
    public void Return(TaskId id, LedgerPeer peer, TaskReturn how, string? detail, TimeSpan now)
    {
        if (!_outstanding.TryGetValue(id, out var task) || task.Peer != peer) _unexpected++;
        else if (how == TaskReturn.NotBegun) TakeBack(task);
        else EndTry(task, how == TaskReturn.Refused ? TryOutcome.Refused : TryOutcome.Returned, detail, now);
    }

    /// <summary>Nobody has worked on it, so it was no try.</summary>
    private void TakeBack(LedgerTask task)
    {
        task.TakeBack();
        _returned.Add(task);
    }

    /// <summary>The peer is gone: what it has waits for another, the oldest first.</summary>
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
            // All tries have the same time, so they fall due in the order of assignment.
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
