using Actors.Grains;
using Actors.Grains.Storage;
using Actors.TestKit;

namespace Grains.Tests.Runtime;

/// <summary>A store whose answers come later, on another thread, or not at all.</summary>
public sealed class SlowStore(IGrainStore store) : DelegatingGrainStore(store)
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

    public override Task<GrainRow?> ReadAsync(string kind, string key, CancellationToken cancel) => Later(() => base.ReadAsync(kind, key, cancel));

    public override Task<bool> WriteAsync(string kind, string key, GrainRow row, CancellationToken cancel) => Later(async () =>
    {
        IsAboutToWrite.TrySetResult();
        await MayWrite;
        return await base.WriteAsync(kind, key, row, cancel);
    });

    private async Task<T> Later<T>(Func<Task<T>> call)
    {
        await Task.Yield();
        WasAsked.TrySetResult();
        if (IsAway) throw new GrainStoreException("the store is away");
        return await call();
    }
}
