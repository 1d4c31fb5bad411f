namespace Actors.Grains.Storage;

/// <summary>A store that lives as long as this object, for tests and trials. The nodes of one process may share it.</summary>
/// <remarks>Unlike other stores, it may be opened more than once, and is still there when it was disposed of: a node that stops takes nothing along.</remarks>
public sealed class MemoryGrainStore : IGrainStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Kind, string Key), GrainRow> _rows = [];
    private readonly Dictionary<(string Kind, string Key, string Name), StoredReminder> _reminders = [];

    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancel) => cancel.IsCancellationRequested ? Task.FromCanceled(cancel) : Task.CompletedTask;

    /// <inheritdoc/>
    public Task<GrainRow?> ReadAsync(string kind, string key, CancellationToken cancel)
    {
        StoredKey.Of(kind, key);
        return Guarded(cancel, () => _rows.TryGetValue((kind, key), out var row) ? Copy(row) : null);
    }

    /// <inheritdoc/>
    public Task<bool> WriteAsync(string kind, string key, GrainRow row, CancellationToken cancel)
    {
        StoredKey.Of(kind, key);
        StoreArguments.Check(row);
        return Guarded(cancel, () =>
        {
            if ((_rows.TryGetValue((kind, key), out var found) ? found.Version : 0) != row.Version - 1) return false;
            _rows[(kind, key)] = Copy(row);
            return true;
        });
    }

    /// <inheritdoc/>
    public Task SetReminderAsync(ReminderRow reminder, CancellationToken cancel)
    {
        var stored = StoredReminder.Of(reminder);
        return Guarded(cancel, () => _reminders[(reminder.Kind, reminder.Key, reminder.Name)] = stored);
    }

    /// <inheritdoc/>
    public Task<bool> RemoveReminderAsync(string kind, string key, string name, CancellationToken cancel)
    {
        StoredKey.Of(kind, key);
        StoredKey.OfName(name);
        return Guarded(cancel, () => _reminders.Remove((kind, key, name)));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReminderRow>> ReadRemindersAsync(string kind, string key, CancellationToken cancel)
    {
        StoredKey.Of(kind, key);
        return Guarded<IReadOnlyList<ReminderRow>>(cancel, () =>
        [
            .. _reminders.Where(entry => entry.Key.Kind == kind && entry.Key.Key == key).Select(entry => entry.Value)
                .OrderBy(reminder => reminder.Name, Comparer<byte[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other)))
                .Select(ToRow),
        ]);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReminderRow>> ReadDueAsync(int slice, DateTimeOffset until, int most, CancellationToken cancel)
    {
        StoreArguments.CheckDue(slice, most);
        var last = StoredReminder.ToMilliseconds(until);
        return Guarded<IReadOnlyList<ReminderRow>>(cancel, () =>
            [.. _reminders.Values.Where(reminder => reminder.Slice == slice && reminder.Due <= last).OrderBy(reminder => reminder.Due).Take(most).Select(ToRow)]);
    }

    /// <inheritdoc/>
    public Task<bool> AdvanceReminderAsync(ReminderRow fired, DateTimeOffset? next, CancellationToken cancel)
    {
        var read = StoredReminder.Of(fired);
        var name = (fired.Kind, fired.Key, fired.Name);
        return Guarded(cancel, () =>
        {
            if (!_reminders.TryGetValue(name, out var found) || found.Due != read.Due || found.Period != read.Period) return false;
            if (next is { } due) _reminders[name] = found with { Due = StoredReminder.ToMilliseconds(due) };
            else _reminders.Remove(name);
            return true;
        });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<T> Guarded<T>(CancellationToken cancel, Func<T> work)
    {
        if (cancel.IsCancellationRequested) return Task.FromCanceled<T>(cancel);
        lock (_gate) return Task.FromResult(work());
    }

    // Callers may use their memory again.
    private static GrainRow Copy(GrainRow row) => new(row.Version, row.Body is { } body ? body.ToArray() : default(ReadOnlyMemory<byte>?), row.Calls.ToArray());

    private static ReminderRow ToRow(StoredReminder reminder) =>
        StoredReminder.ToRow(reminder.Grain.Kind, reminder.Grain.Key, reminder.Name, reminder.Due, reminder.Period);
}
