using Actors.Grains.Calls;
using Akka.Actor;

namespace Actors.Grains.Runtime;

/// <summary>The ways from this node to the grains of a kind.</summary>
internal sealed class KindRoute(GrainRuntime runtime, string kind, GrainInterface? grains)
{
    public GrainRuntime Runtime => runtime;

    public string Kind => kind;

    /// <summary>Null where only names are known.</summary>
    public GrainInterface? Interface => grains;

    /// <summary>Null on a node without grains of this kind.</summary>
    public KindHost? Host { get; set; }

    /// <summary>The pool of a stateless worker on this node.</summary>
    public WorkerPools? Workers { get; set; }

    /// <summary>The shard region, or a proxy to it. Null until the node is up.</summary>
    public IActorRef? Region { get; set; }
}
