namespace Actors.Zmtp.Connections;

/// <summary>Bounds of what a peer may take from this process; a peer that wants more is disconnected, or waits. docs/zmtp/limits.md tells of each.</summary>
internal sealed record ConnectionLimits
{
    public static readonly ConnectionLimits Default = new();

    /// <summary>Time for the handshake with a peer; zero means no limit.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Connections of one bound endpoint that are in the handshake; with one more the oldest of them ends. Zero for no limit.</summary>
    public int MaxHandshakes { get; init; } = 8192;

    /// <summary>Connections of one bound endpoint; one more is closed at once. Zero for no limit.</summary>
    public int MaxConnections { get; init; } = 16_384;

    /// <summary>Octets of the body of a command, in the handshake and after it.</summary>
    public int MaxCommandSize { get; init; } = 16 * 1024;

    /// <summary>Properties that a peer tells in the handshake.</summary>
    public int MaxProperties { get; init; } = Protocol.Metadata.DefaultMaxProperties;

    /// <summary>Bytes in the pipe from a peer above which no more is received; also the most of a message of several frames. Zero for no limit.</summary>
    public long MaxReceiveBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Different prefixes that one peer subscribes to. Zero for no limit.</summary>
    public int MaxSubscriptions { get; init; } = 100_000;

    /// <summary>Bytes of the prefixes that one peer subscribes to. Zero for no limit.</summary>
    public long MaxSubscriptionBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Bytes of one prefix. Zero for no limit but that of a command or message.</summary>
    public int MaxTopicSize { get; init; } = 16 * 1024;
}
