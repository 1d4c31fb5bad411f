using Actors.Grains.Clustering;
using Actors.Grains.Runtime;
using Akka.Actor;

namespace Actors.Host.Grains;

/// <summary>This host as a node of a cluster of grains.</summary>
internal sealed class GrainsNode
{
    private readonly TaskCompletionSource<ClusterEnd> _shutOut = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private GrainsNode(ActorSystem system, GrainsPlan plan)
    {
        var services = GrainServices.For(system, plan.Startups);
        system.WhenTerminated.ContinueWith(_ => services.Dispose(), TaskScheduler.Default);
        Up = GrainsStart.Run(system, plan.Settings, services, end =>
        {
            if (end != ClusterEnd.Left) _shutOut.TrySetResult(end);
        });
    }

    /// <summary>Ends when the node is a member of its cluster and its grains can be called, or with the cause why it cannot be.</summary>
    public Task Up { get; }

    /// <summary>Ends when the cluster goes on without this node, which nobody here has asked for.</summary>
    public Task<ClusterEnd> ShutOut => _shutOut.Task;

    /// <summary>Begins to join.</summary>
    public static GrainsNode Start(ActorSystem system, GrainsPlan plan) => new(system, plan);
}
