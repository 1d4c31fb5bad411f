using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.Coordination;
using Akka.Remote.Transport;

namespace Actors.Host.Grains;

/// <summary>The default configurations of the modules of Akka that grains stand on, which tell the keys that there are.</summary>
internal static class AkkaModules
{
    public static Config Defaults { get; } = ConfigurationFactory.FromResource<Cluster>("Akka.Cluster.Configuration.Cluster.conf")
        .WithFallback(ConfigurationFactory.FromResource<InvalidAssociationException>("Akka.Remote.Configuration.Remote.conf"))
        .WithFallback(ConfigurationFactory.FromResource<ClusterSharding>("Akka.Cluster.Sharding.reference.conf"))
        .WithFallback(ConfigurationFactory.FromResource<ClusterSingletonManager>("Akka.Cluster.Tools.Singleton.reference.conf"))
        .WithFallback(ConfigurationFactory.FromResource<Akka.DistributedData.DistributedData>("Akka.DistributedData.reference.conf"))
        .WithFallback(ConfigurationFactory.FromResource<LeaseProvider>("Akka.Coordination.reference.conf"));
}
