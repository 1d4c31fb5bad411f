using Chaos.Running;

namespace Chaos.Grains;

/// <summary>The scenarios of grains in a cluster.</summary>
internal static class GrainScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new GrainScenario("grains-kill", "three nodes, each of which is killed in turn", 3, faults => [.. faults.NodesInTurn().Select(faults.Kill)]),
        new GrainScenario("grains-kill-oldest", "three nodes; the one with the coordinator is killed, twice", 3, faults => [faults.Kill(ClusterUnderTest.Oldest), faults.Kill(ClusterUnderTest.Oldest)]),
        new GrainScenario("grains-freeze", "three nodes, two of which are frozen past the failure detector and wake", 3, faults => [.. faults.NodesInTurn().Take(2).Select(faults.Freeze)]),
        new GrainScenario("grains-partition", "three nodes, of which one is cut off from the others, and then another", 3, faults => [.. faults.NodesInTurn().Take(2).Select(faults.Partition)]),
        new GrainScenario("grains-rolling", "three nodes that are stopped in order and started again, one after the other", 3, faults => [.. faults.NodesInTurn().Select(faults.Stop)]),
        new GrainScenario("grains-database", "three nodes whose database restarts or is killed", 3, faults => [faults.Database(), faults.Database(), faults.Database()]),
        new GrainScenario("grains-everything", "three nodes and any of these", 3, faults => [faults.Any(), faults.Any(), faults.Any()]),
        new GrainScenario("grains-two", "two nodes with a lease, killed, frozen and stopped", 2, faults => [.. faults.NodesInTurn().Select(node => faults.AnyOfTwo(node))]),
        new GrainFailover("grains-failover-oldest", "three nodes; the time until 1,000 keys answer again after a kill of the one with the coordinator", 3, killsOldest: true),
        new GrainFailover("grains-failover", "the same after a kill of another", 3, killsOldest: false),
        new GrainFailover("grains-failover-two", "the same of two nodes with a lease", 2, killsOldest: true),
    ];
}
