using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Routing;

/// <summary>A pool in which messages of equal keys go to the same routee.</summary>
public sealed class ConsistentHashingPool : Pool
{
    private readonly ConsistentHashMapping? _hashMapping;

    public ConsistentHashingPool(Config config)
        : base(config)
    {
        VirtualNodesFactor = config.GetInt("virtual-nodes-factor", 0);
    }

    public ConsistentHashingPool(int nrOfInstances)
        : base(nrOfInstances, null, null, null, false)
    {
    }

    public ConsistentHashingPool(int nrOfInstances, ConsistentHashMapping hashMapping)
        : this(nrOfInstances, null, null, null, false, 0, hashMapping)
    {
    }

    public ConsistentHashingPool(
        int nrOfInstances,
        Resizer? resizer,
        SupervisorStrategy? supervisorStrategy,
        string? routerDispatcher,
        bool usePoolDispatcher = false,
        int virtualNodesFactor = 0,
        ConsistentHashMapping? hashMapping = null)
        : base(nrOfInstances, resizer, supervisorStrategy, routerDispatcher, usePoolDispatcher)
    {
        VirtualNodesFactor = virtualNodesFactor;
        _hashMapping = hashMapping;
    }

    /// <summary>Points of the ring for each routee; 0 takes the system's default.</summary>
    public int VirtualNodesFactor { get; }

    public override Router CreateRouter(ActorSystem system) =>
        new(new ConsistentHashingRoutingLogic(system, VirtualNodesFactor, _hashMapping));

    public override int GetNrOfInstances(ActorSystem system) => NrOfInstances;

    public ConsistentHashingPool WithVirtualNodesFactor(int vnodes) =>
        new(NrOfInstances, Resizer, SupervisorStrategy, RouterDispatcher, UsePoolDispatcher, vnodes, _hashMapping);

    public ConsistentHashingPool WithHashMapping(ConsistentHashMapping mapping) =>
        new(NrOfInstances, Resizer, SupervisorStrategy, RouterDispatcher, UsePoolDispatcher, VirtualNodesFactor, mapping);

    public ConsistentHashingPool WithSupervisorStrategy(SupervisorStrategy strategy) =>
        new(NrOfInstances, Resizer, strategy, RouterDispatcher, UsePoolDispatcher, VirtualNodesFactor, _hashMapping);

    public ConsistentHashingPool WithResizer(Resizer resizer) =>
        new(NrOfInstances, resizer, SupervisorStrategy, RouterDispatcher, UsePoolDispatcher, VirtualNodesFactor, _hashMapping);

    public ConsistentHashingPool WithDispatcher(string dispatcher) =>
        new(NrOfInstances, Resizer, SupervisorStrategy, dispatcher, UsePoolDispatcher, VirtualNodesFactor, _hashMapping);

    /// <summary>A mapping can only come from code: a deployment section takes that of the code it overrides.</summary>
    public override RouterConfig WithFallback(RouterConfig routerConfig)
    {
        var (resizer, strategy) = OverrideUnset(routerConfig);
        var other = routerConfig as ConsistentHashingPool;
        return new ConsistentHashingPool(
            NrOfInstances,
            resizer,
            strategy,
            RouterDispatcher,
            UsePoolDispatcher,
            VirtualNodesFactor > 0 ? VirtualNodesFactor : other?.VirtualNodesFactor ?? 0,
            _hashMapping ?? other?._hashMapping);
    }

    public override ISurrogate ToSurrogate(ActorSystem system) => new ConsistentHashingPoolSurrogate
    {
        NrOfInstances = NrOfInstances,
        UsePoolDispatcher = UsePoolDispatcher,
        Resizer = Resizer,
        SupervisorStrategy = SupervisorStrategy,
        RouterDispatcher = RouterDispatcher,
    };

    public class ConsistentHashingPoolSurrogate : ISurrogate
    {
        public int NrOfInstances { get; set; }

        public bool UsePoolDispatcher { get; set; }

        public Resizer? Resizer { get; set; }

        public SupervisorStrategy? SupervisorStrategy { get; set; }

        public string? RouterDispatcher { get; set; }

        public ISurrogated FromSurrogate(ActorSystem system) =>
            new ConsistentHashingPool(NrOfInstances, Resizer, SupervisorStrategy, RouterDispatcher, UsePoolDispatcher);
    }
}

/// <summary>A group in which messages of equal keys go to the same routee.</summary>
public sealed class ConsistentHashingGroup : Group
{
    private readonly ConsistentHashMapping? _hashMapping;

    public ConsistentHashingGroup(Config config)
        : base(config)
    {
        VirtualNodesFactor = config.GetInt("virtual-nodes-factor", 0);
    }

    public ConsistentHashingGroup(params string[] paths)
        : base(paths, null)
    {
    }

    public ConsistentHashingGroup(IEnumerable<string> paths)
        : base(paths, null)
    {
    }

    public ConsistentHashingGroup(IEnumerable<string> paths, ConsistentHashMapping hashMapping)
        : this(paths, 0, hashMapping, null)
    {
    }

    public ConsistentHashingGroup(
        IEnumerable<string> paths, int virtualNodesFactor, ConsistentHashMapping? hashMapping, string? routerDispatcher)
        : base(paths, routerDispatcher)
    {
        VirtualNodesFactor = virtualNodesFactor;
        _hashMapping = hashMapping;
    }

    /// <summary>Points of the ring for each routee; 0 takes the system's default.</summary>
    public int VirtualNodesFactor { get; }

    public override Router CreateRouter(ActorSystem system) =>
        new(new ConsistentHashingRoutingLogic(system, VirtualNodesFactor, _hashMapping));

    public override IEnumerable<string> GetPaths(ActorSystem system) => InternalPaths;

    public ConsistentHashingGroup WithVirtualNodesFactor(int vnodes) =>
        new(InternalPaths, vnodes, _hashMapping, RouterDispatcher);

    public ConsistentHashingGroup WithHashMapping(ConsistentHashMapping mapping) =>
        new(InternalPaths, VirtualNodesFactor, mapping, RouterDispatcher);

    public ConsistentHashingGroup WithDispatcher(string dispatcher) =>
        new(InternalPaths, VirtualNodesFactor, _hashMapping, dispatcher);

    /// <summary>A mapping can only come from code: a deployment section takes that of the code it overrides.</summary>
    public override RouterConfig WithFallback(RouterConfig routerConfig) =>
        routerConfig is ConsistentHashingGroup other
            ? new ConsistentHashingGroup(
                InternalPaths,
                VirtualNodesFactor > 0 ? VirtualNodesFactor : other.VirtualNodesFactor,
                _hashMapping ?? other._hashMapping,
                RouterDispatcher)
            : this;

    public override ISurrogate ToSurrogate(ActorSystem system) =>
        new ConsistentHashingGroupSurrogate { Paths = InternalPaths, RouterDispatcher = RouterDispatcher };

    public class ConsistentHashingGroupSurrogate : ISurrogate
    {
        public IEnumerable<string>? Paths { get; set; }

        public string? RouterDispatcher { get; set; }

        public ISurrogated FromSurrogate(ActorSystem system) => new ConsistentHashingGroup(Paths ?? [], 0, null, RouterDispatcher);
    }
}
