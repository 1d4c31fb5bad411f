namespace Actors.Zmtp.Sockets;

/// <summary>
/// A place where any number of threads and tasks wait for news of one socket. A waiter takes the edition first, then looks at
/// the socket, and waits for a later edition, so that no news is missed.
/// </summary>
internal sealed class NewsBoard : ISocketWatcher
{
    private readonly object _monitor = new();
    private readonly List<TaskCompletionSource> _tasks = [];
    private long _edition;
    private int _waiting;

    public long Edition => Volatile.Read(ref _edition);

    /// <summary>There are news: everybody who waits looks again. From any thread, and without the lock of a socket.</summary>
    public void SocketSignalled()
    {
        Interlocked.Increment(ref _edition);
        if (Volatile.Read(ref _waiting) == 0)
        {
            return;
        }

        TaskCompletionSource[] tasks;
        lock (_monitor)
        {
            Monitor.PulseAll(_monitor);
            tasks = [.. _tasks];
            _tasks.Clear();
        }

        foreach (TaskCompletionSource task in tasks)
        {
            task.TrySetResult();
        }
    }

    /// <summary>Waits for a later edition; false when the time was over first.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public bool Wait(long seen, in Deadline deadline, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static board => ((NewsBoard)board!).SocketSignalled(), this);
        Interlocked.Increment(ref _waiting);
        try
        {
            lock (_monitor)
            {
                while (Edition == seen)
                {
                    int left = deadline.LeftMilliseconds();
                    if (left == 0)
                    {
                        return false;
                    }

                    cancellationToken.ThrowIfCancellationRequested();
                    Monitor.Wait(_monitor, left);
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Waits for a later edition without holding up the thread.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async Task WaitAsync(long seen, CancellationToken cancellationToken)
    {
        TaskCompletionSource news = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Increment(ref _waiting);
        try
        {
            lock (_monitor)
            {
                if (Edition != seen)
                {
                    return;
                }

                _tasks.Add(news);
            }

            await news.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
            lock (_monitor)
            {
                _tasks.Remove(news);
            }
        }
    }
}
