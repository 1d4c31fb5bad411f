using System.Net;
using Actors.Grains.Clustering;

namespace Actors.Host.Grains;

/// <summary>What the address of a node tells.</summary>
internal static class ClusterAddress
{
    /// <summary>Whether all nodes that the settings name are on this machine.</summary>
    public static bool IsOfThisMachine(ClusterSettings cluster) =>
        IsLoopback(cluster.PublicHostname ?? cluster.Hostname) && cluster.SeedNodes.All(seed => IsLoopback(ClusterCheck.SeedNode(seed).Host));

    /// <summary>Whether the node takes connections of other machines from anyone.</summary>
    public static bool IsOpen(ClusterSettings cluster) => cluster.Nodes > 1 && cluster.Curve is null && !IsLoopback(cluster.Hostname);

    /// <summary>Where the node listens for others; null for a cluster of one.</summary>
    public static string? EndpointOf(ClusterSettings cluster) => cluster.Nodes == 1 ? null : $"tcp://{cluster.Hostname}:{cluster.Port}";

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
