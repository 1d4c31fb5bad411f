namespace Actors.Zmtp;

public sealed partial class ZmqPoller
{
    /// <summary>One: tasks run on the poller's thread.</summary>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs an action on the poller's thread: at once when called there, soon otherwise.</summary>
    public void Run(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (!_running || CanExecuteTaskInline)
        {
            action();
        }
        else
        {
            new Task(action).Start(this);
        }
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _tasks.Enqueue(task);
        _waker.Set();
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
        => CanExecuteTaskInline && !taskWasPreviouslyQueued && TryExecuteTask(task);

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => _tasks.ToArray();
}
