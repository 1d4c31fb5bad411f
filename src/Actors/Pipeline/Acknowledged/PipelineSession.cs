namespace Actors;

/// <summary>A session with one peer, from its HELLO until either end is gone.</summary>
internal abstract class PipelineSession(SocketLink link, ReadOnlyMemory<byte>? routingId, HelloCommand hello)
{
    public SocketLink Link => link;

    /// <summary>How a ROUTER addresses the peer; null on a DEALER, which has one peer.</summary>
    public ReadOnlyMemory<byte>? RoutingId => routingId;

    /// <summary>The number that the opening peer chose.</summary>
    public uint Number => hello.Session;

    /// <summary>The longest time between two of its messages, as the peer announced it.</summary>
    public TimeSpan PeerHeartbeat => hello.Heartbeat;

    /// <summary>The name in logs and histories.</summary>
    public string Name { get; } = $"{(routingId is { } id ? Convert.ToHexString(id.Span) : link.Spec.Connect[0])}#{hello.Session}";

    public TimeSpan LastHeard { get; set; }

    /// <summary>True until it ends.</summary>
    public bool IsOpen { get; set; } = true;
}
