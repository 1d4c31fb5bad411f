using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor.Setup
{
    /// <summary>A part of what a system is started with, set in code.</summary>
    public abstract class Setup
    {
        public ActorSystemSetup And(Setup other) => ActorSystemSetup.Create(this, other);
    }

    /// <summary>The setups that a system is started with, one of each type.</summary>
    public sealed class ActorSystemSetup
    {
        public static readonly ActorSystemSetup Empty = new(System.Collections.Immutable.ImmutableDictionary<Type, Setup>.Empty);

        private readonly System.Collections.Immutable.ImmutableDictionary<Type, Setup> _setups;

        private ActorSystemSetup(System.Collections.Immutable.ImmutableDictionary<Type, Setup> setups) => _setups = setups;

        public static ActorSystemSetup Create(params Setup[] setup) =>
            new(Empty._setups.SetItems(setup.Select(static part => KeyValuePair.Create(part.GetType(), part))));

        public Option<T> Get<T>()
            where T : Setup => _setups.TryGetValue(typeof(T), out var setup) ? new Option<T>((T)setup) : Option<T>.None;

        public ActorSystemSetup WithSetup<T>(T setup)
            where T : Setup => new(_setups.SetItem(setup.GetType(), setup));

        public ActorSystemSetup And<T>(T setup)
            where T : Setup => WithSetup(setup);

        public override string ToString() => $"ActorSystemSetup({string.Join(", ", _setups.Keys.Select(static type => type.Name))})";
    }
}

namespace Akka.Actor
{
    /// <summary>Which provider makes a system's references.</summary>
    public abstract class ProviderSelection
    {
        private ProviderSelection(string fqn) => Fqn = fqn;

        internal string Fqn { get; }

        public sealed class Local : ProviderSelection
        {
            public static readonly Local Instance = new();

            private Local()
                : base("Akka.Actor.LocalActorRefProvider, Akka")
            {
            }
        }
    }

    /// <summary>The configuration and provider that a system is started with.</summary>
    public sealed class BootstrapSetup : Setup.Setup
    {
        internal BootstrapSetup()
            : this(Option<Config>.None, Option<ProviderSelection>.None)
        {
        }

        private BootstrapSetup(Option<Config> config, Option<ProviderSelection> provider)
        {
            Config = config;
            ActorRefProvider = provider;
        }

        public Option<Config> Config { get; }

        public Option<ProviderSelection> ActorRefProvider { get; }

        public static BootstrapSetup Create() => new();

        public BootstrapSetup WithConfig(Config config) => new(config, ActorRefProvider);

        /// <summary>Adds a configuration behind the one that is set.</summary>
        public BootstrapSetup WithConfigFallback(Config config) =>
            new(Config.HasValue ? Config.Value.WithFallback(config) : config, ActorRefProvider);

        public BootstrapSetup WithActorRefProvider(ProviderSelection name) => new(Config, name);
    }
}
