using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Routing;

/// <summary>
/// Takes the routee with the least to do: first one that is idle with an empty mailbox, then one with an empty mailbox,
/// then the one with the fewest messages waiting. Suspended routees, and routees whose mailbox is out of sight (not
/// local, or known by path only), come last. Equals take turns.
/// </summary>
public sealed class SmallestMailboxRoutingLogic : RoutingLogic
{
    private int _last;

    public SmallestMailboxRoutingLogic()
        : this(0)
    {
    }

    /// <param name="next">The index of the routee to begin with.</param>
    public SmallestMailboxRoutingLogic(int next)
    {
        _last = next - 1;
    }

    public override Routee Select(object message, Routee[] routees)
    {
        if (routees.Length == 0)
        {
            return Routee.NoRoutee;
        }

        var start = (uint)Interlocked.Increment(ref _last) % (uint)routees.Length;
        var best = routees[start];
        var least = RouteeLoad.Of(best);
        for (uint i = 1; i < routees.Length && least > RouteeLoad.Idle; i++)
        {
            var candidate = routees[(start + i) % (uint)routees.Length];
            var load = RouteeLoad.Of(candidate);
            if (load < least)
            {
                (best, least) = (candidate, load);
            }
        }

        return best;
    }
}

/// <summary>A pool in which the routee with the least to do gets a message.</summary>
public sealed class SmallestMailboxPool : Pool
{
    public SmallestMailboxPool(Config config)
        : base(config)
    {
    }

    public SmallestMailboxPool(int nrOfInstances)
        : base(nrOfInstances, null, null, null, false)
    {
    }

    public SmallestMailboxPool(int nrOfInstances, Resizer? resizer, SupervisorStrategy? supervisorStrategy, string? routerDispatcher, bool usePoolDispatcher = false)
        : base(nrOfInstances, resizer, supervisorStrategy, routerDispatcher, usePoolDispatcher)
    {
    }

    public override Router CreateRouter(ActorSystem system) => new(new SmallestMailboxRoutingLogic());

    public override int GetNrOfInstances(ActorSystem system) => NrOfInstances;

    public SmallestMailboxPool WithSupervisorStrategy(SupervisorStrategy strategy) =>
        new(NrOfInstances, Resizer, strategy, RouterDispatcher, UsePoolDispatcher);

    public SmallestMailboxPool WithResizer(Resizer resizer) =>
        new(NrOfInstances, resizer, SupervisorStrategy, RouterDispatcher, UsePoolDispatcher);

    public SmallestMailboxPool WithDispatcher(string dispatcher) =>
        new(NrOfInstances, Resizer, SupervisorStrategy, dispatcher, UsePoolDispatcher);

    public override RouterConfig WithFallback(RouterConfig routerConfig)
    {
        var (resizer, strategy) = OverrideUnset(routerConfig);
        return new SmallestMailboxPool(NrOfInstances, resizer, strategy, RouterDispatcher, UsePoolDispatcher);
    }

    public override ISurrogate ToSurrogate(ActorSystem system) => new SmallestMailboxPoolSurrogate
    {
        NrOfInstances = NrOfInstances,
        UsePoolDispatcher = UsePoolDispatcher,
        Resizer = Resizer,
        SupervisorStrategy = SupervisorStrategy,
        RouterDispatcher = RouterDispatcher,
    };

    public class SmallestMailboxPoolSurrogate : ISurrogate
    {
        public int NrOfInstances { get; set; }

        public bool UsePoolDispatcher { get; set; }

        public Resizer? Resizer { get; set; }

        public SupervisorStrategy? SupervisorStrategy { get; set; }

        public string? RouterDispatcher { get; set; }

        public ISurrogated FromSurrogate(ActorSystem system) =>
            new SmallestMailboxPool(NrOfInstances, Resizer, SupervisorStrategy, RouterDispatcher, UsePoolDispatcher);
    }
}
