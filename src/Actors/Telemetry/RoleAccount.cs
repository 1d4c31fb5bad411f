using Actors.Transport;

namespace Actors;

/// <summary>What is known of all roles of one name, also when their actors have been restarted or have stopped: counts only grow.</summary>
/// <remarks>Safe to use from any thread.</remarks>
internal sealed class RoleAccount(string role)
{
    private static readonly DropReason[] s_reasons = Enum.GetValues<DropReason>();

    private readonly Lock _lock = new();
    private readonly List<RoleCounters> _running = [];
    private readonly long[] _dropped = new long[s_reasons.Length];
    private string _pattern = "";

    // Of the actors that have ended.
    private long _received;
    private long _sent;
    private long _reconnects;
    private JournalStatistics? _journal;

    // Of the one that has ended last. The next one may go on from it, so it is not added.
    private LedgerCounts? _ledger;

    public string Role => role;

    /// <summary>False once all roles of that name have stopped.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_lock) return _running.Count > 0;
        }
    }

    public void Started(RoleCounters counters)
    {
        lock (_lock)
        {
            _pattern = counters.Pattern;
            _running.Add(counters);
        }
    }

    public void Ended(RoleCounters counters)
    {
        lock (_lock)
        {
            if (!_running.Remove(counters)) return;
            _received += counters.Received;
            _sent += counters.Sent;
            _reconnects += counters.Reconnects;
            _ledger = counters.Ledger?.Invoke() ?? _ledger;
            if (counters.Journal?.Invoke() is { } journal) _journal = journal with { Commits = journal.Commits + (_journal?.Commits ?? 0) };
        }
    }

    public void Dropped(DropReason reason, long count) => Interlocked.Add(ref _dropped[(int)reason], count);

    public RoleStatistics Read()
    {
        var dropped = new Dictionary<DropReason, long>();
        foreach (var reason in s_reasons)
            if (Volatile.Read(ref _dropped[(int)reason]) is not 0 and var count) dropped.Add(reason, count);
        lock (_lock)
        {
            return new RoleStatistics(
                role,
                _pattern,
                _running.Count > 0,
                _received + _running.Sum(one => one.Received),
                _sent + _running.Sum(one => one.Sent),
                _running.Sum(one => one.Waiting),
                dropped,
                _running.Sum(one => one.Peers),
                _reconnects + _running.Sum(one => one.Reconnects))
            {
                Ledger = _running.Find(one => one.Ledger is not null)?.Ledger!() ?? _ledger,
                Journal = _running.Find(one => one.Journal is not null)?.Journal!() is { } journal ? journal with { Commits = journal.Commits + (_journal?.Commits ?? 0) } : _journal,
            };
        }
    }
}
