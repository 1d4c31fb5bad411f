namespace Actors.Zmtp.Polling;

/// <summary>One run of a poller, from its begin to its end; a stop that belongs to it reaches no later one.</summary>
internal sealed class PollerRun(Thread thread)
{
    private readonly ManualResetEventSlim _ended = new(false, 0);
    private volatile bool _stopping;

    /// <summary>The thread on which the poller runs.</summary>
    public Thread Thread => thread;

    /// <summary>The run ends after the handler that is running.</summary>
    public bool IsStopping => _stopping;

    public void Stop() => _stopping = true;

    public void End() => _ended.Set();

    /// <summary>Waits for the end, which the poller's own thread cannot.</summary>
    public void Wait()
    {
        if (!ReferenceEquals(thread, Thread.CurrentThread))
        {
            _ended.Wait();
        }
    }
}
