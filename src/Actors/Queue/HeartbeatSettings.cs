using Actors.Transport;

namespace Actors;

/// <summary>How a queue and its servers notice that the other is gone.</summary>
public sealed record HeartbeatSettings
{
    // A peer may be late by this many of the heartbeats that it has announced.
    private const int Missed = 3;

    /// <summary>How often the peer is told that this end is there. Default 1 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a peer may be silent before it is gone; at least twice the interval. Default 5 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long this peer may be silent: not less than three of its own heartbeats.</summary>
    internal TimeSpan PatienceWith(TimeSpan peerInterval) => TimeSpan.FromTicks(Math.Max(Timeout.Ticks, Missed * peerInterval.Ticks));

    internal void Validate(string role, string section = "")
    {
        if (Interval.TotalMilliseconds is < 1 or > int.MaxValue)
            throw new SocketSettingsException(role, $"{section}heartbeat-interval", $"is {Interval.TotalMilliseconds} ms: expected from 1 to {int.MaxValue} ms");
        if (Timeout < 2 * Interval || Timeout.TotalMilliseconds > int.MaxValue)
            throw new SocketSettingsException(role, $"{section}heartbeat-timeout", $"is {Timeout.TotalMilliseconds} ms: expected at least twice the heartbeat-interval, {2 * Interval.TotalMilliseconds} ms");
    }
}
