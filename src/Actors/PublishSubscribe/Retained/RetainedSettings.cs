using Actors.Transport;

namespace Actors;

/// <summary>Which messages a publish role keeps.</summary>
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

/// <summary>What a publish role keeps for subscribers that speak docs/protocols/broadcast.md.</summary>
public sealed record RetainedSettings
{
    /// <summary>Where those subscribers connect to: an endpoint to bind, beside the publish socket that plain subscribers use.</summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>What is kept. Default <see cref="Retain.Window"/>.</summary>
    public Retain Retain { get; init; } = Retain.Window;

    /// <summary>The most messages kept. Default 10,000.</summary>
    public int Count { get; init; } = 10_000;

    /// <summary>The most bytes of payload kept; the latest message is kept whatever its size. Default 64 MiB.</summary>
    public long Bytes { get; init; } = 64L << 20;

    /// <summary>The age at which a message is no longer kept. Null, the default, is without limit.</summary>
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

    /// <summary>The heartbeats between the publisher and its subscribers. Ages are looked at as often.</summary>
    public HeartbeatSettings Heartbeat { get; init; } = new();

    internal SocketSpec SocketOf(string role) => new() { Name = $"{role}.retained", Kind = SocketKind.Router, Settings = Socket, ReportsLosses = false, Probe = BroadcastCodec.Write(new BroadcastCommand.Heartbeat()) };

    internal void Validate(SettingCheck publisher)
    {
        var check = publisher.Below("retained");
        SocketOf(publisher.Owner).Validate(check.Section);
        if (Socket.Connect.Count > 0) throw check.Fault("connect", "is set: expected only \"bind\", because subscribers connect");
        check.AtLeast("count", Count, 1);
        check.AtLeast("bytes", Bytes, 1);
        check.AtLeast("topics", Topics, 1);
        check.AtLeast("sessions", Sessions, 1);
        if (Age is { } age && age <= TimeSpan.Zero) throw check.Fault("age", $"is {age.TotalMilliseconds} ms: expected more than 0 ms");
        Heartbeat.Validate(check);
    }
}

/// <summary>How a subscribe role takes part in the delivery of what a publish role retains: docs/protocols/broadcast.md.</summary>
public sealed record RetainedSubscription
{
    /// <summary>The heartbeats between the subscriber and each publisher. An answer to a SUBSCRIBE is waited for as long as a silent publisher.</summary>
    public HeartbeatSettings Heartbeat { get; init; } = new();

    /// <summary>Where to begin, at publishers whose position was kept from an earlier run: <see cref="RoleStatus.Subscription"/> tells it. Default none.</summary>
    public IReadOnlyList<PublisherPosition> ResumeFrom { get; init; } = [];
}
