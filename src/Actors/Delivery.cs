namespace Actors;

/// <summary>What a role does so that nothing is lost when a peer dies.</summary>
public enum Delivery
{
    /// <summary>What plain ZeroMQ does, byte-compatible with every peer.</summary>
    Plain,

    /// <summary>The project's protocols in docs/protocols, which need a peer that speaks them.</summary>
    Acknowledged,
}
