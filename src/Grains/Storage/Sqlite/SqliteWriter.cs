using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Actors.Grains.Storage;

/// <summary>
/// The thread of a store that writes. Changes that come during a commit go into the next transaction, so the more writers
/// there are, the more changes share a sync of the disk; the condition of each is decided by itself.
/// </summary>
internal sealed class SqliteWriter
{
    private readonly SqliteGrainStoreSettings _settings;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(initialState: false);

    // Guarded by the gate.
    private List<StoreWork> _gathered = [];
    private int _wakeAt = 1;
    private bool _closing;

    // Touched only on the writer's thread.
    private List<StoreWork> _batch = [];
    private SqliteTables? _tables;
    private SqliteFile? _file;
    private TimeSpan _lastCommit;

    public SqliteWriter(SqliteGrainStoreSettings settings)
    {
        _settings = settings;
        _thread = new Thread(Run) { Name = $"grain store {settings.File}", IsBackground = true };
    }

    /// <summary>Opens the file; fails when it cannot be used.</summary>
    public Task Start()
    {
        _thread.Start();
        return _opened.Task;
    }

    /// <summary>Makes a change with the next transaction.</summary>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public Task<bool> Add(StoreWork work)
    {
        bool wake;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing, typeof(SqliteGrainStore));
            _gathered.Add(work);
            wake = _gathered.Count == _wakeAt;
        }
        if (wake) _wake.Set();
        return work.Wait();
    }

    /// <summary>Writes what waits, and closes the file.</summary>
    public Task Close()
    {
        lock (_gate) _closing = true;
        _wake.Set();
        return (_thread.ThreadState & System.Threading.ThreadState.Unstarted) != 0 ? Task.CompletedTask : _ended.Task;
    }

    private void Run()
    {
        try
        {
            Attach(SqliteFile.Create(_settings));
            _opened.SetResult();
            while (NextBatch()) CommitBatch();
        }
        catch (Exception cause)
        {
            // After the start only a fault of the code gets here: nobody may wait for ever.
            if (!_opened.TrySetException(cause)) FailAll(cause);
        }
        finally
        {
            _tables?.Dispose();
            _ended.SetResult();
        }
    }

    private void FailAll(Exception cause)
    {
        lock (_gate)
        {
            _closing = true;
            _batch.AddRange(_gathered);
        }
        foreach (var work in _batch) work.TrySetException(cause);
    }

    private void Attach(SqliteFile file)
    {
        _file = file;
        _tables = new SqliteTables(file);
    }

    /// <summary>Waits for changes and takes them all. Returns false when there are none and the store closes.</summary>
    private bool NextBatch()
    {
        // Who was told of the last commit often writes again at once: their changes share a transaction if it waits a little.
        var expected = _batch.Count;
        _batch.Clear();
        if (expected > 1) AwaitOthers(expected, _lastCommit / 8);
        while (true)
        {
            lock (_gate)
            {
                _wakeAt = 1;
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

    private void AwaitOthers(int expected, TimeSpan most)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            lock (_gate)
            {
                if (_closing || _gathered.Count >= expected) return;
                _wakeAt = expected;
            }
            var left = most - Stopwatch.GetElapsedTime(began);
            if (left <= TimeSpan.Zero) return;
            // Timers have whole milliseconds.
            if (left >= TimeSpan.FromMilliseconds(1)) _wake.WaitOne(left);
            else Thread.Yield();
        }
    }

    private void CommitBatch()
    {
        _batch.RemoveAll(work => work.DropIfCancelled());
        if (_batch.Count == 0) return;
        var began = Stopwatch.GetTimestamp();
        if (Transact(_batch) is { } fault && !CommitEach(fault)) Fail(_batch, fault);
        _lastCommit = Stopwatch.GetElapsedTime(began);
    }

    /// <summary>Tries each change by itself, where a smaller transaction may succeed.</summary>
    private bool CommitEach(GrainStoreException fault)
    {
        if (_batch.Count == 1 || fault.InnerException is not SqliteException cause || !SqliteFault.IsOfSize(cause)) return false;
        foreach (var work in _batch)
            if (Transact([work]) is { } itsFault) Fail([work], itsFault);
        return true;
    }

    private static void Fail(List<StoreWork> batch, GrainStoreException fault)
    {
        foreach (var work in batch) work.TrySetException(fault);
    }

    /// <summary>Makes changes in one transaction, and tells those who wait. Returns the fault when it failed; then nobody was told.</summary>
    private GrainStoreException? Transact(List<StoreWork> batch)
    {
        var committing = false;
        try
        {
            if (_tables is null) Attach(SqliteFile.Reopen(_settings));
            _file!.CheckPlace();
            _file.Begin();
            foreach (var work in batch) work.Decision = _tables!.Change(work);
            committing = true;
            _file.Commit();
        }
        catch (GrainStoreException fault)
        {
            _tables?.Dispose();
            _tables = null;
            return fault;
        }
        catch (SqliteException cause)
        {
            _file!.Rollback();
            var fault = SqliteFault.Of(_settings, cause);
            if (SqliteFault.IsSound(cause)) return fault;
            _tables!.Dispose();
            _tables = null;
            return committing ? fault.WithUnknownOutcome() : fault;
        }
        foreach (var work in batch) work.TrySetResult(work.Decision);
        return null;
    }
}
