using Akka.Actor;
using Akka.Util;

namespace Akka.Routing;

/// <summary>
/// How messages to one reference are spread over several actors. The kernel asks only whether an actor has a router
/// at all: a configuration that is not <see cref="NoRouter"/> makes the provider create a router.
/// </summary>
public abstract class RouterConfig : ISurrogated, IEquatable<RouterConfig>
{
    private readonly string _routerDispatcher = Dispatch.Dispatchers.DefaultDispatcherId;

    protected RouterConfig()
    {
    }

    protected RouterConfig(string routerDispatcher) => _routerDispatcher = routerDispatcher;

    /// <summary>The dispatcher of the router itself.</summary>
    public virtual string RouterDispatcher => _routerDispatcher;

    public virtual bool StopRouterWhenAllRouteesRemoved => true;

    public abstract ActorBase CreateRouterActor();

    public abstract ISurrogate ToSurrogate(ActorSystem system);

    /// <summary>What this configuration leaves open is taken from the other.</summary>
    public virtual RouterConfig WithFallback(RouterConfig routerConfig) => this;

    /// <summary>Throws when the configuration cannot work at this path.</summary>
    public virtual void VerifyConfig(ActorPath path)
    {
    }

    public bool Equals(RouterConfig? other) =>
        ReferenceEquals(this, other) || (other is not null && GetType() == other.GetType() && RouterDispatcher == other.RouterDispatcher);

    public override bool Equals(object? obj) => Equals(obj as RouterConfig);

    public override int GetHashCode() => HashCode.Combine(GetType(), RouterDispatcher);
}

/// <summary>No router: the reference is the actor.</summary>
public class NoRouter : RouterConfig
{
    protected NoRouter()
    {
    }

    public static NoRouter Instance { get; } = new();

    public override string RouterDispatcher => throw new NotSupportedException("NoRouter has no dispatcher");

    public override ActorBase CreateRouterActor() => throw new NotSupportedException("NoRouter creates no router actor");

    public override RouterConfig WithFallback(RouterConfig routerConfig) => routerConfig;

    public override ISurrogate ToSurrogate(ActorSystem system) => new NoRouterSurrogate();

    public override int GetHashCode() => typeof(NoRouter).GetHashCode();

    public class NoRouterSurrogate : ISurrogate
    {
        public ISurrogated FromSurrogate(ActorSystem system) => Instance;
    }
}
