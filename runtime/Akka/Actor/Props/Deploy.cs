using Akka.Configuration;
using Akka.Routing;
using Akka.Util;

namespace Akka.Actor;

/// <summary>How an actor is deployed: its router, dispatcher, mailbox and stash, from code or from <c>akka.actor.deployment</c>.</summary>
public class Deploy : IEquatable<Deploy>, ISurrogated
{
    public static readonly string NoDispatcherGiven = string.Empty;
    public static readonly string NoMailboxGiven = string.Empty;
    public static readonly int NoStashSize = -1;
    public static readonly Scope NoScopeGiven = Actor.NoScopeGiven.Instance;
    public static readonly Deploy Local = new(Scope.Local);
    public static readonly Deploy None = new();

    public Deploy()
        : this(string.Empty, ConfigurationFactory.Empty, NoRouter.Instance, NoScopeGiven, NoDispatcherGiven)
    {
    }

    public Deploy(string path, Scope scope)
        : this(path, ConfigurationFactory.Empty, NoRouter.Instance, scope, NoDispatcherGiven)
    {
    }

    public Deploy(Scope scope)
        : this(string.Empty, scope)
    {
    }

    public Deploy(RouterConfig routerConfig)
        : this(routerConfig, NoScopeGiven)
    {
    }

    public Deploy(RouterConfig routerConfig, Scope scope)
        : this(string.Empty, ConfigurationFactory.Empty, routerConfig, scope, NoDispatcherGiven)
    {
    }

    public Deploy(string path, Config config, RouterConfig routerConfig, Scope scope, string dispatcher)
        : this(path, config, routerConfig, scope, dispatcher, NoMailboxGiven)
    {
    }

    public Deploy(string path, Config config, RouterConfig routerConfig, Scope scope, string dispatcher, string mailbox)
        : this(path, config, routerConfig, scope, dispatcher, mailbox, NoStashSize)
    {
    }

    public Deploy(string path, Config config, RouterConfig routerConfig, Scope scope, string dispatcher, string mailbox, int stashCapacity)
    {
        Path = path;
        Config = config;
        RouterConfig = routerConfig;
        Scope = scope;
        Dispatcher = dispatcher ?? NoDispatcherGiven;
        Mailbox = mailbox ?? NoMailboxGiven;
        StashCapacity = stashCapacity;
    }

    public string Path { get; }

    public Config Config { get; }

    public RouterConfig RouterConfig { get; }

    public Scope Scope { get; }

    public string Dispatcher { get; }

    public string Mailbox { get; }

    /// <summary>How many messages the actor may stash; <see cref="NoStashSize"/> when nothing is said.</summary>
    public int StashCapacity { get; }

    /// <summary>What this deployment leaves open is taken from the other.</summary>
    public virtual Deploy WithFallback(Deploy other) => new(
        Path,
        ReferenceEquals(Config, other.Config) ? Config : Config.WithFallback(other.Config),
        RouterConfig.WithFallback(other.RouterConfig),
        Scope.WithFallback(other.Scope),
        Dispatcher == NoDispatcherGiven ? other.Dispatcher : Dispatcher,
        Mailbox == NoMailboxGiven ? other.Mailbox : Mailbox,
        StashCapacity == NoStashSize ? other.StashCapacity : StashCapacity);

    public virtual Deploy WithScope(Scope scope) => new(Path, Config, RouterConfig, scope, Dispatcher, Mailbox, StashCapacity);

    public virtual Deploy WithMailbox(string mailbox) => new(Path, Config, RouterConfig, Scope, Dispatcher, mailbox, StashCapacity);

    public virtual Deploy WithDispatcher(string dispatcher) => new(Path, Config, RouterConfig, Scope, dispatcher, Mailbox, StashCapacity);

    public virtual Deploy WithRouterConfig(RouterConfig routerConfig) => new(Path, Config, routerConfig, Scope, Dispatcher, Mailbox, StashCapacity);

    public virtual Deploy WithStashCapacity(int stashSize) => new(Path, Config, RouterConfig, Scope, Dispatcher, Mailbox, stashSize);

    public bool Equals(Deploy? other) =>
        ReferenceEquals(this, other) ||
        (other is not null && Path == other.Path && Dispatcher == other.Dispatcher && Mailbox == other.Mailbox &&
         StashCapacity == other.StashCapacity && Equals(RouterConfig, other.RouterConfig) && Equals(Scope, other.Scope) &&
         (ReferenceEquals(Config, other.Config) || Config.ToString() == other.Config.ToString()));

    public override bool Equals(object? obj) => Equals(obj as Deploy);

    public override int GetHashCode() => HashCode.Combine(Path, Dispatcher, Mailbox, StashCapacity);

    public ISurrogate ToSurrogate(ActorSystem system) => new DeploySurrogate
    {
        Path = Path,
        Config = Config,
        RouterConfig = RouterConfig,
        Scope = Scope,
        Dispatcher = Dispatcher,
        Mailbox = Mailbox,
        StashCapacity = StashCapacity,
    };

    public class DeploySurrogate : ISurrogate
    {
        public string Path { get; set; } = null!;

        public Config Config { get; set; } = null!;

        public RouterConfig RouterConfig { get; set; } = null!;

        public Scope Scope { get; set; } = null!;

        public string Dispatcher { get; set; } = null!;

        public string Mailbox { get; set; } = null!;

        public int StashCapacity { get; set; } = NoStashSize;

        public ISurrogated FromSurrogate(ActorSystem system) =>
            new Deploy(Path, Config, RouterConfig, Scope, Dispatcher, Mailbox, StashCapacity);
    }
}
