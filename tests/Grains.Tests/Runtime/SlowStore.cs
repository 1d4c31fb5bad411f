using Actors.Grains;
using Actors.Grains.Storage;

namespace Grains.Tests.Runtime;

/// <summary>A store whose answers come later, on another thread, or not at all.</summary>
public sealed class SlowStore(IGrainStore store) : IGrainStore
{
    private volatile bool _isAway;

    public bool IsAway
    {
        get => _isAway;
        set => _isAway = value;
    }

    public TaskCompletionSource WasAsked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A write begins when this has ended.</summary>
    public Task MayWrite { get; set; } = Task.CompletedTask;

    public TaskCompletionSource IsAboutToWrite { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task OpenAsync(CancellationToken cancel) => Task.CompletedTask;

    public Task<GrainRow?> ReadAsync(string kind, string key, CancellationToken cancel) => Later(() => store.ReadAsync(kind, key, cancel));

    public Task<bool> WriteAsync(string kind, string key, GrainRow row, CancellationToken cancel) => Later(async () =>
    {
        IsAboutToWrite.TrySetResult();
        await MayWrite;
        return await store.WriteAsync(kind, key, row, cancel);
    });

    public Task SetReminderAsync(ReminderRow reminder, CancellationToken cancel) => store.SetReminderAsync(reminder, cancel);

    public Task<bool> RemoveReminderAsync(string kind, string key, string name, CancellationToken cancel) => store.RemoveReminderAsync(kind, key, name, cancel);

    public Task<IReadOnlyList<ReminderRow>> ReadRemindersAsync(string kind, string key, CancellationToken cancel) => store.ReadRemindersAsync(kind, key, cancel);

    public Task<IReadOnlyList<ReminderRow>> ReadDueAsync(int slice, DateTimeOffset until, int most, CancellationToken cancel) => store.ReadDueAsync(slice, until, most, cancel);

    public Task<bool> AdvanceReminderAsync(ReminderRow fired, DateTimeOffset? next, CancellationToken cancel) => store.AdvanceReminderAsync(fired, next, cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<T> Later<T>(Func<Task<T>> call)
    {
        await Task.Yield();
        WasAsked.TrySetResult();
        if (IsAway) throw new GrainStoreException("the store is away");
        return await call();
    }
}
