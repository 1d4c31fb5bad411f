using Actors.Transport;

namespace Actors;

/// <summary>The heartbeats by which two peers of one of the project's protocols notice that the other is gone.</summary>
public sealed record HeartbeatSettings
{
    // A peer that misses this many of its announced heartbeats counts as gone.
    private const int Missed = 3;

    /// <summary>The time between two heartbeats to a peer. Default 1 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The silence after which a peer counts as gone, at least twice the interval. Default 5 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The silence that this peer is allowed: the timeout, and at least three of its own heartbeats.</summary>
    internal TimeSpan PatienceWith(TimeSpan peerInterval) => TimeSpan.FromTicks(Math.Max(Timeout.Ticks, Missed * peerInterval.Ticks));

    internal void Validate(SettingCheck check)
    {
        check.Span("heartbeat-interval", Interval, TimeSpan.FromMilliseconds(1));
        check.Span("heartbeat-timeout", Timeout, TimeSpan.FromMilliseconds(1));
        if (Timeout < 2 * Interval)
            throw check.Fault("heartbeat-timeout", $"is {Timeout.TotalMilliseconds} ms: expected at least twice the heartbeat-interval, {2 * Interval.TotalMilliseconds} ms");
    }
}
