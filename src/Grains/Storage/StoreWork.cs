namespace Actors.Grains.Storage;

/// <summary>A change of a store that waits for its transaction. As a task, it ends when the transaction has.</summary>
/// <param name="grain">The grain whose row or reminder changes.</param>
/// <param name="cancel">Ends the wait of the caller.</param>
internal abstract class StoreWork(StoredKey grain, CancellationToken cancel) : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public StoredKey Grain => grain;

    /// <summary>What the condition of the change decided; it counts once the transaction is committed.</summary>
    public bool Decision { get; set; }

    /// <summary>The caller's wait: ends with the change, or earlier when the caller cancels.</summary>
    public Task<bool> Wait() => cancel.CanBeCanceled ? Task.WaitAsync(cancel) : Task;

    /// <summary>Drops the change if its caller waits no more. Only before it was begun.</summary>
    public bool DropIfCancelled() => cancel.IsCancellationRequested && TrySetCanceled(cancel);

    /// <summary>What the change is of, for messages.</summary>
    public override string ToString() => $"{StoredKey.Decode(grain.Kind)}/{StoredKey.Decode(grain.Key)}";
}

/// <summary>A conditional write of a grain's row.</summary>
internal sealed class WriteRow(StoredKey grain, GrainRow row, CancellationToken cancel) : StoreWork(grain, cancel)
{
    public GrainRow Row => row;
}

/// <summary>Adds or replaces a reminder.</summary>
internal sealed class SetReminder(StoredReminder reminder, CancellationToken cancel) : StoreWork(reminder.Grain, cancel)
{
    public StoredReminder Reminder => reminder;
}

/// <summary>Removes a reminder.</summary>
internal sealed class RemoveReminder(StoredKey grain, byte[] name, CancellationToken cancel) : StoreWork(grain, cancel)
{
    public byte[] Name => name;
}

/// <summary>Moves a reminder that has fired, or removes it, unless it was changed.</summary>
/// <param name="fired">The reminder as it was read.</param>
/// <param name="next">Milliseconds since the beginning of 1970; null removes it.</param>
/// <param name="cancel">Ends the wait of the caller.</param>
internal sealed class AdvanceReminder(StoredReminder fired, long? next, CancellationToken cancel) : StoreWork(fired.Grain, cancel)
{
    public StoredReminder Fired => fired;
    public long? Next => next;
}
