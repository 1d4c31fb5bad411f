using Actors.Grains;
using Actors.Grains.Calls;
using Actors.Grains.Clustering;
using Actors.Grains.Runtime;
using Actors.Hocon;
using Actors.Host.Control;
using Actors.Host.Http;
using Actors.Hosting.Configuration;

namespace Actors.Host.Grains;

/// <summary>The section <c>grains</c>, the pattern <c>gateway</c>, and what the program adds to the section <c>host</c>.</summary>
internal sealed class GrainsPart : ConfigurationPart
{
    private static readonly string s_provider = ConfigPath.Format("actor", "provider");

    public override Key Section => GrainsKeys.Grains;

    public override IEnumerable<KeyTable> Tables { get; } =
    [
        new("host.control", "What an operator does with it: [operating](operating.md).\n\n", ControlKeys.All),
        new("host.http", "", HttpKeys.All),
        new("grains", "", GrainsKeys.All),
        new("grains.store, type = sqlite", "", StoreKeys.Sqlite),
        new("grains.store, type = postgres", "", StoreKeys.Postgres),
        new("grains.store, type = memory", "", StoreKeys.Memory),
        new("grains.cluster", "", ClusterKeys.All),
        new("grains.cluster.curve", "", ClusterKeys.OfCurve),
        new("grains.kinds.NAME", "", KindKeys.All),
    ];

    public override IReadOnlyList<Key> HostKeys { get; } = [ControlKeys.Control, HttpKeys.Section];

    public override HostExtras? ReadHost(Section host) => new ProgramExtras(ControlKeys.Read(host), HttpReader.Read(host));

    public override RoleReader? ReaderOf(RolePattern pattern) => pattern == RolePattern.Gateway ? GatewayReader.Read : null;

    public override PlanPart? Read(PartReading file)
    {
        if (!file.Root.Has(GrainsKeys.Grains))
        {
            foreach (var gateway in file.Roles.Where(role => role.Pattern == RolePattern.Gateway))
                file.Root.Fault(ConfigPath.Format(Keys.Roles.Name, gateway.Name, Keys.Pattern.Name), "is \"gateway\" in a file without grains: expected the section grains, which makes this host a node of their cluster");
            return null;
        }
        var section = file.Root.Below(GrainsKeys.Grains.Name);
        section.Allow(GrainsKeys.All, "grains");
        var builder = new GrainsBuilder { CallTimeout = section.Timeout(GrainsKeys.CallTimeout, TimeSpan.FromMilliseconds(1)) };
        var loaded = AssembliesReader.Read(section, file.File);
        var classes = loaded.Classes;
        GrainServices.Check(section, loaded);
        var store = StoreReader.Read(section, file.Journals, builder);
        var cluster = ClusterReader.Read(section, file.StopTimeout);
        KindsReader.Read(section, classes.Select(found => found.Class), builder);
        if (store is null && !section.Has(GrainsKeys.Store) && classes.Select(found => found.Class).FirstOrDefault(found => found.NeedOfStore is not null) is { } storing)
            section.Fault(GrainsKeys.Store.Name, $"is missing: expected a section with the store's type, because {storing.Type} {storing.NeedOfStore}");
        if (classes.Count == 0 && !section.HasFaults && cluster is { Nodes: 1 })
            section.Fault(GrainsKeys.Assemblies.Name, "is missing: expected the assemblies whose grains this host has, or the settings of a cluster (grains.cluster.nodes) whose other nodes have them");
        var akka = file.Root.Below(Keys.Akka.Name);
        if (!akka.IsOfWrongType && akka.Below("actor") is { IsOfWrongType: false } actor && actor.Names.Contains("provider"))
            akka.Fault(s_provider, "is set beside grains, which set it to cluster: expected no such key");
        if (section.HasFaults || cluster is null) return null;
        Doubt(section, store, cluster);
        builder.Cluster = cluster;
        return new GrainsPlan(builder.Build(), [.. classes.Select(found => found.File)], store, [.. loaded.Startups.Select(found => found.Startup)]);
    }

    private static void Doubt(Section grains, StorePlan? store, ClusterSettings cluster)
    {
        if (store is { Type: StoreType.Memory } && cluster.Nodes > 1)
            grains.Warn($"{GrainsKeys.Store.Name}.{StoreKeys.Type.Name}", $"is memory in a cluster of {cluster.Nodes} nodes: a grain that moves loses its state. Expected postgres");
        if (store is { Type: StoreType.Sqlite } && cluster.Nodes > 1 && !ClusterAddress.IsOfThisMachine(cluster))
            grains.Warn($"{GrainsKeys.Store.Name}.{StoreKeys.Type.Name}", "is sqlite in a cluster whose nodes may be on several machines: a grain that moves does not find its state. Expected postgres");
        if (ClusterAddress.IsOpen(cluster))
            grains.Warn($"{GrainsKeys.Cluster.Name}.{ClusterKeys.Hostname.Name}", $"is \"{cluster.Hostname}\" without {ClusterKeys.Curve.Name}: whoever reaches the port of the node may join. Expected 127.0.0.1, or the keys of CURVE (docs/security.md)");
    }
}
