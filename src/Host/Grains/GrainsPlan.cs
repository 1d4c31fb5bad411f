using Actors.Grains;
using Actors.Grains.Clustering;
using Actors.Grains.Runtime;
using Actors.Hosting.Configuration;
using Akka.Configuration;
using Akka.Remote.Transport;

namespace Actors.Host.Grains;

/// <summary>The grains that a file asks for, checked.</summary>
/// <param name="Settings">What they are made of.</param>
/// <param name="Files">The file of each kind, as the configuration names it, in the order of the kinds.</param>
/// <param name="Store">Null for grains without states.</param>
/// <param name="Startups">What adds the services that the grains take.</param>
internal sealed record GrainsPlan(GrainSettings Settings, IReadOnlyList<string> Files, StorePlan? Store, IReadOnlyList<IGrainsStartup> Startups) : PlanPart
{
    public override string SystemName => Settings.Cluster.Name!;

    public override string System => GrainsConfig.Of(Settings);

    public override string TrialSystem => GrainsConfig.Of(Settings with { Cluster = new ClusterSettings { Name = Settings.Cluster.Name } });

    public override Config AkkaDefaults => AkkaModules.Defaults;

    public override IReadOnlyList<(string Key, string Endpoint)> Bound => Settings.Cluster is { Port: > 0 } cluster && ClusterAddress.EndpointOf(cluster) is { } endpoint
        ? [(KeyOf(ClusterKeys.Port), endpoint)]
        : [];

    public override ConfigError? Blame(Exception cause, ConfigFile file)
    {
        for (var at = cause; at is not null; at = at.InnerException)
        {
            switch (at)
            {
                case GrainStoreException:
                    var store = $"{GrainsKeys.Grains.Name}.{GrainsKeys.Store.Name}";
                    return Error(Store?.Place is { } place ? $"{store}.{place.Name}" : store, at.Message);
                case ClusterSettingsException mistake:
                    return Error($"{GrainsKeys.Grains.Name}.{GrainsKeys.Cluster.Name}.{mistake.Key}", mistake.Fault);
                case InvalidAssociationException:
                    return Error(KeyOf(ClusterKeys.Port), $"{ClusterAddress.EndpointOf(Settings.Cluster)} cannot be bound: {at.Message}");
            }
        }
        return null;

        ConfigError Error(string key, string fault) => new(file.OriginOf(key), key, fault.ReplaceLineEndings(" "));
    }

    private static string KeyOf(Key key) => $"{GrainsKeys.Grains.Name}.{GrainsKeys.Cluster.Name}.{key.Name}";
}
