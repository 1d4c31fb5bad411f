using Actors.Grains.Runtime;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;

namespace Actors.Host.Status;

/// <summary>Reads what this node knows of its cluster, and asks the cluster where the shards are.</summary>
internal sealed class GrainsStatus(ActorSystem system)
{
    // A node that is gone does not answer; what it had is left out.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    public async Task<GrainsReport> Read(CancellationToken cancel)
    {
        var cluster = Cluster.Get(system);
        var state = cluster.State;
        var routes = GrainRuntime.Find(system)?.Routes ?? [];
        var kinds = await Task.WhenAll(routes.OrderBy(route => route.Kind, StringComparer.Ordinal).Select(route => Read(route, cancel))).ConfigureAwait(false);
        return new GrainsReport(
            cluster.SelfAddress.ToString(),
            [.. state.Members.Select(member => new NodeReport(member.Address.ToString(), member.Status.ToString().ToLowerInvariant(), state.Unreachable.Contains(member)))],
            kinds);
    }

    private static async Task<KindReport> Read(KindRoute route, CancellationToken cancel)
    {
        var activations = (route.Host?.Activations ?? 0) + (route.Workers?.Activations ?? 0);
        return new KindReport(route.Kind, activations, await Shards(route.Region, cancel).ConfigureAwait(false));
    }

    private static async Task<IReadOnlyDictionary<string, int>> Shards(IActorRef? region, CancellationToken cancel)
    {
        if (region is null) return new Dictionary<string, int>();
        try
        {
            var shards = await region.Ask<ClusterShardingStats>(new GetClusterShardingStats(Patience), Patience * 2, cancel).ConfigureAwait(false);
            return shards.Regions.ToDictionary(node => node.Key.ToString(), node => node.Value.Stats.Count);
        }
        catch (Exception late) when (late is AskTimeoutException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return new Dictionary<string, int>();
        }
    }
}
