using Actors.Host.Commands.Sockets;

namespace Actors.Host.Bench;

/// <summary>What to measure.</summary>
internal sealed record BenchSettings
{
    /// <summary>Bytes of a message. Default 100.</summary>
    public int Size { get; init; } = 100;

    /// <summary>Messages, or requests, that are measured; null for as many as come in <see cref="Duration"/>.</summary>
    public long? Count { get; init; }

    /// <summary>How long is measured; null for as long as <see cref="Count"/> takes.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Messages a second; null for as fast as the peers take them.</summary>
    public double? Rate { get; init; }

    /// <summary>Requests that are sent before those that are measured. Default 1000.</summary>
    public int WarmUp { get; init; } = 1000;

    /// <summary>Requests under way at a time, without <see cref="Rate"/>. Default 1.</summary>
    public int InFlight { get; init; } = 1;

    /// <summary>How long to wait for a peer, for the next message and for the last replies. Default 10 s.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The socket; of its type only the endpoints and the security count.</summary>
    public required SocketPlan Plan { get; init; }
}
