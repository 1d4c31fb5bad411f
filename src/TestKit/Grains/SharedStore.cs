using Actors.Grains.Storage;

namespace Actors.TestKit;

/// <summary>The view that one node has of the store of all: a node that ends does not close it.</summary>
internal sealed class SharedStore(IGrainStore store) : IGrainStore
{
    public Task OpenAsync(CancellationToken cancel) => Task.CompletedTask;

    public Task<GrainRow?> ReadAsync(string kind, string key, CancellationToken cancel) => store.ReadAsync(kind, key, cancel);

    public Task<bool> WriteAsync(string kind, string key, GrainRow row, CancellationToken cancel) => store.WriteAsync(kind, key, row, cancel);

    public Task SetReminderAsync(ReminderRow reminder, CancellationToken cancel) => store.SetReminderAsync(reminder, cancel);

    public Task<bool> RemoveReminderAsync(string kind, string key, string name, CancellationToken cancel) => store.RemoveReminderAsync(kind, key, name, cancel);

    public Task<IReadOnlyList<ReminderRow>> ReadRemindersAsync(string kind, string key, CancellationToken cancel) => store.ReadRemindersAsync(kind, key, cancel);

    public Task<IReadOnlyList<ReminderRow>> ReadDueAsync(int slice, DateTimeOffset until, int most, CancellationToken cancel) => store.ReadDueAsync(slice, until, most, cancel);

    public Task<bool> AdvanceReminderAsync(ReminderRow fired, DateTimeOffset? next, CancellationToken cancel) => store.AdvanceReminderAsync(fired, next, cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
