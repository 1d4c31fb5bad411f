using Actors.Transport;

namespace Actors;

/// <summary>What a publish role keeps for subscribers that come late or come back.</summary>
public enum Retain
{
    /// <summary>The latest messages, as far back as the bounds reach.</summary>
    Window,

    /// <summary>
    /// The last value of each topic, which is the first frame; and the latest messages within the bounds, for subscribers
    /// that were there and come back.
    /// </summary>
    Last,
}

/// <summary>What becomes of a subscriber that is so slow that a message which it has not been sent is no longer kept.</summary>
public enum SlowSubscriber
{
    /// <summary>It misses that message, and is told the gap.</summary>
    Drop,

    /// <summary>Its session is ended. It may come back, and is told the gap then.</summary>
    Disconnect,
}

/// <summary>How a publish role keeps messages for subscribers that speak docs/protocols/broadcast.md.</summary>
public sealed record RetainedSettings
{
    /// <summary>Where those subscribers connect to: bound, beside the publish socket that plain subscribers use.</summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>What is kept. Default <see cref="Retain.Window"/>.</summary>
    public Retain Retain { get; init; } = Retain.Window;

    /// <summary>The most messages kept. Default 10,000.</summary>
    public int Count { get; init; } = 10_000;

    /// <summary>The most bytes of payload kept; the latest message is kept whatever its size. Default 64 MiB.</summary>
    public long Bytes { get; init; } = 64L << 20;

    /// <summary>How long a message is kept; null is without limit, and the default.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>
    /// <see cref="Retain.Last"/>: the most topics whose last value is kept besides the latest messages; the value that
    /// has not changed for longest goes first. Their payload is bounded by <see cref="Bytes"/> as well. Default 10,000.
    /// </summary>
    public int Topics { get; init; } = 10_000;

    /// <summary>
    /// The most subscribers with a session. Beyond them, the session ends whose subscriber was silent for longest; one that
    /// is there comes back with its next heartbeat. Default 10,000.
    /// </summary>
    public int Sessions { get; init; } = 10_000;

    /// <summary>What becomes of a subscriber that does not keep up. Default <see cref="SlowSubscriber.Drop"/>.</summary>
    public SlowSubscriber SlowSubscriber { get; init; }

    /// <summary>How often each subscriber is told that the publisher is there, and ages are looked at. Default 1 s.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a subscriber may be silent before its session ends. Default 5 s.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(5);

    internal SocketSettings SocketOf(string role) => Socket with { Name = $"{role}.retained", Kind = SocketKind.Router, ReportsLosses = false };

    internal void Validate(string role)
    {
        SocketOf(role).Validate("retained.");
        if (Socket.Connect.Count > 0) throw Fault("connect", "is set: expected only \"bind\", because subscribers connect");
        if (Count < 1) throw Fault("count", $"is {Count}: expected 1 or more");
        if (Bytes < 1) throw Fault("bytes", $"is {Bytes}: expected 1 or more");
        if (Topics < 1) throw Fault("topics", $"is {Topics}: expected 1 or more");
        if (Sessions < 1) throw Fault("sessions", $"is {Sessions}: expected 1 or more");
        if (Age is { } age && age <= TimeSpan.Zero) throw Fault("age", $"is {age.TotalMilliseconds} ms: expected more than 0 ms");
        BroadcastHeartbeat.Validate(role, HeartbeatInterval, HeartbeatTimeout);

        SocketSettingsException Fault(string option, string fault) => new(role, $"retained.{option}", fault);
    }
}

/// <summary>What both ends of the broadcast protocol agree on about heartbeats.</summary>
internal static class BroadcastHeartbeat
{
    // A peer may be late by this many of the heartbeats that it has announced.
    private const int Missed = 3;

    /// <summary>How long a peer may be silent.</summary>
    public static TimeSpan Patience(TimeSpan timeout, TimeSpan announced) => timeout > Missed * announced ? timeout : Missed * announced;

    public static void Validate(string role, TimeSpan interval, TimeSpan timeout)
    {
        Check("heartbeat-interval", interval);
        Check("heartbeat-timeout", timeout);
        if (timeout < 2 * interval)
            throw new SocketSettingsException(role, "retained.heartbeat-timeout", $"is {timeout.TotalMilliseconds} ms: expected at least twice the heartbeat-interval, {2 * interval.TotalMilliseconds} ms");

        void Check(string option, TimeSpan value)
        {
            if (value.TotalMilliseconds is < 1 or > int.MaxValue)
                throw new SocketSettingsException(role, $"retained.{option}", $"is {value.TotalMilliseconds} ms: expected from 1 to {int.MaxValue} ms");
        }
    }
}
