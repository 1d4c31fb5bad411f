using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Routing;

/// <summary>
/// Describes a router: which routing logic it uses, where its routees come from, and which dispatcher its head runs on.
/// Immutable; it may be shared by any number of routers and systems.
/// </summary>
public abstract class RouterConfig : ISurrogated, IEquatable<RouterConfig>
{
    private readonly string? _routerDispatcher;

    protected RouterConfig()
    {
    }

    protected RouterConfig(string? routerDispatcher)
    {
        _routerDispatcher = routerDispatcher;
    }

    /// <summary>The dispatcher of the router's head (not of its routees).</summary>
    public virtual string RouterDispatcher => _routerDispatcher ?? Dispatch.Dispatchers.DefaultDispatcherId;

    /// <summary>Whether the router stops itself when its last routee is gone.</summary>
    public virtual bool StopRouterWhenAllRouteesRemoved => true;

    public abstract Router CreateRouter(ActorSystem system);

    /// <summary>Creates the actor at the router's head; it handles the management messages, not the routed ones.</summary>
    public abstract ActorBase CreateRouterActor();

    /// <summary>
    /// Whether the message is for the router's head instead of its routees.
    /// </summary>
    public virtual bool IsManagementMessage(object message) =>
        message is IAutoReceivedMessage or RouterManagementMessage;

    /// <summary>An actor that controls the routing logic, created as a child of the head; none by default.</summary>
    public virtual Props? RoutingLogicController(RoutingLogic routingLogic) => null;

    /// <summary>Settings of <paramref name="routerConfig"/> apply where this one leaves them open.</summary>
    public virtual RouterConfig WithFallback(RouterConfig routerConfig) => this;

    /// <summary>Throws <see cref="ConfigurationException"/> if a router cannot be created at that path.</summary>
    public virtual void VerifyConfig(ActorPath path)
    {
    }

    public abstract ISurrogate ToSurrogate(ActorSystem system);

    public bool Equals(RouterConfig? other) =>
        other is not null
        && (ReferenceEquals(this, other) || (GetType() == other.GetType() && RouterDispatcher == other.RouterDispatcher));

    public override bool Equals(object? obj) => Equals(obj as RouterConfig);

    public override int GetHashCode() => HashCode.Combine(GetType(), _routerDispatcher);
}

/// <summary>Base of routers of one's own that are neither a pool nor a group.</summary>
public abstract class CustomRouterConfig : RouterConfig
{
    protected CustomRouterConfig()
    {
    }

    protected CustomRouterConfig(string? routerDispatcher)
        : base(routerDispatcher)
    {
    }

    public override ActorBase CreateRouterActor() => new RouterActor();
}

/// <summary>The configuration of an actor that is not a router.</summary>
public class NoRouter : RouterConfig
{
    protected NoRouter()
    {
    }

    public static NoRouter Instance { get; } = new();

    public override string RouterDispatcher =>
        throw new NotSupportedException("NoRouter has no dispatcher: it stands for the absence of a router.");

    public override Router CreateRouter(ActorSystem system) =>
        throw new NotSupportedException("NoRouter creates no router: it stands for the absence of a router.");

    public override ActorBase CreateRouterActor() =>
        throw new NotSupportedException("NoRouter creates no router actor: it stands for the absence of a router.");

    public override RouterConfig WithFallback(RouterConfig routerConfig) => routerConfig;

    public Props Props(Props routeeProps) => routeeProps.WithRouter(this);

    public override ISurrogate ToSurrogate(ActorSystem system) => new NoRouterSurrogate();

    public class NoRouterSurrogate : ISurrogate
    {
        public ISurrogated FromSurrogate(ActorSystem system) => Instance;
    }
}
