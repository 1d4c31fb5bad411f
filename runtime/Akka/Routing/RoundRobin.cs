using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Routing;

/// <summary>Takes the routees in turn.</summary>
public sealed class RoundRobinRoutingLogic : RoutingLogic
{
    private int _last;

    public RoundRobinRoutingLogic()
        : this(0)
    {
    }

    /// <param name="next">The index of the routee to begin with.</param>
    public RoundRobinRoutingLogic(int next)
    {
        _last = next - 1;
    }

    // Unsigned: the counter may wrap around without a negative index.
    public override Routee Select(object message, Routee[] routees) =>
        routees.Length == 0
            ? Routee.NoRoutee
            : routees[(uint)Interlocked.Increment(ref _last) % (uint)routees.Length];
}

/// <summary>A pool whose routees get the messages in turn.</summary>
public sealed class RoundRobinPool : Pool
{
    public RoundRobinPool(Config config)
        : base(config)
    {
    }

    public RoundRobinPool(int nrOfInstances)
        : base(nrOfInstances, null, null, null, false)
    {
    }

    public RoundRobinPool(int nrOfInstances, Resizer? resizer)
        : base(nrOfInstances, resizer, null, null, false)
    {
    }

    public RoundRobinPool(int nrOfInstances, Resizer? resizer, SupervisorStrategy? supervisorStrategy, string? routerDispatcher, bool usePoolDispatcher = false)
        : base(nrOfInstances, resizer, supervisorStrategy, routerDispatcher, usePoolDispatcher)
    {
    }

    public override Router CreateRouter(ActorSystem system) => new(new RoundRobinRoutingLogic());

    public override int GetNrOfInstances(ActorSystem sys) => NrOfInstances;

    public RoundRobinPool WithSupervisorStrategy(SupervisorStrategy strategy) =>
        new(NrOfInstances, Resizer, strategy, RouterDispatcher, UsePoolDispatcher);

    public RoundRobinPool WithResizer(Resizer resizer) =>
        new(NrOfInstances, resizer, SupervisorStrategy, RouterDispatcher, UsePoolDispatcher);

    public RoundRobinPool WithDispatcher(string dispatcher) =>
        new(NrOfInstances, Resizer, SupervisorStrategy, dispatcher, UsePoolDispatcher);

    public override RouterConfig WithFallback(RouterConfig routerConfig)
    {
        var (resizer, strategy) = OverrideUnset(routerConfig);
        return new RoundRobinPool(NrOfInstances, resizer, strategy, RouterDispatcher, UsePoolDispatcher);
    }

    public override ISurrogate ToSurrogate(ActorSystem system) => new RoundRobinPoolSurrogate
    {
        NrOfInstances = NrOfInstances,
        UsePoolDispatcher = UsePoolDispatcher,
        Resizer = Resizer,
        SupervisorStrategy = SupervisorStrategy,
        RouterDispatcher = RouterDispatcher,
    };

    public class RoundRobinPoolSurrogate : ISurrogate
    {
        public int NrOfInstances { get; set; }

        public bool UsePoolDispatcher { get; set; }

        public Resizer? Resizer { get; set; }

        public SupervisorStrategy? SupervisorStrategy { get; set; }

        public string? RouterDispatcher { get; set; }

        public ISurrogated FromSurrogate(ActorSystem system) =>
            new RoundRobinPool(NrOfInstances, Resizer, SupervisorStrategy, RouterDispatcher, UsePoolDispatcher);
    }
}

/// <summary>A group whose routees get the messages in turn.</summary>
public sealed class RoundRobinGroup : Group
{
    public RoundRobinGroup(Config config)
        : base(config)
    {
    }

    public RoundRobinGroup(params string[] paths)
        : base(paths, null)
    {
    }

    public RoundRobinGroup(IEnumerable<string> paths)
        : base(paths, null)
    {
    }

    public RoundRobinGroup(IEnumerable<string> paths, string? routerDispatcher)
        : base(paths, routerDispatcher)
    {
    }

    public override Router CreateRouter(ActorSystem system) => new(new RoundRobinRoutingLogic());

    public override IEnumerable<string> GetPaths(ActorSystem system) => InternalPaths;

    public Group WithDispatcher(string dispatcherId) => new RoundRobinGroup(InternalPaths, dispatcherId);

    public override ISurrogate ToSurrogate(ActorSystem system) =>
        new RoundRobinGroupSurrogate { Paths = InternalPaths, RouterDispatcher = RouterDispatcher };

    public class RoundRobinGroupSurrogate : ISurrogate
    {
        public IEnumerable<string>? Paths { get; set; }

        public string? RouterDispatcher { get; set; }

        public ISurrogated FromSurrogate(ActorSystem system) => new RoundRobinGroup(Paths ?? [], RouterDispatcher);
    }
}
