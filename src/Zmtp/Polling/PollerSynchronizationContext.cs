namespace Actors.Zmtp.Polling;

/// <summary>Brings what follows an await in a handler back to the poller's thread.</summary>
internal sealed class PollerSynchronizationContext(ZmqPoller poller) : SynchronizationContext
{
    /// <summary>
    /// When the poller is gone, what follows the await never runs: it belongs to the poller's thread and to no other. An exception
    /// here would end the process, since it rises on the thread that completed what was awaited.
    /// </summary>
    public override void Post(SendOrPostCallback d, object? state) => poller.TryQueue(() => d(state));

    /// <exception cref="ObjectDisposedException">The poller was disposed of before it came to the callback.</exception>
    public override void Send(SendOrPostCallback d, object? state)
    {
        if (poller.CanExecuteTaskInline)
        {
            d(state);
            return;
        }

        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool queued = poller.TryQueue(() =>
        {
            try
            {
                d(state);
                done.SetResult();
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        if (queued)
        {
            Task.WaitAny(done.Task, poller.Gone);
        }

        ObjectDisposedException.ThrowIf(!done.Task.IsCompleted, poller);
        done.Task.GetAwaiter().GetResult();
    }

    public override SynchronizationContext CreateCopy() => new PollerSynchronizationContext(poller);
}
