namespace Actors.Zmtp.Polling;

/// <summary>Brings what follows an await in a handler back to the poller's thread.</summary>
internal sealed class PollerSynchronizationContext(ZmqPoller poller) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state)
        => Task.Factory.StartNew(() => d(state), CancellationToken.None, TaskCreationOptions.None, poller);

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (poller.CanExecuteTaskInline)
        {
            d(state);
        }
        else
        {
            Task.Factory.StartNew(() => d(state), CancellationToken.None, TaskCreationOptions.None, poller).GetAwaiter().GetResult();
        }
    }

    public override SynchronizationContext CreateCopy() => new PollerSynchronizationContext(poller);
}
