using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace Akka.Routing;

/// <summary>
/// A router that creates its routees as children and supervises them. A routee that terminates is removed; unless the
/// pool has a resizer, the router stops with its last routee.
/// </summary>
public abstract class Pool : RouterConfig, IEquatable<Pool>
{
    private readonly Resizer? _resizer;
    private readonly SupervisorStrategy _supervisorStrategy;
    private readonly bool _usePoolDispatcher;

    protected Pool(int nrOfInstances, Resizer? resizer, SupervisorStrategy? supervisorStrategy, string? routerDispatcher, bool usePoolDispatcher)
        : base(routerDispatcher)
    {
        if (nrOfInstances < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(nrOfInstances), nrOfInstances, "The number of instances of a pool must not be negative.");
        }

        NrOfInstances = nrOfInstances;
        _resizer = resizer;
        _supervisorStrategy = supervisorStrategy ?? DefaultSupervisorStrategy;
        _usePoolDispatcher = usePoolDispatcher;
    }

    private protected Pool(Config config)
        : this(
            config.GetInt("nr-of-instances"),
            Resizer.FromConfig(config),
            DefaultSupervisorStrategy,
            DeployedRouter.RouterDispatcher(config),
            config.HasPath("pool-dispatcher"))
    {
    }

    /// <summary>
    /// Escalates every failure of a routee to the router's supervisor. When that supervisor restarts the router,
    /// all routees restart with it, and their number stays the same.
    /// </summary>
    public static SupervisorStrategy DefaultSupervisorStrategy { get; } = new OneForOneStrategy(_ => Directive.Escalate);

    public int NrOfInstances { get; }

    public virtual Resizer? Resizer => _resizer;

    public virtual SupervisorStrategy SupervisorStrategy => _supervisorStrategy;

    /// <summary>Whether routees run on the dispatcher <c>pool-dispatcher</c> of the router's deployment section.</summary>
    public virtual bool UsePoolDispatcher => _usePoolDispatcher;

    /// <summary>A pool with a resizer may be empty for a while; one without ends with its last routee.</summary>
    public override bool StopRouterWhenAllRouteesRemoved => Resizer is null;

    public abstract int GetNrOfInstances(ActorSystem system);

    public Props Props(Props routeeProps) => routeeProps.WithRouter(this);

    public override ActorBase CreateRouterActor() =>
        Resizer is null ? new RouterPoolActor(SupervisorStrategy) : new ResizablePoolActor(SupervisorStrategy);

    internal Routee NewRoutee(Props routeeProps, IActorContext context) =>
        new ActorRefRoutee(context.ActorOf(OnPoolDispatcher(routeeProps, context)));

    /// <summary>The strategy and the resizer of a pool in code fill what the deployment section leaves open.</summary>
    private protected (Resizer? Resizer, SupervisorStrategy Strategy) OverrideUnset(RouterConfig other) =>
        other is Pool pool
            ? (Resizer ?? pool.Resizer,
               ReferenceEquals(SupervisorStrategy, DefaultSupervisorStrategy) ? pool.SupervisorStrategy : SupervisorStrategy)
            : (Resizer, SupervisorStrategy);

    public bool Equals(Pool? other) =>
        other is not null
        && (ReferenceEquals(this, other)
            || (base.Equals((RouterConfig)other)
                && NrOfInstances == other.NrOfInstances
                && UsePoolDispatcher == other.UsePoolDispatcher
                && Equals(Resizer, other.Resizer)
                && Equals(SupervisorStrategy, other.SupervisorStrategy)));

    public override bool Equals(object? obj) => Equals(obj as Pool);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), NrOfInstances, UsePoolDispatcher);

    private Props OnPoolDispatcher(Props routeeProps, IActorContext context)
    {
        if (!UsePoolDispatcher || routeeProps.Dispatcher != Dispatchers.DefaultDispatcherId)
        {
            return routeeProps;
        }

        var deploymentKey = string.Join('/', context.Self.Path.Elements.Skip(1));
        return routeeProps.WithDispatcher($"akka.actor.deployment./{deploymentKey}.pool-dispatcher");
    }
}
