using System.Globalization;
using Actors.Grains.Calls;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace Actors.Grains.Runtime;

/// <summary>The shard regions of kinds, and proxies to those on other nodes.</summary>
internal static class GrainRegions
{
    /// <summary>The cluster role of the nodes that host a kind, so that every node knows which kinds there are.</summary>
    public static string RoleOf(string kind) => $"grain:{kind}";

    /// <summary>Starts the regions of the kinds that this node hosts.</summary>
    public static void StartHosts(GrainRuntime runtime)
    {
        var sharding = ClusterSharding.Get(runtime.System);
        foreach (var host in runtime.Hosts)
        {
            var settings = ClusterShardingSettings.Create(runtime.System).WithRole(RoleOf(host.Kind));
            // All entities share their props; each knows its key from its first message.
            var entity = host.Route.Workers is null
                ? Props.CreateBy(new Producer<GrainEntity>(() => new GrainEntity(host))).WithMailbox(EntityMailbox.Path)
                : Props.CreateBy(new Producer<WorkerEntity>(() => new WorkerEntity(host)));
            host.Route.Region = sharding.Start(host.Kind, _ => entity, settings, new Extractor(runtime.Settings.Cluster.Shards), sharding.DefaultShardAllocationStrategy(settings), GrainEntity.HandOff.Instance);
        }
    }

    /// <summary>Gives a kind without grains on this node its way to those on others.</summary>
    public static KindRoute StartProxy(GrainRuntime runtime, KindRoute route)
    {
        route.Region = ClusterSharding.Get(runtime.System).StartProxy(route.Kind, RoleOf(route.Kind), new Extractor(runtime.Settings.Cluster.Shards));
        return route;
    }

    /// <summary>Finds a message's grain and shard.</summary>
    private sealed class Extractor(int shards) : IMessageExtractor
    {
        private readonly string[] _names = [.. Enumerable.Range(0, shards).Select(shard => shard.ToString(CultureInfo.InvariantCulture))];

        public string? EntityId(object message) => message switch
        {
            // One that has ended on its way is nobody's.
            GrainCall call => call.IsOver ? null : call.Key,
            CancelCall cancel => cancel.Key,
            _ => null,
        };

        public object EntityMessage(object message) => message;

        public string? ShardId(object message) => message switch
        {
            GrainCall call => Shard(call.Route.Kind, call.Key),
            CancelCall cancel => Shard(cancel.Kind, cancel.Key),
            _ => null,
        };

        public string ShardId(string entityId, object? message) => message is null ? "0" : ShardId(message)!;

        private string Shard(string kind, string key) => _names[StableHash.Of(kind, key) % (uint)_names.Length];
    }
}
