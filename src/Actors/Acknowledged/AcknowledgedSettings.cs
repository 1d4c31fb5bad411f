using Actors.Transport;

namespace Actors;

/// <summary>The settings that an end of an acknowledged pipeline has besides those of its role.</summary>
/// <remarks>A push role uses those of the sending end, a pull role those of the receiving end, a worker role both.</remarks>
public sealed record AcknowledgedSettings
{
    /// <summary>Sending end: how long a peer may take for a task, with all that follows from it, before it is sent again. Default 60 s.</summary>
    public TimeSpan TaskDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Sending end: after so many tries a task is dead-lettered. Default 10.</summary>
    public int MaxTries { get; init; } = 10;

    /// <summary>
    /// Receiving end: the most tasks that each sending peer may have here unacknowledged. It is given fewer while the work is
    /// slow, about as many as are done in a second or two. Default 4096.
    /// </summary>
    public int Credit { get; init; } = 4096;

    /// <summary>Receiving end: how many ids of finished tasks are remembered, to drop repeats. Default 100,000.</summary>
    public int DedupWindow { get; init; } = 100_000;

    /// <summary>How often each peer is told that this end is there. Default 1 s.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a peer may be silent before it is gone. Default 5 s.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <exception cref="SocketSettingsException">A setting is out of its range.</exception>
    internal void Validate(string role)
    {
        Positive("task-deadline", TaskDeadline);
        AtLeastOne("max-tries", MaxTries);
        AtLeastOne("credit", Credit);
        AtLeastOne("dedup-window", DedupWindow);
        Positive("heartbeat-interval", HeartbeatInterval);
        Positive("heartbeat-timeout", HeartbeatTimeout);
        if (HeartbeatTimeout < 2 * HeartbeatInterval)
            throw Fault("heartbeat-timeout", $"is {HeartbeatTimeout.TotalMilliseconds} ms: expected at least twice the heartbeat-interval, {2 * HeartbeatInterval.TotalMilliseconds} ms");

        void Positive(string option, TimeSpan value)
        {
            if (value.TotalMilliseconds is < 1 or > int.MaxValue) throw Fault(option, $"is {value.TotalMilliseconds} ms: expected from 1 to {int.MaxValue} ms");
        }

        void AtLeastOne(string option, int value)
        {
            if (value < 1) throw Fault(option, $"is {value}: expected 1 or more");
        }

        SocketSettingsException Fault(string option, string fault) => new(role, $"acknowledged.{option}", fault);
    }
}
