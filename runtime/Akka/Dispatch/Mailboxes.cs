using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Dispatch;

/// <summary>The mailbox types of a system by id, the path of their section in the configuration.</summary>
public class Mailboxes
{
    public static readonly string DefaultMailboxId = "akka.actor.default-mailbox";
    public static readonly string NoMailboxRequirement = "";

    private readonly ActorSystem _system;
    private readonly ConcurrentDictionary<string, MailboxType> _types = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Type, Type?> _requirements = new();
    private readonly ConcurrentDictionary<MessageDispatcher, bool> _runningDispatchers = new();
    private readonly Lazy<Dictionary<Type, string>> _bindings;

    public Mailboxes(ActorSystem system)
    {
        _system = system;
        _bindings = new Lazy<Dictionary<Type, string>>(ReadBindings);
        DeadLetterMailbox = new DeadLetterMailbox(system.DeadLetters);
    }

    public DeadLetterMailbox DeadLetterMailbox { get; }

    private Config Config => _system.Settings.Config;

    /// <summary>Whether an actor class asks for a kind of queue.</summary>
    public bool HasRequiredType(Type actorType) => Requirement(actorType) is not null;

    /// <summary>The kind of queue that an actor class asks for by <see cref="IRequiresMessageQueue{T}"/>, or null.</summary>
    public Type GetRequiredType(Type actorType) => Requirement(actorType)!;

    public bool ProducesMessageQueue(Type mailboxType) => ProducedQueue(mailboxType) is not null;

    /// <exception cref="ConfigurationException">There is no such section, or it names a type that cannot be made.</exception>
    public MailboxType Lookup(string id) => _types.GetOrAdd(id, Create);

    /// <summary>The mailbox that <c>akka.actor.mailbox.requirements</c> binds to a kind of queue.</summary>
    public MailboxType LookupByQueueType(Type queueType)
    {
        if (_bindings.Value.TryGetValue(queueType, out var id))
            return Lookup(id);
        throw new ConfigurationException($"akka.actor.mailbox.requirements binds no mailbox to the queue type [{queueType}]");
    }

    /// <summary>The mailbox for an actor: what its deployment names, else its dispatcher, else its class, else the default.</summary>
    public MailboxType GetMailboxType(Props props, Config dispatcherConfig)
    {
        dispatcherConfig ??= ConfigurationFactory.Empty;
        var actorRequirement = props.Type is null ? null : Requirement(props.Type);
        var named = props.Deploy.Mailbox;
        if (!string.IsNullOrEmpty(named) && named != DefaultMailboxId)
            return Verified(Lookup(named), actorRequirement, props, dispatcherConfig);
        var ofDispatcher = dispatcherConfig.GetString("mailbox-type", "");
        if (!string.IsNullOrEmpty(ofDispatcher))
        {
            var id = dispatcherConfig.GetString("id", "")!;
            var type = _types.GetOrAdd(id + "\n" + ofDispatcher, _ => FromSection(id, dispatcherConfig));
            return Verified(type, actorRequirement, props, dispatcherConfig);
        }

        if (DispatcherRequirement(dispatcherConfig) is { } dispatcherRequirement)
        {
            return Verified(LookupByQueueType(dispatcherRequirement), actorRequirement, props, dispatcherConfig);
        }

        return actorRequirement is null ? Lookup(DefaultMailboxId) : LookupByQueueType(actorRequirement);
    }

    /// <summary>How many messages an actor may stash; -1 for no limit.</summary>
    public int StashCapacity(string dispatcher, string mailbox)
    {
        foreach (var id in new[] { mailbox, dispatcher, DefaultMailboxId })
        {
            if (!string.IsNullOrEmpty(id) && Config.HasPath(id + ".stash-capacity"))
                return Config.GetInt(id + ".stash-capacity", -1);
        }

        return -1;
    }

    internal void DispatcherStarted(MessageDispatcher dispatcher) => _runningDispatchers[dispatcher] = true;

    internal void DispatcherShutDown(MessageDispatcher dispatcher) => _runningDispatchers.TryRemove(dispatcher, out _);

    internal void ShutdownDispatchers()
    {
        foreach (var dispatcher in _runningDispatchers.Keys)
            dispatcher.ShutdownAtSystemEnd();
    }

    private static Type? ProducedQueue(Type mailboxType)
    {
        foreach (var candidate in mailboxType.GetInterfaces())
        {
            if (candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IProducesMessageQueue<>))
                return candidate.GetGenericArguments()[0];
        }

        return null;
    }

    private static MailboxType Verified(MailboxType mailbox, Type? actorRequirement, Props props, Config dispatcherConfig)
    {
        var produced = ProducedQueue(mailbox.GetType());
        if (actorRequirement is not null && produced is not null && !actorRequirement.IsAssignableFrom(produced))
        {
            throw new ConfigurationException(
                $"Actor [{props.Type}] requires a mailbox with queue [{actorRequirement}], and [{mailbox.GetType()}] makes [{produced}]");
        }

        if (DispatcherRequirement(dispatcherConfig) is { } wanted && produced is not null && !wanted.IsAssignableFrom(produced))
        {
            throw new ConfigurationException(
                $"Dispatcher [{dispatcherConfig.GetString("id", "?")}] requires a mailbox with queue [{wanted}], and [{mailbox.GetType()}] makes [{produced}]");
        }

        return mailbox;
    }

    private static Type? DispatcherRequirement(Config dispatcherConfig)
    {
        var name = dispatcherConfig.GetString("mailbox-requirement", NoMailboxRequirement);
        return string.IsNullOrEmpty(name)
            ? null
            : Type.GetType(name) ?? throw new ConfigurationException(
                $"mailbox-requirement [{name}] of dispatcher [{dispatcherConfig.GetString("id", "?")}] is not a type that can be found");
    }

    private Type? Requirement(Type actorType) => _requirements.GetOrAdd(actorType, static type =>
    {
        foreach (var candidate in type.GetInterfaces())
        {
            if (candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IRequiresMessageQueue<>))
                return candidate.GetGenericArguments()[0];
        }

        return null;
    });

    private MailboxType Create(string id)
    {
        if (!Config.HasPath(id))
            throw new ConfigurationException($"Mailbox Type [{id}] not configured");
        return FromSection(id, Config.GetConfig(id)!);
    }

    private MailboxType FromSection(string id, Config section)
    {
        section = section.WithFallback(Config.GetConfig(DefaultMailboxId));
        var name = section.GetString("mailbox-type", "");
        if (string.IsNullOrEmpty(name))
            throw new ConfigurationException($"The setting mailbox-type, defined in [{id}] is empty");
        var type = Type.GetType(name) ?? throw new ConfigurationException($"Found mailbox-type [{name}] in configuration for [{id}], but could not find that type");
        if (!type.Implements<MailboxType>())
            throw new ConfigurationException($"mailbox-type [{name}] of [{id}] is not a MailboxType");
        if (type.GetConstructor([typeof(Settings), typeof(Config)]) is not { } constructor)
            throw new ConfigurationException($"mailbox-type [{name}] of [{id}] has no public constructor (Settings, Config)");
        try
        {
            return (MailboxType)constructor.Invoke([_system.Settings, section]);
        }
        catch (System.Reflection.TargetInvocationException failure)
        {
            throw new ConfigurationException($"Mailbox [{id}] of type [{name}] cannot be made: {failure.InnerException!.Message}", failure.InnerException);
        }
    }

    private Dictionary<Type, string> ReadBindings()
    {
        var bindings = new Dictionary<Type, string>();
        var section = Config.GetConfig("akka.actor.mailbox.requirements");
        if (section is null || section.IsEmpty)
            return bindings;
        foreach (var (key, value) in section.AsEnumerable())
        {
            var name = key.Trim('"');
            var queue = Type.GetType(name) ?? throw new ConfigurationException(
                $"akka.actor.mailbox.requirements: [{name}] is not a type that can be found");
            bindings[queue] = value.GetString()!;
        }

        return bindings;
    }
}
