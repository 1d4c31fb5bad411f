using System.Runtime.InteropServices;
using Actors.Transport;
using Akka.Actor;
using Microsoft.Data.Sqlite;

namespace Actors;

/// <summary>
/// The thread that writes a journal. Entries that come during a commit go into the next one, so the
/// busier the role is, the more entries share a sync of the disk. A commit that fails is tried again with backoff until it
/// succeeds.
/// </summary>
/// <remarks>Tells its role what has happened, as <see cref="JournalMessage"/>s.</remarks>
internal sealed class JournalWriter<TEntry> : IJournalWriter
    where TEntry : struct, IJournalEntry
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(10);

    private readonly JournalSettings _settings;
    private readonly IJournalStore<TEntry> _store;
    private readonly IActorRef _role;
    private readonly Thread _thread;
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(initialState: false);

    // Guarded by the gate.
    private List<TEntry> _gathered = [];
    private bool _closing;

    // Touched only on the writer's thread.
    private List<TEntry> _batch = [];
    private JournalFile? _file;
    private int _failures;

    /// <param name="role">The role that keeps it.</param>
    /// <param name="name">The role's name.</param>
    /// <param name="settings">The file, and how it syncs.</param>
    /// <param name="store">The tables of the file.</param>
    public JournalWriter(IActorRef role, string name, JournalSettings settings, IJournalStore<TEntry> store)
    {
        _role = role;
        _settings = settings;
        _store = store;
        Status = new JournalStatus(settings.File, 0, 0, null);
        _thread = new Thread(Run) { Name = $"journal of {name}", IsBackground = true };
    }

    /// <inheritdoc/>
    public void Start() => _thread.Start();

    /// <inheritdoc/>
    public int Unwritten { get; private set; }

    /// <inheritdoc/>
    public JournalStatus Status { get; private set; }

    /// <inheritdoc/>
    public JournalStatistics Statistics => new(JournalFile.SizeOf(_settings), Status.Commits);

    /// <summary>Writes an entry down with the next commit.</summary>
    public void Write(in TEntry entry)
    {
        bool first;
        lock (_gate)
        {
            _gathered.Add(entry);
            first = _gathered.Count == 1;
        }
        if (first) _wake.Set();
    }

    /// <inheritdoc/>
    public bool Close()
    {
        lock (_gate) _closing = true;
        _wake.Set();
        return (_thread.ThreadState & ThreadState.Unstarted) != 0 || _thread.Join(CloseTimeout);
    }

    private void Run()
    {
        try
        {
            if (!OpenFirst()) return;
            while (NextBatch())
            {
                if (CommitBatch()) continue;
                AbsorbGathered();
                Unwritten = _batch.Count(entry => entry.IsAwaited);
                return;
            }
        }
        catch (Exception cause)
        {
            // A fault of the code, not of the disk: the role's supervisor decides.
            _role.Tell(new JournalBroken(this, cause));
        }
        finally
        {
            _file?.Dispose();
        }
    }

    private bool OpenFirst()
    {
        try
        {
            OpenFile(create: true);
            Attempt(_store.Recover);
        }
        catch (JournalException cause)
        {
            _role.Tell(new JournalNotOpened(this, cause));
            return false;
        }
        _role.Tell(new JournalOpened(this));
        return true;
    }

    private void OpenFile(bool create)
    {
        var file = JournalFile.Open(_settings, _store.Kind, create);
        try
        {
            Attempt(() => _store.Attach(file));
        }
        catch (JournalException)
        {
            file.Dispose();
            throw;
        }
        _file = file;
    }

    /// <summary>Waits for entries and takes them all. Returns false when there are none and the journal closes.</summary>
    private bool NextBatch()
    {
        _batch.Clear();
        while (true)
        {
            lock (_gate)
            {
                if (_gathered.Count > 0)
                {
                    (_batch, _gathered) = (_gathered, _batch);
                    return true;
                }
                if (_closing) return false;
            }
            _wake.WaitOne();
        }
    }

    /// <summary>Commits the whole batch. Returns false when the journal closes before that succeeds.</summary>
    private bool CommitBatch()
    {
        var written = 0;
        var most = int.MaxValue;
        while (written < _batch.Count)
        {
            var count = Math.Min(most, _batch.Count - written);
            try
            {
                Commit(CollectionsMarshal.AsSpan(_batch).Slice(written, count));
                written += count;
                most = most > int.MaxValue / 2 ? int.MaxValue : most * 2;
            }
            catch (JournalException cause)
            {
                var full = cause.InnerException is SqliteException { SqliteErrorCode: JournalException.Full };
                if (!full) CloseFile();
                if (full && count > 1)
                {
                    // There may be room for a part of it, above all for entries that make room.
                    if (most == int.MaxValue) PutFirstWhatMakesRoom(written);
                    most = count / 2;
                    continue;
                }
                _batch.RemoveRange(0, written);
                written = 0;
                if (!WaitToRetry(cause)) return false;
                AbsorbGathered();
                PutFirstWhatMakesRoom(written);
                most = int.MaxValue;
            }
        }
        return true;
    }

    private void Commit(ReadOnlySpan<TEntry> entries)
    {
        if (_file is null) OpenFile(create: false);
        var awaited = 0;
        foreach (ref readonly var entry in entries)
            if (entry.IsAwaited) awaited++;
        try
        {
            _file!.Begin();
            _store.Write(entries);
            _file.Commit();
        }
        catch (SqliteException cause)
        {
            _file!.Rollback();
            throw JournalException.From(_settings, cause);
        }
        _store.Committed();
        Status = Status with { Commits = Status.Commits + 1, Entries = Status.Entries + entries.Length, Fault = null };
        if (_failures > 0)
        {
            _failures = 0;
            _role.Tell(new JournalResumed(this));
        }
        if (awaited > 0) _role.Tell(new JournalCommitted(this, awaited));
    }

    private void CloseFile()
    {
        _file?.Dispose();
        _file = null;
    }

    /// <summary>Tells the role, and waits. Returns false when the journal closes.</summary>
    private bool WaitToRetry(JournalException cause)
    {
        var wait = Backoff.After(_settings.RetryInterval, _settings.RetryIntervalMax, ++_failures);
        Status = Status with { Fault = cause.Message };
        _role.Tell(new JournalStalled(this, cause, wait));
        var due = Environment.TickCount64 + (long)wait.TotalMilliseconds;
        while (due - Environment.TickCount64 is var left and > 0)
        {
            lock (_gate)
                if (_closing) return false;
            _wake.WaitOne(TimeSpan.FromMilliseconds(left));
        }
        return true;
    }

    private void AbsorbGathered()
    {
        lock (_gate)
        {
            _batch.AddRange(_gathered);
            _gathered.Clear();
        }
    }

    /// <summary>Moves entries that make room to the front of those not written yet. Otherwise their order stays.</summary>
    private void PutFirstWhatMakesRoom(int written)
    {
        var rest = _batch.GetRange(written, _batch.Count - written);
        _batch.RemoveRange(written, rest.Count);
        _batch.AddRange(rest.Where(entry => entry.MakesRoom));
        _batch.AddRange(rest.Where(entry => !entry.MakesRoom));
    }

    private void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (SqliteException cause)
        {
            throw JournalException.From(_settings, cause);
        }
        catch (InvalidDataException cause)
        {
            throw new JournalException(_settings.File, $"is damaged ({cause.Message})", cause);
        }
    }
}
