namespace Actors.Host.Status;

/// <summary>The node of virtual actors in a host, and what it knows of its cluster.</summary>
/// <param name="Address">The address of this node.</param>
/// <param name="Nodes">The members of the cluster, this node among them.</param>
/// <param name="Kinds">The kinds of grains that the cluster has.</param>
internal sealed record GrainsReport(string Address, IReadOnlyList<NodeReport> Nodes, IReadOnlyList<KindReport> Kinds);

/// <summary>A member of the cluster.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Status">Akka's word for its state, in small letters: <c>joining</c>, <c>up</c>, <c>leaving</c>, <c>exiting</c>, <c>down</c>.</param>
/// <param name="Unreachable">Whether this node cannot reach it now.</param>
internal sealed record NodeReport(string Address, string Status, bool Unreachable);

/// <summary>A kind of grains.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Activations">The activations on this node.</param>
/// <param name="Shards">How many shards each node has, by the node's address.</param>
internal sealed record KindReport(string Kind, long Activations, IReadOnlyDictionary<string, int> Shards);
