namespace Actors.Zmtp;

public sealed partial class ZmqPoller
{
    /// <summary>One: tasks run on the poller's thread.</summary>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs an action on the poller's thread: at once when called there or while the poller does not run, soon otherwise.</summary>
    /// <remarks>While the poller does not run the action is the caller's, and no run begins before it has ended.</remarks>
    /// <exception cref="ObjectDisposedException">The poller was disposed of.</exception>
    public void Run(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (CanExecuteTaskInline)
        {
            action();
            return;
        }

        lock (_gate)
        {
            CheckNotDisposed();
            if (_run is null)
            {
                action();
                return;
            }
        }

        new Task(action).Start(this);
    }

    /// <summary>Queues what follows an await; false when the poller is gone, and it never runs.</summary>
    internal bool TryQueue(Action action)
    {
        if (_disposed && !CanExecuteTaskInline)
        {
            return false;
        }

        try
        {
            new Task(action).Start(this);
            return true;
        }
        catch (TaskSchedulerException) when (_disposed)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        CheckNotDisposed();
        _tasks.Enqueue(task);
        _waker.Set();
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
        => CanExecuteTaskInline && !taskWasPreviouslyQueued && TryExecuteTask(task);

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => _tasks.ToArray();
}
