namespace Actors.Grains.Clustering;

/// <summary>Why a node is no longer a member of its cluster.</summary>
internal enum ClusterEnd
{
    /// <summary>It was asked to leave, or its actor system was ended in order.</summary>
    Left,

    /// <summary>Others, or the node itself, decided that the rest of the cluster goes on without it.</summary>
    Downed,

    /// <summary>No seed node let it in before its time was up.</summary>
    NotJoined,
}
