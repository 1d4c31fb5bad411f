using Akka.Actor;
using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Threads that run what they are given.</summary>
public abstract class ExecutorService
{
    protected ExecutorService(string id) => Id = id;

    public string Id { get; }

    /// <exception cref="RejectedExecutionException">The executor is shut down.</exception>
    public abstract void Execute(IRunnable run);

    public abstract void Shutdown();
}

public abstract class ExecutorServiceFactory
{
    public abstract ExecutorService Produce(string id);
}

public abstract class ExecutorServiceConfigurator : ExecutorServiceFactory
{
    protected ExecutorServiceConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    {
        Config = config;
        Prerequisites = prerequisites;
    }

    public Config Config { get; }

    public IDispatcherPrerequisites Prerequisites { get; }
}

public class RejectedExecutionException(string? message = null, Exception? inner = null) : AkkaException(message ?? "The executor is shut down.", inner);
