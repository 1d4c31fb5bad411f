using Npgsql;

namespace Actors.Grains.Storage;

/// <summary>
/// A store in a PostgreSQL database, which all nodes of a cluster share. Changes that wait together share a round trip and a
/// commit. While the server restarts, calls wait for it, up to a limit.
/// </summary>
public sealed class PostgresGrainStore : IGrainStore
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly PostgresGrainStoreSettings _settings;
    private readonly PostgresTables _tables;
    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly StoreState _state = new();
    private PostgresWriter[] _writers = [];
    private long _lastMark = Random.Shared.NextInt64(long.MinValue, long.MaxValue);

    /// <exception cref="GrainStoreException">A setting is out of its range.</exception>
    public PostgresGrainStore(PostgresGrainStoreSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings.Validated();
        _tables = new PostgresTables(_settings);
        _source = NpgsqlDataSource.Create(_settings.ConnectionString);
    }

    /// <inheritdoc/>
    public async Task OpenAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        _state.Opening(this);
        // A server that starts is waited for; one that cannot be reached is a mistake that is told at once.
        await Retry(
            async connection =>
            {
                await _tables.Create(connection, cancel).ConfigureAwait(false);
                return true;
            },
            cause => cause is PostgresException error && PostgresFault.IsOfConnection(error),
            cancel).ConfigureAwait(false);
        _writers = [.. Enumerable.Range(0, _settings.Writers).Select(_ => new PostgresWriter(_settings, _source, _tables, _time))];
        _state.Opened();
    }

    /// <inheritdoc/>
    public Task<GrainRow?> ReadAsync(string kind, string key, CancellationToken cancel)
    {
        var grain = StoredKey.Of(kind, key);
        return Read(connection => _tables.Read(connection, grain, cancel), cancel);
    }

    /// <inheritdoc/>
    public Task<bool> WriteAsync(string kind, string key, GrainRow row, CancellationToken cancel)
    {
        StoreArguments.Check(row);
        var grain = StoredKey.Of(kind, key);
        return Change(new WriteRow(grain, row, cancel), PostgresChange.IdOf(grain), cancel);
    }

    /// <inheritdoc/>
    public Task SetReminderAsync(ReminderRow reminder, CancellationToken cancel)
    {
        var set = StoredReminder.Of(reminder);
        return Change(new SetReminder(set, cancel), PostgresChange.IdOf(set.Grain, set.Name), cancel);
    }

    /// <inheritdoc/>
    public Task<bool> RemoveReminderAsync(string kind, string key, string name, CancellationToken cancel)
    {
        var (grain, utf8) = (StoredKey.Of(kind, key), StoredKey.OfName(name));
        return Change(new RemoveReminder(grain, utf8, cancel), PostgresChange.IdOf(grain, utf8), cancel);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReminderRow>> ReadRemindersAsync(string kind, string key, CancellationToken cancel)
    {
        var grain = StoredKey.Of(kind, key);
        return Read<IReadOnlyList<ReminderRow>>(async connection => await _tables.ReadReminders(connection, grain, cancel).ConfigureAwait(false), cancel);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReminderRow>> ReadDueAsync(int slice, DateTimeOffset until, int most, CancellationToken cancel)
    {
        StoreArguments.CheckDue(slice, most);
        var last = StoredReminder.ToMilliseconds(until);
        return Read<IReadOnlyList<ReminderRow>>(async connection => await _tables.ReadDue(connection, slice, last, most, cancel).ConfigureAwait(false), cancel);
    }

    /// <inheritdoc/>
    public Task<bool> AdvanceReminderAsync(ReminderRow fired, DateTimeOffset? next, CancellationToken cancel)
    {
        var read = StoredReminder.Of(fired);
        long? due = next is { } time ? StoredReminder.ToMilliseconds(time) : null;
        return Change(new AdvanceReminder(read, due, cancel), PostgresChange.IdOf(read.Grain, read.Name), cancel);
    }

    /// <summary>Writes what waits, for as long as a call is tried again, and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_state.Closing()) return;
        await Task.WhenAll(_writers.Select(writer => writer.Close())).ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    private Task<bool> Change(StoreWork work, byte[] id, CancellationToken cancel)
    {
        _state.ThrowUnlessOpen(this);
        if (cancel.IsCancellationRequested) return Task.FromCanceled<bool>(cancel);
        var change = new PostgresChange(work, id, Interlocked.Increment(ref _lastMark), Deadline());
        return _writers[id[^1] % _writers.Length].Add(change);
    }

    private Task<T> Read<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancel)
    {
        _state.ThrowUnlessOpen(this);
        return Retry(read, PostgresFault.IsOfConnection, cancel);
    }

    /// <summary>Calls what may be called twice, again and again until it succeeds or its time is up.</summary>
    private async Task<T> Retry<T>(Func<NpgsqlConnection, Task<T>> call, Func<Exception, bool> isToTryAgain, CancellationToken cancel)
    {
        var deadline = Deadline();
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                await using var connection = await _source.OpenConnectionAsync(cancel).ConfigureAwait(false);
                return await call(connection).ConfigureAwait(false);
            }
            catch (Exception cause) when (isToTryAgain(cause) && _time.GetTimestamp() < deadline)
            {
                await Task.Delay(wait, _time, cancel).ConfigureAwait(false);
            }
            catch (Exception cause) when (cause is NpgsqlException or System.Net.Sockets.SocketException or IOException or TimeoutException)
            {
                throw PostgresFault.Of(_settings, cause);
            }
        }
    }

    private long Deadline() => _time.GetTimestamp() + (long)(_settings.RetryFor.TotalSeconds * _time.TimestampFrequency);
}
