using Actors.Transport;

namespace Actors;

/// <summary>The settings of a <see cref="ReplyRole"/>.</summary>
public sealed record ReplySettings : RoleSettings
{
    /// <summary>Where the role binds or connects, and the options of all its sockets. With a <see cref="Queue"/> it may have no endpoint.</summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>Joins queues as a server: docs/protocols/queue.md. Default null.</summary>
    public JoinQueueSettings? Queue { get; init; }

    /// <summary>
    /// The most requests in the handler's hands at once; further ones wait at the peers. Each queue is told this as the role's
    /// capacity. Default 256.
    /// </summary>
    public int MaxInFlight { get; init; } = 256;

    /// <summary>The time that the handler has for a request. Default 30 s.</summary>
    public TimeSpan HandlerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Works once on a request that bears an id (<see cref="RequestSettings.Identified"/>): a repeat is answered from a cache.
    /// Null, the default, works on each that comes.
    /// </summary>
    public OnceSettings? Once { get; init; }

    /// <summary>Null where all requests come from queues.</summary>
    internal SocketSpec? ReplySocket =>
        Queue is not null && Socket.Bind.Count + Socket.Connect.Count == 0 ? null : WithRoomForHeldReplies(ReplyingSocketOf(Socket));

    /// <summary>Replies that waited for an older one of their client go out at once, which is no sign of a client that does not read.</summary>
    private SocketSpec WithRoomForHeldReplies(SocketSpec socket) =>
        socket with { PeerBacklog = socket.PeerBacklog is > 0 and var mark ? (int)Math.Min(int.MaxValue, Math.Max(mark, 2L * MaxInFlight)) : socket.PeerBacklog };

    internal IEnumerable<SocketSpec> QueueSockets =>
        Queue is null ? [] : Queue.Endpoints.Select((endpoint, index) => SocketOf(Socket with { Bind = [], Connect = [endpoint], Security = Queue.Security ?? Socket.Security }, SocketKind.Dealer, $"queue-{index + 1}") with { ReportsLosses = false });

    /// <inheritdoc/>
    public override RoleContract Contract => new(
        Once is { } once ? $"a request with an id is worked on once: a repeat gets the reply of the first, for {once.Capacity} requests and {once.Age.TotalSeconds} s" : "each well-formed request reaches the handler once, and its answer goes to the peer that asked",
        $"a request that the handler fails on or has not answered within {HandlerTimeout.TotalMilliseconds} ms; an answer to a peer that is gone",
        Once is not null ? "failed, late and unroutable answers, repeats" : "failed, late and unroutable answers");

    /// <inheritdoc/>
    public override void Validate()
    {
        ReplySocket?.Validate();
        Check.AtLeast("max-in-flight", MaxInFlight, 1);
        Check.Positive("handler-timeout", HandlerTimeout);
        if (Once is { } once)
        {
            Check.AtLeast("once-capacity", once.Capacity, 1);
            Check.Positive("once-age", once.Age);
        }
        if (Queue is null) return;
        var queue = Check.Below("queue");
        if (Queue.Endpoints.Count == 0) throw queue.Fault("connect", "is empty: expected at least one endpoint");
        foreach (var socket in QueueSockets) socket.Validate(queue.Section);
        Queue.Heartbeat.Validate(queue);
    }
}

/// <summary>The cache by which a reply role works once on a request that comes again.</summary>
public sealed record OnceSettings
{
    /// <summary>The most replies in the cache; the oldest go first. Default 10,000.</summary>
    public int Capacity { get; init; } = 10_000;

    /// <summary>The time that a reply stays in the cache; clients should not retry for longer. Default 5 min.</summary>
    public TimeSpan Age { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>How a reply role joins queues as a server: docs/protocols/queue.md.</summary>
/// <param name="Endpoints">Where the queues listen for servers.</param>
public sealed record JoinQueueSettings(params IReadOnlyList<string> Endpoints)
{
    /// <summary>The security mechanism of the sockets to the queues. Null, the default, is that of the role's <see cref="ReplySettings.Socket"/>.</summary>
    public SecuritySettings? Security { get; init; }

    /// <summary>The heartbeats between the role and its queues.</summary>
    public HeartbeatSettings Heartbeat { get; init; } = new();
}
