using Actors.Transport;

namespace Actors;

/// <summary>The settings of a <see cref="ReplyRole"/>.</summary>
public sealed record ReplySettings : RoleSettings
{
    /// <summary>Where to bind or connect, and the options of all the role's sockets. With a <see cref="Queue"/> it may have no endpoint.</summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>The queues to join as a server; null joins none.</summary>
    public JoinQueueSettings? Queue { get; init; }

    /// <summary>
    /// How many requests may be in the handler's hands at once; further ones wait at the peers. Each queue is told this as
    /// the role's capacity. Default 256.
    /// </summary>
    public int MaxInFlight { get; init; } = 256;

    /// <summary>How long the handler may take for a request. Default 30 s.</summary>
    public TimeSpan HandlerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether a request that bears an id (<see cref="Delivery.Acknowledged"/>) and comes again is answered from a cache
    /// instead of being worked on again. Default false.
    /// </summary>
    public bool Once { get; init; }

    /// <summary>The most replies in the cache; the oldest go first. Default 10000.</summary>
    public int OnceCapacity { get; init; } = 10_000;

    /// <summary>How long a reply stays in the cache; clients should not retry for longer. Default 5 min.</summary>
    public TimeSpan OnceAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Null where all requests come from queues.</summary>
    internal SocketSettings? ReplySocket =>
        Queue is not null && Socket.Bind.Count + Socket.Connect.Count == 0 ? null : ReplyingSocketOf(Socket);

    internal IEnumerable<SocketSettings> QueueSockets =>
        Queue is null ? [] : Queue.Endpoints.Select((endpoint, index) => SocketOf(Socket with { Bind = [], Connect = [endpoint], ReportsLosses = false }, SocketKind.Dealer, $"queue-{index + 1}"));

    /// <inheritdoc/>
    public override RoleContract Contract => new(
        Once ? $"a request with an id is worked on once: a repeat gets the reply of the first, for {OnceCapacity} requests and {OnceAge.TotalSeconds} s" : "each well-formed request reaches the handler once, and its answer goes to the peer that asked",
        $"a request that the handler fails on or has not answered within {HandlerTimeout.TotalMilliseconds} ms; an answer to a peer that is gone",
        Once ? "failed, late and unroutable answers, repeats" : "failed, late and unroutable answers");

    /// <inheritdoc/>
    public override void Validate()
    {
        ReplySocket?.Validate();
        AtLeast("max-in-flight", MaxInFlight, 1);
        Positive("handler-timeout", HandlerTimeout);
        AtLeast("once-capacity", OnceCapacity, 1);
        Positive("once-age", OnceAge);
        if (Queue is null) return;
        if (Queue.Endpoints.Count == 0) throw new SocketSettingsException(Name, "queue.connect", "is empty: expected at least one endpoint");
        foreach (var socket in QueueSockets) socket.Validate("queue.");
        Queue.Heartbeat.Validate(Name, "queue.");
    }
}

/// <summary>How a reply role joins queues as a server: docs/protocols/queue.md.</summary>
/// <param name="Endpoints">Where the queues listen for servers.</param>
public sealed record JoinQueueSettings(params IReadOnlyList<string> Endpoints)
{
    /// <summary>Between the role and its queues.</summary>
    public HeartbeatSettings Heartbeat { get; init; } = new();
}
