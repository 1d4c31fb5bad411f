using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The settings of a system, read once from its configuration.</summary>
public class Settings
{
    private readonly Config _userConfig;
    private Config _fallback;

    public Settings(ActorSystem system, Config config)
        : this(system, config, ActorSystemSetup.Empty)
    {
    }

    public Settings(ActorSystem system, Config config, ActorSystemSetup setup)
    {
        Setup = setup;
        System = system;
        _userConfig = config;
        _fallback = ConfigurationFactory.Default();
        Config = Over(config, _fallback);

        Home = Config.GetString("akka.home", "")!;
        ConfigVersion = Config.GetString("akka.version", "")!;
        ProviderSelectionType = ReadProvider(setup);
        ProviderClass = ProviderSelectionType.Fqn;
        SupervisorStrategyClass = Config.GetString("akka.actor.guardian-supervisor-strategy", "Akka.Actor.DefaultSupervisorStrategy")!;
        AskTimeout = Config.GetTimeSpan("akka.actor.ask-timeout", Timeout.InfiniteTimeSpan);
        CreationTimeout = Config.GetTimeSpan("akka.actor.creation-timeout", TimeSpan.FromSeconds(20));
        UnstartedPushTimeout = Config.GetTimeSpan("akka.actor.unstarted-push-timeout", TimeSpan.FromSeconds(10));
        EmitActorTelemetry = Config.GetBoolean("akka.actor.telemetry.enabled", false);
        DefaultVirtualNodesFactor = Config.GetInt("akka.actor.deployment.default.virtual-nodes-factor", 10);

        LogLevel = Config.GetString("akka.loglevel", "INFO")!;
        StdoutLogLevel = Config.GetString("akka.stdout-loglevel", "WARNING")!;
        Loggers = Config.GetStringList("akka.loggers");
        LoggersDispatcher = Config.GetString("akka.loggers-dispatcher", "akka.actor.default-dispatcher")!;
        LoggerStartTimeout = Config.GetTimeSpan("akka.logger-startup-timeout", TimeSpan.FromSeconds(5));
        LoggerAsyncStart = Config.GetBoolean("akka.logger-async-start", false);
        LogConfigOnStart = Config.GetBoolean("akka.log-config-on-start", false);
        LogDeadLetters = ReadLogDeadLetters();
        LogDeadLettersDuringShutdown = Config.GetBoolean("akka.log-dead-letters-during-shutdown", false);
        LogDeadLettersSuspendDuration = Config.GetTimeSpan("akka.log-dead-letters-suspend-duration", TimeSpan.FromMinutes(5));
        LogFilter = setup.Get<LogFilterSetup>() is { HasValue: true } filters ? filters.Value.CreateEvaluator() : LogFilterEvaluator.NoFilters;
        LogFormatter = TypeByName<ILogMessageFormatter>("akka.logger-formatter", DefaultLogMessageFormatter.Instance);
        StdoutLogger = TypeByName<MinimalLogger>("akka.stdout-logger-class", null) ?? new StandardOutLogger();
        StdoutLogger.Filter = LogFilter;

        AddLoggingReceive = Config.GetBoolean("akka.actor.debug.receive", false);
        DebugAutoReceive = Config.GetBoolean("akka.actor.debug.autoreceive", false);
        DebugLifecycle = Config.GetBoolean("akka.actor.debug.lifecycle", false);
        FsmDebugEvent = Config.GetBoolean("akka.actor.debug.fsm", false);
        DebugEventStream = Config.GetBoolean("akka.actor.debug.event-stream", false);
        DebugUnhandledMessage = Config.GetBoolean("akka.actor.debug.unhandled", false);
        DebugRouterMisconfiguration = Config.GetBoolean("akka.actor.debug.router-misconfiguration", false);
        DebugTimerScheduler = Config.GetBoolean("akka.actor.debug.timer-scheduler", false);

        SchedulerClass = Config.GetString("akka.scheduler.implementation", "Akka.Actor.HashedWheelTimerScheduler")!;
        SchedulerShutdownTimeout = Config.GetTimeSpan("akka.scheduler.shutdown-timeout", TimeSpan.FromSeconds(5));
        CoordinatedShutdownTerminateActorSystem = Config.GetBoolean("akka.coordinated-shutdown.terminate-actor-system", true);
        CoordinatedShutdownRunByActorSystemTerminate = Config.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate", true);
        if (CoordinatedShutdownRunByActorSystemTerminate && !CoordinatedShutdownTerminateActorSystem)
        {
            throw new ConfigurationException(
                "akka.coordinated-shutdown.run-by-actor-system-terminate=on and akka.coordinated-shutdown.terminate-actor-system=off is not a supported configuration combination.");
        }
    }

    public ActorSystem System { get; }

    public ActorSystemSetup Setup { get; }

    public Config Config { get; private set; }

    public string Home { get; }

    public string ConfigVersion { get; }

    public ProviderSelection ProviderSelectionType { get; }

    public string ProviderClass { get; }

    public string SupervisorStrategyClass { get; }

    public TimeSpan CreationTimeout { get; }

    public TimeSpan AskTimeout { get; }

    public TimeSpan UnstartedPushTimeout { get; }

    public bool EmitActorTelemetry { get; }

    public int DefaultVirtualNodesFactor { get; }

    public string LogLevel { get; }

    public string StdoutLogLevel { get; }

    public MinimalLogger StdoutLogger { get; }

    public IList<string> Loggers { get; }

    public string LoggersDispatcher { get; }

    public bool LoggerAsyncStart { get; }

    public TimeSpan LoggerStartTimeout { get; }

    public bool LogConfigOnStart { get; }

    /// <summary>How many dead letters are logged before logging pauses; <see cref="int.MaxValue"/> for all.</summary>
    public int LogDeadLetters { get; }

    public bool LogDeadLettersDuringShutdown { get; }

    public TimeSpan LogDeadLettersSuspendDuration { get; }

    public LogFilterEvaluator LogFilter { get; }

    public ILogMessageFormatter LogFormatter { get; }

    public bool AddLoggingReceive { get; }

    public bool DebugAutoReceive { get; }

    public bool DebugLifecycle { get; }

    public bool FsmDebugEvent { get; }

    public bool DebugEventStream { get; }

    public bool DebugUnhandledMessage { get; }

    public bool DebugRouterMisconfiguration { get; }

    public bool DebugTimerScheduler { get; }

    public string SchedulerClass { get; }

    public TimeSpan SchedulerShutdownTimeout { get; }

    public bool CoordinatedShutdownTerminateActorSystem { get; }

    public bool CoordinatedShutdownRunByActorSystemTerminate { get; }

    /// <summary>Puts a configuration behind the user's, before the defaults. Extensions bring their defaults this way.</summary>
    public void InjectTopLevelFallback(Config config)
    {
        _fallback = Over(config, _fallback);
        Config = Over(_userConfig, _fallback);
    }

    public override string ToString() => Config.ToString(true);

    /// <summary>Puts a fallback behind a configuration, unless it is there: the settings of another system bring the defaults along.</summary>
    private static Config Over(Config config, Config fallback)
    {
        for (var layer = config; layer is not null; layer = layer.Fallback)
        {
            if (ReferenceEquals(layer, fallback))
                return config;
        }

        return config.WithFallback(fallback);
    }

    private ProviderSelection ReadProvider(ActorSystemSetup setup)
    {
        if (setup.Get<BootstrapSetup>() is { HasValue: true } bootstrap && bootstrap.Value.ActorRefProvider.HasValue)
            return bootstrap.Value.ActorRefProvider.Value;
        var name = Config.GetString("akka.actor.provider", "local")!;
        return name is "local" || name.StartsWith("Akka.Actor.LocalActorRefProvider", StringComparison.Ordinal)
            ? ProviderSelection.Local.Instance
            : throw new ConfigurationException(
                $"akka.actor.provider is \"{name}\"; this runtime has the provider \"local\" only");
    }

    private int ReadLogDeadLetters()
    {
        var text = Config.GetString("akka.log-dead-letters", "10")!;
        return text.ToLowerInvariant() switch
        {
            "on" or "true" => int.MaxValue,
            "off" or "false" => 0,
            _ => Config.GetInt("akka.log-dead-letters", 10),
        };
    }

    private T TypeByName<T>(string key, T? otherwise)
        where T : class
    {
        var name = Config.GetString(key, "");
        if (string.IsNullOrEmpty(name))
            return otherwise!;
        var type = Type.GetType(name) ?? throw new ConfigurationException($"{key} [{name}] is not a type that can be found");
        if (type == typeof(DefaultLogMessageFormatter) && otherwise is not null)
            return otherwise;
        return Activator.CreateInstance(type) as T ?? throw new ConfigurationException($"{key} [{name}] is not a {typeof(T).Name}");
    }
}
