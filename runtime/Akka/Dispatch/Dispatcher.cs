namespace Akka.Dispatch;

/// <summary>Runs mailboxes on an executor that it shares with nobody, or on the thread pool.</summary>
public class Dispatcher : MessageDispatcher
{
    private readonly ExecutorServiceFactory _executors;
    private readonly Lock _gate = new();
    private volatile ExecutorService? _executor;

    public Dispatcher(
        MessageDispatcherConfigurator configurator,
        string id,
        int throughput,
        long? throughputDeadlineTime,
        ExecutorServiceFactory executorServiceFactory,
        TimeSpan shutdownTimeout)
        : base(configurator)
    {
        Id = id;
        Throughput = throughput;
        ThroughputDeadlineTime = throughputDeadlineTime;
        ShutdownTimeout = shutdownTimeout;
        _executors = executorServiceFactory;
    }

    protected override void ExecuteTask(IRunnable run)
    {
        while (true)
        {
            try
            {
                (_executor ?? StartExecutor()).Execute(run);
                return;
            }
            catch (RejectedExecutionException) when (_executor is null)
            {
                // The executor was shut down as idle just now; the next round starts a new one.
            }
        }
    }

    protected override void Shutdown()
    {
        ExecutorService? executor;
        lock (_gate)
        {
            executor = _executor;
            _executor = null;
        }

        executor?.Shutdown();
    }

    private ExecutorService StartExecutor()
    {
        lock (_gate)
            return _executor ??= _executors.Produce(Id);
    }
}

/// <summary>A dispatcher whose executor has one thread; each actor that asks for it gets its own.</summary>
public sealed class PinnedDispatcher : Dispatcher
{
    public PinnedDispatcher(
        MessageDispatcherConfigurator configurator,
        string id,
        int throughput,
        long? throughputDeadlineTime,
        ExecutorServiceFactory executorServiceFactory,
        TimeSpan shutdownTimeout)
        : base(configurator, id, throughput, throughputDeadlineTime, executorServiceFactory, shutdownTimeout)
    {
    }
}
