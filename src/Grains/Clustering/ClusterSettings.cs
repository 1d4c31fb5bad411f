namespace Actors.Grains.Clustering;

/// <summary>How a process takes part in a cluster of grains. The default is a cluster of one, which opens no port.</summary>
/// <remarks>All nodes of a cluster need the same <see cref="Name"/>, <see cref="Nodes"/> and <see cref="Shards"/>.</remarks>
public sealed record ClusterSettings
{
    /// <summary>The name of the cluster, which is also that of the actor system of each node. Default null: whatever the actor system is called.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The number of nodes that the cluster normally has. It decides what a node does that has lost others: 1 (the default) has no
    /// others; with 2 the holder of a lease goes on; with 3 or more the majority goes on. The rest ends.
    /// </summary>
    public int Nodes { get; init; } = 1;

    /// <summary>
    /// The nodes that a new node asks to be let in, each as <c>host:port</c> with their public addresses. All nodes list the same ones in the same
    /// order. The first one founds the cluster when no other runs.
    /// </summary>
    public IReadOnlyList<string> SeedNodes { get; init; } = [];

    /// <summary>What the nodes talk over. Default <see cref="ClusterWire.Tcp"/>.</summary>
    public ClusterWire Wire { get; init; } = ClusterWire.Tcp;

    /// <summary>
    /// The address that this node binds, or <c>*</c> for all. Other nodes reach it there unless <see cref="PublicHostname"/> is set.
    /// Default 127.0.0.1: a cluster on one machine.
    /// </summary>
    public string Hostname { get; init; } = "127.0.0.1";

    /// <summary>The port that this node binds. Default 0: one that the system chooses, which is fit for a node that is no seed node.</summary>
    public int Port { get; init; }

    /// <summary>The host by which other nodes reach this one. Default null: <see cref="Hostname"/>.</summary>
    public string? PublicHostname { get; init; }

    /// <summary>The port by which other nodes reach this one. Default 0: the port that is bound.</summary>
    public int PublicPort { get; init; }

    /// <summary>The roles of this node, by which kinds of grains can be kept to some nodes. Default none.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The keys of CURVE. Default null: the traffic is neither encrypted nor checked.</summary>
    public ClusterCurve? Curve { get; init; }

    /// <summary>The connection string of the PostgreSQL database that keeps leases. Default null; two nodes need one.</summary>
    public string? Lease { get; init; }

    /// <summary>Whether a node has to hold a lease for each shard before it activates grains of it. Default false.</summary>
    public bool LeasePerShard { get; init; }

    /// <summary>The number of shards that each kind is split into, the unit that moves between nodes. Default 60. Never change it in a running cluster.</summary>
    public int Shards { get; init; } = 60;

    /// <summary>The time that an orderly leave gives the activations of this node to end and to be handed over. Default 20 s.</summary>
    public TimeSpan HandOverTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The types that may cross between nodes as JSON besides those of grains, each as <c>Namespace.Type, Assembly</c>. Default none:
    /// a message of any other type is refused at both ends.
    /// </summary>
    public IReadOnlyList<string> AllowedTypes { get; init; } = [];

    /// <summary>Names what can be shown: neither the lease's connection string nor keys.</summary>
    public override string ToString() =>
        $"cluster {Name ?? "(name of the actor system)"}: nodes {Nodes}, wire {Wire}, {Hostname}:{Port}, seed nodes [{string.Join(", ", SeedNodes)}], " +
        $"roles [{string.Join(", ", Roles)}], shards {Shards}, curve {(Curve is null ? "off" : "on")}, lease {(Lease is null ? "none" : LeasePerShard ? "per shard" : "on")}";
}

/// <summary>What the nodes of a cluster talk over.</summary>
public enum ClusterWire
{
    /// <summary>ZeroMQ over TCP.</summary>
    Tcp,

    /// <summary>ZeroMQ within one process, for tests of several nodes. Opens no port.</summary>
    Inproc,
}

/// <summary>The keys of CURVE for the traffic between nodes, in 40 characters of Z85 each.</summary>
public sealed record ClusterCurve
{
    /// <summary>The secret key of this node. Default null: it stands in <see cref="SecretKeyFile"/>.</summary>
    public string? SecretKey { get; init; }

    /// <summary>The file that has the secret key of this node. Default null: <see cref="SecretKey"/> is set.</summary>
    public string? SecretKeyFile { get; init; }

    /// <summary>The public keys of the nodes that may connect, this one's among them.</summary>
    public required IReadOnlyList<string> AllowedNodes { get; init; }

    /// <summary>Shows no secret key.</summary>
    public override string ToString() => $"curve: {AllowedNodes.Count} allowed nodes";
}
