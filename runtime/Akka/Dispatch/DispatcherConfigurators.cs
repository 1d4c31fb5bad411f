using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>What a dispatcher may use of its system.</summary>
public interface IDispatcherPrerequisites
{
    EventStream EventStream { get; }

    IScheduler Scheduler { get; }

    Settings Settings { get; }

    Mailboxes Mailboxes { get; }
}

public sealed class DefaultDispatcherPrerequisites(EventStream eventStream, IScheduler scheduler, Settings settings, Mailboxes mailboxes)
    : IDispatcherPrerequisites
{
    public EventStream EventStream { get; } = eventStream;

    public IScheduler Scheduler { get; } = scheduler;

    public Settings Settings { get; } = settings;

    public Mailboxes Mailboxes { get; } = mailboxes;
}

/// <summary>
/// Makes the dispatcher that a section of the configuration describes. A type named in <c>type</c> needs a public
/// constructor <c>(Config config, IDispatcherPrerequisites prerequisites)</c>.
/// </summary>
public abstract class MessageDispatcherConfigurator
{
    protected MessageDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    {
        Config = config;
        Prerequisites = prerequisites;
    }

    public Config Config { get; }

    public IDispatcherPrerequisites Prerequisites { get; }

    /// <summary>The dispatcher: the same each time, or one for each actor.</summary>
    public abstract MessageDispatcher Dispatcher();

    /// <summary>The executor that the section names in <c>executor</c>.</summary>
    protected ExecutorServiceConfigurator ConfigureExecutor()
    {
        var executor = Config.GetString("executor", "default-executor");
        switch (executor)
        {
            case null or "":
            case "default-executor":
            case "thread-pool-executor":
            case "channel-executor":
            case "task-executor":
                return new ThreadPoolExecutorConfigurator(Config, Prerequisites);
            case "fork-join-executor":
                return new ForkJoinExecutorConfigurator(Config, Prerequisites);
            default:
                var type = Type.GetType(executor) ?? throw new ConfigurationException(
                    $"executor \"{executor}\" of dispatcher [{Config.GetString("id", "?")}] is not a known executor, and no type of that name is found");
                return (ExecutorServiceConfigurator)Activator.CreateInstance(type, Config, Prerequisites)!;
        }
    }

    private protected Dispatcher NewDispatcher(ExecutorServiceFactory executors) => new(
        this,
        Config.GetString("id", "")!,
        Config.GetInt("throughput", MessageDispatcher.DefaultThroughput),
        Config.GetTimeSpan("throughput-deadline-time", TimeSpan.Zero, true).Ticks,
        executors,
        Config.GetTimeSpan("shutdown-timeout", TimeSpan.FromSeconds(1), false));
}

/// <summary><c>type = Dispatcher</c>, and the names that mean the same: all actors share one dispatcher.</summary>
public sealed class DispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly Dispatcher _instance;

    public DispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) => _instance = NewDispatcher(ConfigureExecutor());

    public override MessageDispatcher Dispatcher() => _instance;
}

/// <summary><c>type = ForkJoinDispatcher</c>: one dispatcher on threads of its own.</summary>
internal sealed class ForkJoinDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly Dispatcher _instance;

    public ForkJoinDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) => _instance = NewDispatcher(new ForkJoinExecutorConfigurator(config, prerequisites));

    public override MessageDispatcher Dispatcher() => _instance;
}

/// <summary><c>type = PinnedDispatcher</c>: a thread for each actor.</summary>
internal sealed class PinnedDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    : MessageDispatcherConfigurator(config, prerequisites)
{
    public override MessageDispatcher Dispatcher() => new PinnedDispatcher(
        this,
        Config.GetString("id", "")!,
        Config.GetInt("throughput", MessageDispatcher.DefaultThroughput),
        Config.GetTimeSpan("throughput-deadline-time", TimeSpan.Zero, true).Ticks,
        new SingleThreadExecutorConfigurator(Config, Prerequisites),
        Config.GetTimeSpan("shutdown-timeout", TimeSpan.FromSeconds(1), false));
}
