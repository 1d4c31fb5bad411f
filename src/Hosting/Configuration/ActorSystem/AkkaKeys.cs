using System.Globalization;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Actors.Hosting.Configuration;

/// <summary>
/// The keys that Akka knows, as a tree: those of its own default configuration, which this Akka carries, with the types that
/// their defaults show. What a default does not show stands in this file.
/// </summary>
internal static class AkkaKeys
{
    private static readonly Dictionary<string, KeyType> s_types = new(StringComparer.Ordinal)
    {
        ["akka.loglevel"] = AkkaTypes.LogLevel,
        ["akka.stdout-loglevel"] = AkkaTypes.LogLevel,
        ["akka.log-dead-letters"] = AkkaTypes.SwitchOrCount,
        ["akka.log-dead-letters-suspend-duration"] = AkkaTypes.DurationOrInfinite,
        ["akka.loggers"] = AkkaTypes.Loggers,
        ["akka.extensions"] = AkkaTypes.Extensions,
        ["akka.version"] = AkkaTypes.Text,
        ["akka.logger-startup-timeout"] = AkkaTypes.Duration,
        ["akka.actor.provider"] = AkkaTypes.WordsOrClass("local"),
        ["akka.actor.reaper-interval"] = AkkaTypes.Duration,
        ["akka.actor.typed.timeout"] = AkkaTypes.Duration,
        ["akka.actor.deployment.default.stash-capacity"] = AkkaTypes.Count(-1),
        ["akka.actor.default-mailbox.stash-capacity"] = AkkaTypes.Count(-1),
        ["akka.actor.serialization-settings.json.pooled-string-builder-minsize"] = AkkaTypes.Count(0),
        ["akka.io.tcp.batch-accept-limit"] = AkkaTypes.CountOrWord,
        ["akka.io.tcp.selector-association-retries"] = AkkaTypes.Count(0),
        ["akka.io.tcp.finish-connect-retries"] = AkkaTypes.Count(0),
        ["akka.io.udp.received-message-size-limit"] = AkkaTypes.SizeOrUnlimited,
        ["akka.io.udp.selector-association-retries"] = AkkaTypes.Count(0),
        ["akka.io.udp-connected.received-message-size-limit"] = AkkaTypes.SizeOrUnlimited,
        ["akka.io.udp-connected.selector-association-retries"] = AkkaTypes.Count(0),
        ["akka.reliable-delivery.producer-controller.durable-queue.retry-attempts"] = AkkaTypes.Count(0),
    };

    // Of dispatchers and mailboxes, wherever they stand.
    private static readonly Dictionary<string, KeyType> s_dispatcherTypes = new(StringComparer.Ordinal)
    {
        ["type"] = AkkaTypes.WordsOrClass("Dispatcher", "TaskDispatcher", "PinnedDispatcher", "ForkJoinDispatcher", "SynchronizedDispatcher"),
        ["executor"] = AkkaTypes.WordsOrClass("default-executor", "thread-pool-executor", "fork-join-executor", "current-context-executor", "task-executor", "channel-executor"),
        ["mailbox-type"] = AkkaTypes.Class,
        ["mailbox-capacity"] = AkkaTypes.Count(1),
        ["mailbox-push-timeout-time"] = AkkaTypes.DurationOrZero,
        ["stash-capacity"] = AkkaTypes.Count(-1),
        ["throughput-deadline-time"] = AkkaTypes.DurationOrZero,
    };

    /// <summary>The section <c>akka</c>.</summary>
    public static AkkaKey Root { get; } = Make();

    /// <summary>The sections of modules. Only their keys are known: what a value has to be is found by starting a system.</summary>
    /// <param name="defaults">Their default configuration.</param>
    public static IReadOnlyDictionary<string, AkkaKey> Modules(Config defaults)
    {
        var known = Names(defaults.Root.GetObject().GetKey("akka"));
        foreach (var own in Root.Below.Keys) known.Below.Remove(own);
        return known.Below;
    }

    private static AkkaKey Names(HoconValue value)
    {
        // What has no keys by default has those that users choose.
        if (!value.IsObject() || value.GetObject().Items.Count == 0) return new AkkaKey(AkkaTypes.Any);
        var key = new AkkaKey();
        foreach (var (name, below) in value.GetObject().Items) key.Below[name] = Names(below);
        return key;
    }

    private static AkkaKey Make()
    {
        var root = Read("akka", ConfigurationFactory.Default().Root.GetObject().GetKey("akka"));
        var actor = root.Below["actor"];
        var dispatchers = actor.Below.Values.Where(key => IsDispatcher(key)).ToList();
        var dispatcher = new AkkaKey();
        foreach (var known in dispatchers) dispatcher.TakeKeysOf(known);
        dispatcher.Add(s_dispatcherTypes);
        dispatcher.Below["dedicated-thread-pool"] = new AkkaKey().Add(new Dictionary<string, KeyType>
        {
            ["thread-count"] = AkkaTypes.Count(1),
            ["threadtype"] = AkkaTypes.Words(ignoreCase: false, "background", "foreground"),
            ["deadlock-timeout"] = AkkaTypes.Duration,
        });
        dispatcher.Below["channel-executor"] = new AkkaKey().Add(new Dictionary<string, KeyType> { ["priority"] = AkkaTypes.Words(ignoreCase: true, "low", "normal", "high") });
        foreach (var known in dispatchers) known.TakeKeysOf(dispatcher);
        root.Below["io"].Below["pinned-dispatcher"].TakeKeysOf(dispatcher);
        actor.AnySection = dispatcher;

        var mailbox = actor.Below["mailbox"];
        mailbox.Any = dispatcher;
        mailbox.Below["requirements"].Any = new AkkaKey(AkkaTypes.Text);

        var deployment = actor.Below["deployment"];
        deployment.Any = deployment.Below["default"];
        deployment.Any.IsOpen = true;

        actor.Below["serializers"].Any = new AkkaKey(AkkaTypes.Class);
        actor.Below["serialization-bindings"].Any = new AkkaKey(AkkaTypes.Text);
        actor.Below["serialization-identifiers"].Any = new AkkaKey(AkkaTypes.Count(int.MinValue));
        actor.Below["serialization-settings"].AnySection = new AkkaKey { IsOpen = true };
        actor.Below["serialization-settings"].Below["json"].IsOpen = true;
        actor.Below["router"].Below["type-mapping"].Any = new AkkaKey(AkkaTypes.Class);
        foreach (var known in actor.Below["router"].Below["type-mapping"].Below.Keys.ToList()) actor.Below["router"].Below["type-mapping"].Below[known] = new AkkaKey(AkkaTypes.Text);

        var phases = root.Below["coordinated-shutdown"].Below["phases"];
        var phase = new AkkaKey().Add(new Dictionary<string, KeyType>
        {
            ["timeout"] = AkkaTypes.Duration,
            ["depends-on"] = AkkaTypes.Texts,
            ["recover"] = AkkaTypes.Switch,
            ["enabled"] = AkkaTypes.Switch,
        });
        foreach (var known in phases.Below.Values) known.TakeKeysOf(phase);
        phases.Any = phase;
        return root;
    }

    private static bool IsDispatcher(AkkaKey key) => s_dispatcherTypes.Keys.Take(3).Any(key.Below.ContainsKey) && !key.Below.ContainsKey("router");

    private static AkkaKey Read(string path, HoconValue value)
    {
        if (!value.IsObject()) return new AkkaKey(s_types.GetValueOrDefault(path) ?? TypeOf(path, value));
        var key = new AkkaKey();
        foreach (var (name, below) in value.GetObject().Items) key.Below[name] = Read($"{path}.{name}", below);
        return key;
    }

    /// <summary>The type of a default.</summary>
    private static KeyType TypeOf(string path, HoconValue value)
    {
        if (value.IsArray()) return AkkaTypes.Texts;
        var text = value.GetString() ?? "";
        if (text is "on" or "off" or "true" or "false") return AkkaTypes.Switch;
        if (text == "infinite") return AkkaTypes.DurationOrInfinite;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            return path.EndsWith("-factor", StringComparison.Ordinal) && !path.EndsWith("nodes-factor", StringComparison.Ordinal) || path.EndsWith("-rate", StringComparison.Ordinal) || path.EndsWith("-threshold", StringComparison.Ordinal)
                ? AkkaTypes.Number
                : AkkaTypes.Count(path.EndsWith("-bound", StringComparison.Ordinal) || path.Contains(".initial-", StringComparison.Ordinal) ? 0 : 1);
        }
        if (text.Length > 0 && char.IsDigit(text[0])) return text.EndsWith('k') ? AkkaTypes.Size : text.StartsWith('0') ? AkkaTypes.DurationOrZero : AkkaTypes.Duration;
        return text.Contains('.', StringComparison.Ordinal) && AkkaTypes.Find(text) is not null ? AkkaTypes.Class : AkkaTypes.Text;
    }
}

/// <summary>A key that Akka knows: a value of a type, or a section with further keys.</summary>
internal sealed class AkkaKey(KeyType? type = null)
{
    /// <summary>What a value must be; null for a section.</summary>
    public KeyType? Type => type;

    /// <summary>The keys of a section.</summary>
    public Dictionary<string, AkkaKey> Below { get; } = new(StringComparer.Ordinal);

    /// <summary>Keys of names that users choose; null where there are none.</summary>
    public AkkaKey? Any { get; set; }

    /// <summary>Sections of names that users choose; null where there are none.</summary>
    public AkkaKey? AnySection { get; set; }

    /// <summary>Whether extensions read further keys here.</summary>
    public bool IsOpen { get; set; }

    public AkkaKey Add(IReadOnlyDictionary<string, KeyType> types)
    {
        foreach (var (name, one) in types) Below[name] = new AkkaKey(one);
        return this;
    }

    /// <summary>Adds the keys of another section, which win over those that are here.</summary>
    public void TakeKeysOf(AkkaKey other)
    {
        foreach (var (name, key) in other.Below) Below[name] = key;
    }
}
