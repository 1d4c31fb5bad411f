using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>The dispatchers of a system by id, the path of their section in the configuration.</summary>
public sealed class Dispatchers
{
    public static readonly string DefaultDispatcherId = "akka.actor.default-dispatcher";
    public static readonly string DefaultBlockingDispatcherId = "akka.actor.default-blocking-io-dispatcher";
    public static readonly string SynchronizedDispatcherId = "akka.actor.synchronized-dispatcher";

    internal const string InternalDispatcherId = "akka.actor.internal-dispatcher";

    private const int MaxAliases = 20;

    private readonly ConcurrentDictionary<string, MessageDispatcherConfigurator> _configurators = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly ActorSystem _system;
    private readonly ILoggingAdapter _log;

    public Dispatchers(ActorSystem system, IDispatcherPrerequisites prerequisites, ILoggingAdapter logger)
    {
        _system = system;
        _log = logger;
        Prerequisites = prerequisites;
    }

    public IDispatcherPrerequisites Prerequisites { get; }

    public Config DefaultDispatcherConfig => SectionOf(DefaultDispatcherId);

    public MessageDispatcher DefaultGlobalDispatcher => Lookup(DefaultDispatcherId);

    private Config Config => _system.Settings.Config;

    /// <summary>The section of a dispatcher. A section that is a string is an alias: the id of another one.</summary>
    public static Config GetConfig(Config config, string id, int depth = 0)
    {
        if (depth > MaxAliases)
            throw new ConfigurationException($"Could not find a concrete dispatcher for [{id}] after following {MaxAliases} aliases");
        if (!config.HasPath(id))
            throw new ConfigurationException($"Dispatcher [{id}] is not configured");
        var value = config.GetValue(id)!;
        return value.IsString() && !value.IsObject()
            ? GetConfig(config, value.GetString()!, depth + 1)
            : ConfigurationFactory.ParseString($"id = \"{id}\"").WithFallback(config.GetConfig(id));
    }

    /// <summary>Whether <see cref="Lookup"/> would find a dispatcher.</summary>
    public bool HasDispatcher(string id) => _configurators.ContainsKey(id) || Config.HasPath(id);

    /// <exception cref="ConfigurationException">There is no such section, or it names a type that cannot be made.</exception>
    public MessageDispatcher Lookup(string dispatcherName) => LookupConfigurator(dispatcherName).Dispatcher();

    /// <summary>Adds a dispatcher from code. False when the id is taken.</summary>
    public bool RegisterConfigurator(string id, MessageDispatcherConfigurator configurator) => _configurators.TryAdd(id, configurator);

    private Config SectionOf(string id) => GetConfig(Config, id).WithFallback(Config.GetConfig(DefaultDispatcherId));

    private MessageDispatcherConfigurator LookupConfigurator(string id)
    {
        if (_configurators.TryGetValue(id, out var known))
            return known;
        lock (_gate)
        {
            // Under the lock, so that two first users of a dispatcher do not start its threads twice.
            if (_configurators.TryGetValue(id, out known))
                return known;
            var made = ConfiguratorFrom(id);
            _configurators[id] = made;
            return made;
        }
    }

    private MessageDispatcherConfigurator ConfiguratorFrom(string id)
    {
        if (!Config.HasPath(id))
            throw new ConfigurationException($"Dispatcher [{id}] not configured for path {id}");
        if (Config.GetValue(id) is { } value && value.IsString() && !value.IsObject())
        {
            _log.Debug("Dispatcher id [{0}] is an alias, actual dispatcher is [{1}]", id, value.GetString()!);
            return LookupConfigurator(value.GetString()!);
        }

        var section = SectionOf(id);
        var type = section.GetString("type", "");
        switch (type)
        {
            case "Dispatcher" or "TaskDispatcher" or "ChannelDispatcher":
                return new DispatcherConfigurator(section, Prerequisites);
            case "ForkJoinDispatcher":
                return new ForkJoinDispatcherConfigurator(section, Prerequisites);
            case "PinnedDispatcher":
                return new PinnedDispatcherConfigurator(section, Prerequisites);
            case "SynchronizedDispatcher":
                return new CurrentSynchronizationContextDispatcherConfigurator(section, Prerequisites);
            case null or "":
                throw new ConfigurationException($"Missing dispatcher `type` config value for dispatcher [{id}]");
        }

        var configurator = Type.GetType(type) ?? throw new ConfigurationException($"Could not resolve dispatcher type [{type}] for path [{id}]");
        if (!typeof(MessageDispatcherConfigurator).IsAssignableFrom(configurator))
            throw new ConfigurationException($"Type [{type}] of dispatcher [{id}] is not a MessageDispatcherConfigurator");
        if (configurator.GetConstructor([typeof(Config), typeof(IDispatcherPrerequisites)]) is not { } constructor)
            throw new ConfigurationException($"Type [{type}] of dispatcher [{id}] has no public constructor (Config, IDispatcherPrerequisites)");
        return (MessageDispatcherConfigurator)constructor.Invoke([section, Prerequisites]);
    }
}
