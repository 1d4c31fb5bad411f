using System.Diagnostics.CodeAnalysis;
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
internal sealed class Ledger(int maxTries, TimeSpan deadline, Action<LedgerTask> deadLetter)
{
    private readonly Dictionary<TaskId, LedgerTask> _outstanding = [];

    // A task that ends while it waits stays in its queue and is passed over at its turn.
    private readonly Queue<LedgerTask> _returned = new();
    private readonly Queue<LedgerTask> _fresh = new();

    // All tries have the same time, so they fall due in the order in which they began.
    private readonly Queue<(LedgerTask Task, int Try)> _deadlines = new();

    private long _accepted;
    private long _acknowledged;
    private long _deadLettered;
    private long _redelivered;
    private long _unexpected;
    private long _assigned;
    private long _assignments;

    public LedgerCounts Counts => new(_accepted, _acknowledged, _outstanding.Count - _assigned, _assigned, _deadLettered, _redelivered, _unexpected);

    /// <summary>Tasks that are neither acknowledged nor given up.</summary>
    public int Outstanding => _outstanding.Count;

    /// <summary>Tasks that no peer has.</summary>
    public long Waiting => _outstanding.Count - _assigned;

    /// <summary>Takes a task in. False when one of that id is outstanding already; then nothing has changed.</summary>
    public bool Accept(TaskId id, Message payload)
    {
        var task = new LedgerTask(id, payload);
        if (!_outstanding.TryAdd(id, task)) return false;
        _accepted++;
        _fresh.Enqueue(task);
        return true;
    }

    /// <summary>Gives the peer the task that is next: one that came back before a fresh one.</summary>
    public bool TryAssign(LedgerPeer peer, TimeSpan now, [NotNullWhen(true)] out LedgerTask? task)
    {
        if (!TryTake(_returned, out task) && !TryTake(_fresh, out task)) return false;
        task.Assign(peer, now, ++_assignments);
        _assigned++;
        if (task.Tries > 1) _redelivered++;
        _deadlines.Enqueue((task, task.Tries));
        return true;
    }

    private static bool TryTake(Queue<LedgerTask> queue, [NotNullWhen(true)] out LedgerTask? task)
    {
        while (queue.TryDequeue(out task))
            if (!task.Ended) return true;
        return false;
    }

    /// <summary>
    /// The task is done, whoever did it: an acknowledgement that comes after its deadline ends it as well.
    /// </summary>
    /// <returns>The task; null when none of that id is outstanding.</returns>
    public LedgerTask? Acknowledge(TaskId id)
    {
        if (!_outstanding.Remove(id, out var task))
        {
            _unexpected++;
            return null;
        }
        if (task.Peer is not null) _assigned--;
        task.Unassign();
        task.Ended = true;
        _acknowledged++;
        return task;
    }

    /// <summary>The peer gives the task back. Without effect, but counted, when the task is not with that peer.</summary>
    public void Return(TaskId id, LedgerPeer peer, bool final, string? detail, TimeSpan now)
    {
        if (_outstanding.TryGetValue(id, out var task) && task.Peer == peer) EndTry(task, final ? TryOutcome.Refused : TryOutcome.Returned, detail, now);
        else _unexpected++;
    }

    /// <summary>The peer is gone: what it has waits for another.</summary>
    public void Leave(LedgerPeer peer, string detail, TimeSpan now)
    {
        // In the order of their assignment, so that the oldest goes out first again.
        foreach (var task in peer.Tasks.OrderBy(task => task.Assignment).ToList()) EndTry(task, TryOutcome.PeerGone, detail, now);
    }

    /// <summary>Takes the tasks whose deadline has passed from their peers.</summary>
    /// <returns>How many there were.</returns>
    public int Expire(TimeSpan now)
    {
        var expired = 0;
        while (_deadlines.TryPeek(out var next))
        {
            var running = next.Task.Peer is not null && next.Task.Tries == next.Try;
            if (running && now < next.Task.AssignedAt + deadline) break;
            _deadlines.Dequeue();
            if (!running) continue;
            EndTry(next.Task, TryOutcome.DeadlinePassed, null, now);
            expired++;
        }
        return expired;
    }

    private void EndTry(LedgerTask task, TryOutcome outcome, string? detail, TimeSpan now)
    {
        task.EndTry(now, outcome, detail);
        _assigned--;
        if (outcome != TryOutcome.Refused && task.Tries < maxTries)
        {
            _returned.Enqueue(task);
            return;
        }
        _outstanding.Remove(task.Id);
        task.Ended = true;
        _deadLettered++;
        deadLetter(task);
    }
}
