using Chaos.Faults;

namespace Chaos.Grains;

/// <summary>Makes the faults of a run of grains from its seed.</summary>
internal sealed class GrainFaults(Random random, IReadOnlyList<string> nodes)
{
    /// <summary>Calls that end between the end of a fault and the next.</summary>
    private const int FewestCalls = 200;
    private const int MostCalls = 600;

    public IReadOnlyList<string> Nodes => nodes;

    /// <summary>A node, or the one that has the coordinator.</summary>
    public string AnyNode => random.Next(nodes.Count + 1) is var at && at == nodes.Count ? ClusterUnderTest.Oldest : nodes[at];

    /// <summary>All nodes, in random order.</summary>
    public IReadOnlyList<string> NodesInTurn()
    {
        var order = nodes.ToArray();
        random.Shuffle(order);
        return order;
    }

    /// <summary>kill -9; the node comes back before the others have noticed, or when its grains have moved.</summary>
    public Fault Kill(string node) => New(FaultKind.Kill, node, random.Next(2) == 0 ? Milliseconds(1, 500) : Milliseconds(5000, 9000));

    /// <summary>SIGSTOP for less than the failure detector allows, or past it: then a node wakes that others have replaced.</summary>
    public Fault Freeze(string node) => New(FaultKind.Freeze, node, random.Next(4) == 0 ? Milliseconds(100, 1000) : Milliseconds(4000, 9000));

    /// <summary>A node that others cannot reach, nor it them; its clients and the database can.</summary>
    public Fault Partition(string node) => New(FaultKind.Partition, node, random.Next(4) == 0 ? Milliseconds(100, 1000) : Milliseconds(4000, 9000));

    /// <summary>An orderly stop and start.</summary>
    public Fault Stop(string node) => New(FaultKind.Terminate, node, Milliseconds(1, 1000));

    /// <summary>The database stops or is killed, and comes back within the time for which a store waits for it.</summary>
    public Fault Database() => New(random.Next(2) == 0 ? FaultKind.Kill : FaultKind.Terminate, ClusterUnderTest.Database, Milliseconds(1, 3000));

    /// <summary>Any of these.</summary>
    public Fault Any() => random.Next(5) switch
    {
        0 => Kill(AnyNode),
        1 => Freeze(AnyNode),
        2 => Partition(AnyNode),
        3 => Stop(AnyNode),
        _ => Database(),
    };

    /// <summary>Of two nodes, one of which the lease keeps up.</summary>
    public Fault AnyOfTwo(string node) => random.Next(3) switch
    {
        0 => Kill(node),
        1 => Freeze(node),
        _ => Stop(node),
    };

    private Fault New(FaultKind kind, string target, TimeSpan time) => new(random.Next(FewestCalls, MostCalls), kind, target, time);

    private TimeSpan Milliseconds(int least, int most) => TimeSpan.FromMilliseconds(random.Next(least, most));
}
