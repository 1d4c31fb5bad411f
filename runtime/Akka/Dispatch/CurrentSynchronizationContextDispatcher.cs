using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Runs mailboxes on the synchronization context of the thread that first looked the dispatcher up.</summary>
public sealed class CurrentSynchronizationContextDispatcher : Dispatcher
{
    public CurrentSynchronizationContextDispatcher(
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

/// <summary><c>type = SynchronizedDispatcher</c>.</summary>
internal sealed class CurrentSynchronizationContextDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly Dispatcher _instance;

    public CurrentSynchronizationContextDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites)
    {
        var context = SynchronizationContext.Current ?? throw new ConfigurationException(
            $"Dispatcher [{config.GetString("id", "?")}] runs actors on the current synchronization context, and this thread has none");
        _instance = new CurrentSynchronizationContextDispatcher(
            this,
            config.GetString("id", "")!,
            config.GetInt("throughput", MessageDispatcher.DefaultThroughput),
            config.GetTimeSpan("throughput-deadline-time", TimeSpan.Zero, true).Ticks,
            new ContextExecutorFactory(context),
            config.GetTimeSpan("shutdown-timeout", TimeSpan.FromSeconds(1), false));
    }

    public override MessageDispatcher Dispatcher() => _instance;

    private sealed class ContextExecutorFactory(SynchronizationContext context) : ExecutorServiceFactory
    {
        public override ExecutorService Produce(string id) => new ContextExecutor(id, context);
    }

    private sealed class ContextExecutor(string id, SynchronizationContext context) : ExecutorService(id)
    {
        public override void Execute(IRunnable run) => context.Post(static run => ((IRunnable)run!).Run(), run);

        public override void Shutdown()
        {
        }
    }
}
