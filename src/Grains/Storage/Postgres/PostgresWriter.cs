using System.Threading.Channels;
using Npgsql;

namespace Actors.Grains.Storage;

/// <summary>
/// A connection that writes. Changes that come during a commit go into the next transaction, one round trip and one sync for all of
/// them; the condition of each is decided by itself.
/// </summary>
internal sealed class PostgresWriter
{
    // A transaction takes no more, so that none lasts long.
    private const int MostChanges = 256;
    private const long MostBytes = 8 * 1024 * 1024;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly PostgresGrainStoreSettings _settings;
    private readonly NpgsqlDataSource _source;
    private readonly PostgresTables _tables;
    private readonly TimeProvider _time;
    private readonly Channel<PostgresChange> _queue = Channel.CreateUnbounded<PostgresChange>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _ended;
    private NpgsqlConnection? _connection;

    public PostgresWriter(PostgresGrainStoreSettings settings, NpgsqlDataSource source, PostgresTables tables, TimeProvider time)
    {
        (_settings, _source, _tables, _time) = (settings, source, tables, time);
        _ended = Task.Run(Run);
    }

    /// <summary>Makes a change with the next transaction.</summary>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public Task<bool> Add(PostgresChange change)
    {
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(change), typeof(PostgresGrainStore));
        return change.Work.Wait();
    }

    /// <summary>Writes what waits, and gives the connection back.</summary>
    public Task Close()
    {
        _queue.Writer.TryComplete();
        return _ended;
    }

    private async Task Run()
    {
        var batch = new List<PostgresChange>();
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            Take(batch);
            try
            {
                await CommitBatch(batch).ConfigureAwait(false);
            }
            catch (Exception cause)
            {
                // A fault of the code: nobody may wait for ever, and the next batch may succeed.
                foreach (var change in batch) change.Work.TrySetException(cause);
                await Disconnect().ConfigureAwait(false);
            }
        }
        await Disconnect().ConfigureAwait(false);
    }

    private void Take(List<PostgresChange> batch)
    {
        batch.Clear();
        var bytes = 0L;
        while (batch.Count < MostChanges && bytes < MostBytes && _queue.Reader.TryRead(out var change))
        {
            if (change.Work.DropIfCancelled()) continue;
            batch.Add(change);
            bytes += change.Size;
        }
    }

    /// <summary>Makes changes in one transaction, again and again while the server is away, until each has succeeded or failed.</summary>
    private async Task CommitBatch(IEnumerable<PostgresChange> batch)
    {
        var pending = batch.OrderBy(change => change.LockOrder).ToList();
        for (var wait = FirstWait; pending.Count > 0; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            var sent = false;
            try
            {
                var connection = await Connect().ConfigureAwait(false);
                sent = true;
                await Execute(connection, pending).ConfigureAwait(false);
                sent = false;
                await Complete(connection, pending).ConfigureAwait(false);
                if (pending.Count == 0) return;
            }
            catch (PostgresException cause) when (!PostgresFault.IsOfConnection(cause))
            {
                // The server has undone the transaction.
                if (PostgresFault.IsToTryAgain(cause))
                {
                    Expire(pending, cause);
                    continue;
                }
                await FailOrCommitEach(pending, cause).ConfigureAwait(false);
                return;
            }
            catch (Exception cause) when (PostgresFault.IsOfConnection(cause))
            {
                if (sent)
                    foreach (var change in pending) change.IsUncertain = true;
                await Disconnect().ConfigureAwait(false);
                Expire(pending, cause);
                if (pending.Count > 0) await Task.Delay(wait, _time).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Tries each change by itself, so that one that the server refuses fails no other.</summary>
    private async Task FailOrCommitEach(List<PostgresChange> pending, PostgresException cause)
    {
        if (pending.Count == 1)
        {
            Fail(pending[0], PostgresFault.Of(_settings, cause));
            return;
        }
        foreach (var change in pending) await CommitBatch([change]).ConfigureAwait(false);
    }

    private async Task Execute(NpgsqlConnection connection, List<PostgresChange> pending)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var change in pending) batch.BatchCommands.Add(_tables.Change(change));
        // Without a transaction of its own, all commands of a batch are one.
        await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
        for (var i = 0; i < pending.Count; i++) pending[i].Work.Decision = batch.BatchCommands[i].RecordsAffected > 0;
    }

    /// <summary>Tells those who wait what was decided, and looks up what an earlier try may have done. Removes each that has ended.</summary>
    private async Task Complete(NpgsqlConnection connection, List<PostgresChange> pending)
    {
        pending.RemoveAll(change => (change.Work.Decision || !change.IsUncertain) && End(change));
        while (pending.Count > 0)
        {
            var change = pending[^1];
            if (await _tables.HasHappened(connection, change).ConfigureAwait(false) is { } happened) change.Work.TrySetResult(happened);
            else Fail(change, new GrainStoreException($"the grain store {_settings.Where} lost the connection during the write of {change.Work}, and the row has been written since"));
            pending.RemoveAt(pending.Count - 1);
        }

        static bool End(PostgresChange change)
        {
            change.Work.TrySetResult(change.Work.Decision);
            return true;
        }
    }

    private void Expire(List<PostgresChange> pending, Exception cause) => pending.RemoveAll(change =>
    {
        if (_time.GetTimestamp() < change.Deadline) return false;
        Fail(change, PostgresFault.Of(_settings, cause));
        return true;
    });

    private static void Fail(PostgresChange change, GrainStoreException fault) => change.Work.TrySetException(change.IsUncertain ? fault.WithUnknownOutcome() : fault);

    private async Task<NpgsqlConnection> Connect()
    {
        if (_connection is { FullState: System.Data.ConnectionState.Open } open) return open;
        await Disconnect().ConfigureAwait(false);
        var connection = _source.CreateConnection();
        try
        {
            await connection.OpenAsync().ConfigureAwait(false);
            await _tables.SetSync(connection).ConfigureAwait(false);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        return _connection = connection;
    }

    private async Task Disconnect()
    {
        if (_connection is not { } connection) return;
        _connection = null;
        await connection.DisposeAsync().ConfigureAwait(false);
    }
}
