namespace Actors.Grains.Storage;

/// <summary>
/// A store in a file, an SQLite database with a write-ahead log. Changes that wait together share a commit. More than one
/// process of a machine may use the file.
/// </summary>
public sealed class SqliteGrainStore : IGrainStore
{
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private readonly StoreState _state = new();

    /// <exception cref="GrainStoreException">A setting is out of its range.</exception>
    public SqliteGrainStore(SqliteGrainStoreSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        _writer = new SqliteWriter(settings);
        _readers = new SqliteReaders(settings);
    }

    /// <inheritdoc/>
    public async Task OpenAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        _state.Opening(this);
        await _writer.Start().WaitAsync(cancel).ConfigureAwait(false);
        _state.Opened();
    }

    /// <inheritdoc/>
    public Task<GrainRow?> ReadAsync(string kind, string key, CancellationToken cancel)
    {
        var grain = StoredKey.Of(kind, key);
        return Read(tables => tables.Read(grain), cancel);
    }

    /// <inheritdoc/>
    public Task<bool> WriteAsync(string kind, string key, GrainRow row, CancellationToken cancel)
    {
        StoreArguments.Check(row);
        return Change(new WriteRow(StoredKey.Of(kind, key), row, cancel), cancel);
    }

    /// <inheritdoc/>
    public Task SetReminderAsync(ReminderRow reminder, CancellationToken cancel) => Change(new SetReminder(StoredReminder.Of(reminder), cancel), cancel);

    /// <inheritdoc/>
    public Task<bool> RemoveReminderAsync(string kind, string key, string name, CancellationToken cancel) =>
        Change(new RemoveReminder(StoredKey.Of(kind, key), StoredKey.OfName(name), cancel), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReminderRow>> ReadRemindersAsync(string kind, string key, CancellationToken cancel)
    {
        var grain = StoredKey.Of(kind, key);
        return Read<IReadOnlyList<ReminderRow>>(tables => tables.ReadReminders(grain), cancel);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReminderRow>> ReadDueAsync(int slice, DateTimeOffset until, int most, CancellationToken cancel)
    {
        StoreArguments.CheckDue(slice, most);
        return Read<IReadOnlyList<ReminderRow>>(tables => tables.ReadDue(slice, StoredReminder.ToMilliseconds(until), most), cancel);
    }

    /// <inheritdoc/>
    public Task<bool> AdvanceReminderAsync(ReminderRow fired, DateTimeOffset? next, CancellationToken cancel)
    {
        long? due = next is { } time ? StoredReminder.ToMilliseconds(time) : null;
        return Change(new AdvanceReminder(StoredReminder.Of(fired), due, cancel), cancel);
    }

    /// <summary>Writes what waits, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_state.Closing()) return;
        await _writer.Close().ConfigureAwait(false);
        await _readers.Close().ConfigureAwait(false);
    }

    private Task<T> Read<T>(Func<SqliteTables, T> read, CancellationToken cancel)
    {
        _state.ThrowUnlessOpen(this);
        return _readers.Read(read, cancel);
    }

    private Task<bool> Change(StoreWork work, CancellationToken cancel)
    {
        _state.ThrowUnlessOpen(this);
        return cancel.IsCancellationRequested ? Task.FromCanceled<bool>(cancel) : _writer.Add(work);
    }
}
