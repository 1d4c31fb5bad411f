using Actors.Grains.Runtime;
using Actors.Grains.Storage;

namespace Actors.Grains.State;

/// <summary>What a call by id has asked of the state.</summary>
internal enum StateChange : byte
{
    None,
    Write,
    Clear,
}

/// <summary>The stored state of an activation, without its type. Used on the activation's turns only.</summary>
internal abstract class GrainState(Activation activation, IGrainStore store)
{
    /// <summary>The writes of a grain whose calls interleave take their turn.</summary>
    private Task _lastWrite = Task.CompletedTask;

    public long Version { get; private set; }

    public bool Exists { get; private set; }

    protected Activation Activation => activation;

    public async Task Load(CancellationToken cancel)
    {
        var row = await store.ReadAsync(activation.Id.Kind, activation.Key, cancel);
        Version = row?.Version ?? 0;
        Exists = row?.Body is not null;
        if (row is { Calls.Length: > 0 }) activation.Recall(row.Calls);
        Take(row?.Body);
    }

    /// <summary>Writes or clears the row, with the results of the calls by id so far.</summary>
    public Task Commit(StateChange change, ReadOnlyMemory<byte> calls, CancellationToken cancel = default) =>
        _lastWrite = _lastWrite.IsCompletedSuccessfully ? CommitNow(change, calls, cancel) : CommitBehind(_lastWrite, change, calls, cancel);

    /// <summary>The state as bytes.</summary>
    protected abstract ReadOnlyMemory<byte> Body();

    /// <summary>Takes the stored state; a new one for null.</summary>
    protected abstract void Take(ReadOnlyMemory<byte>? body);

    /// <summary>Does a change at once, or leaves it to the end of a call by id.</summary>
    protected Task Change(StateChange change, CancellationToken cancel)
    {
        activation.CheckNotFenced();
        if (Activation.CurrentCall is { } call && ReferenceEquals(call.Activation, activation) && !call.Id.IsNone)
        {
            call.StateChange = change;
            return Task.CompletedTask;
        }
        return Commit(change, activation.RecentResults(), cancel);
    }

    private async Task CommitBehind(Task before, StateChange change, ReadOnlyMemory<byte> calls, CancellationToken cancel)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await CommitNow(change, calls, cancel);
    }

    private async Task CommitNow(StateChange change, ReadOnlyMemory<byte> calls, CancellationToken cancel)
    {
        activation.CheckNotFenced();
        var row = new GrainRow(Version + 1, change == StateChange.Clear ? default(ReadOnlyMemory<byte>?) : Body(), calls);
        if (!await store.WriteAsync(activation.Id.Kind, activation.Key, row, cancel))
        {
            activation.Fence();
            activation.CheckNotFenced();
        }
        activation.HasWritten();
        Version = row.Version;
        Exists = row.Body is not null;
    }
}

/// <summary>The stored state of an activation.</summary>
internal sealed class GrainState<T>(Activation activation, IGrainStore store, IStateCodec<T> codec) : GrainState(activation, store), IState<T>
    where T : new()
{
    public T Value { get; set; } = new();

    public Task WriteAsync(CancellationToken cancel = default) => Change(StateChange.Write, cancel);

    public Task ReadAsync(CancellationToken cancel = default) => Load(cancel);

    public Task ClearAsync(CancellationToken cancel = default)
    {
        Value = new T();
        return Change(StateChange.Clear, cancel);
    }

    protected override ReadOnlyMemory<byte> Body() => codec.Write(Value);

    protected override void Take(ReadOnlyMemory<byte>? body) => Value = body is { } stored ? codec.Read(stored) : new T();
}
