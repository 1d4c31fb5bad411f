using Actors.Transport;

namespace Actors;

/// <summary>The settings of acknowledged delivery in a pipeline.</summary>
/// <remarks>A push role uses those of the sending end, a pull role those of the receiving end, a worker role both.</remarks>
public sealed record AcknowledgedSettings
{
    /// <summary>Sending end: the time that a peer has for a task, with all that follows from it, before it is sent again. Default 60 s.</summary>
    public TimeSpan TaskDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Sending end: the tries after which a task is dead-lettered. Default 10.</summary>
    public int MaxTries { get; init; } = 10;

    /// <summary>
    /// Receiving end: the most tasks that each sending peer may have here unacknowledged. Slow work grants fewer, about as
    /// many as it finishes in a second or two. Default 4,096.
    /// </summary>
    public int Credit { get; init; } = 4096;

    /// <summary>Receiving end: the ids of finished tasks that are remembered, to drop repeats. Default 100,000.</summary>
    public int DedupWindow { get; init; } = 100_000;

    /// <summary>The heartbeats between the ends.</summary>
    public HeartbeatSettings Heartbeat { get; init; } = new();

    internal void Validate(SettingCheck role)
    {
        var check = role.Below("acknowledged");
        check.Span("task-deadline", TaskDeadline, TimeSpan.FromMilliseconds(1));
        check.AtLeast("max-tries", MaxTries, 1);
        check.AtLeast("credit", Credit, 1);
        check.AtLeast("dedup-window", DedupWindow, 1);
        Heartbeat.Validate(check);
    }

    /// <summary>The sockets that an end needs, each under a name of its own: a ROUTER for all that is bound, a DEALER for each endpoint that is connected to.</summary>
    internal static IEnumerable<SocketSpec> SocketsOf(SocketSpec router)
    {
        // What waits for a peer is bounded by its credit and by the ledger. A bound of the queue would have a ROUTER wait
        // for one peer and hold back the others. What a connection loses is sent again.
        var all = router with { Settings = router.Settings with { SendHighWaterMark = 0 }, ReportsLosses = false };
        if (all.Bind.Count > 0) yield return all.Bound(all.Name) with { Probe = PipelineCodec.Write(new HeartbeatCommand()) };
        for (var i = 0; i < all.Connect.Count; i++)
            yield return all.ConnectedTo(all.Connect[i], all.Bind.Count + i == 0 ? all.Name : $"{all.Name}.{i + 1}") with { Kind = SocketKind.Dealer };
    }
}
