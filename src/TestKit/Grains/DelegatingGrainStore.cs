using Actors.Grains.Storage;

namespace Actors.TestKit;

/// <summary>
/// A store that leaves all to another. A test overrides what is to fail, to wait or to be counted. The other is opened and closed by its
/// owner, so that several nodes can share it.
/// </summary>
public class DelegatingGrainStore(IGrainStore store) : IGrainStore
{
    /// <inheritdoc/>
    public virtual Task OpenAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task<GrainRow?> ReadAsync(string kind, string key, CancellationToken cancel) => store.ReadAsync(kind, key, cancel);

    /// <inheritdoc/>
    public virtual Task<bool> WriteAsync(string kind, string key, GrainRow row, CancellationToken cancel) => store.WriteAsync(kind, key, row, cancel);

    /// <inheritdoc/>
    public virtual Task SetReminderAsync(ReminderRow reminder, CancellationToken cancel) => store.SetReminderAsync(reminder, cancel);

    /// <inheritdoc/>
    public virtual Task<bool> RemoveReminderAsync(string kind, string key, string name, CancellationToken cancel) => store.RemoveReminderAsync(kind, key, name, cancel);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<ReminderRow>> ReadRemindersAsync(string kind, string key, CancellationToken cancel) => store.ReadRemindersAsync(kind, key, cancel);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<ReminderRow>> ReadDueAsync(int slice, DateTimeOffset until, int most, CancellationToken cancel) => store.ReadDueAsync(slice, until, most, cancel);

    /// <inheritdoc/>
    public virtual Task<bool> AdvanceReminderAsync(ReminderRow fired, DateTimeOffset? next, CancellationToken cancel) => store.AdvanceReminderAsync(fired, next, cancel);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
