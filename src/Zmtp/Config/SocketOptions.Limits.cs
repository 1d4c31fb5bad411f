namespace Actors.Zmtp;

/// <summary>Bounds of what a peer may take from this process; docs/zmtp/limits.md tells what happens to a peer that wants more.</summary>
public sealed partial class SocketOptions
{
    /// <summary>The most that MaxCommandSize can be: a command is read in one piece.</summary>
    private const int LargestCommand = 32 * 1024;

    /// <summary>Time for the handshake with a peer. Default 30 s; zero means no limit.</summary>
    public TimeSpan HandshakeTimeout
    {
        get => Limits.HandshakeTimeout;
        set => Change(s => s with { Limits = s.Limits with { HandshakeTimeout = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(HandshakeTimeout), value, "HandshakeTimeout must not be negative; zero means no limit.") } });
    }

    /// <summary>Most connections of one bound endpoint that are in the handshake; a further one ends the oldest of them. Default 8192, so that thousands of peers that come back at once do not push each other out; zero means no limit.</summary>
    public int MaxHandshakes
    {
        get => Limits.MaxHandshakes;
        set => Change(s => s with { Limits = s.Limits with { MaxHandshakes = NotNegative(value, nameof(MaxHandshakes)) } });
    }

    /// <summary>Most connections of one bound endpoint; a further one is closed at once. Default 16384; zero means no limit.</summary>
    public int MaxConnections
    {
        get => Limits.MaxConnections;
        set => Change(s => s with { Limits = s.Limits with { MaxConnections = NotNegative(value, nameof(MaxConnections)) } });
    }

    /// <summary>Size of the longest command that is taken from a peer, in bytes, from 1024 to 32768. Default 16384.</summary>
    public int MaxCommandSize
    {
        get => Limits.MaxCommandSize;
        set => Change(s => s with { Limits = s.Limits with { MaxCommandSize = value is >= 1024 and <= LargestCommand ? value : throw new ArgumentOutOfRangeException(nameof(MaxCommandSize), value, $"MaxCommandSize must be from 1024 to {LargestCommand} bytes.") } });
    }

    /// <summary>Most properties that a peer may tell in the handshake. Default 64.</summary>
    public int MaxProperties
    {
        get => Limits.MaxProperties;
        set => Change(s => s with { Limits = s.Limits with { MaxProperties = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(MaxProperties), value, "MaxProperties must be positive: the socket type is one.") } });
    }

    /// <summary>Most bytes in the pipe from a peer; then nothing more is received from it. Also the most that a message of several frames may have. Default 512 MiB; zero means no limit.</summary>
    public long MaxReceiveBytes
    {
        get => Limits.MaxReceiveBytes;
        set => Change(s => s with { Limits = s.Limits with { MaxReceiveBytes = NotNegative(value, nameof(MaxReceiveBytes)) } });
    }

    /// <summary>For PUB, XPUB and RADIO: most prefixes or groups that one peer subscribes to. Default 100000; zero means no limit.</summary>
    public int MaxSubscriptions
    {
        get => Limits.MaxSubscriptions;
        set => Change(s => s with { Limits = s.Limits with { MaxSubscriptions = NotNegative(value, nameof(MaxSubscriptions)) } });
    }

    /// <summary>For PUB, XPUB and RADIO: most bytes that the prefixes or groups of one peer have together. Default 16 MiB; zero means no limit.</summary>
    public long MaxSubscriptionBytes
    {
        get => Limits.MaxSubscriptionBytes;
        set => Change(s => s with { Limits = s.Limits with { MaxSubscriptionBytes = NotNegative(value, nameof(MaxSubscriptionBytes)) } });
    }

    /// <summary>For PUB and XPUB: size of the longest prefix, in bytes. Default 16 KiB; zero means no limit but that of commands.</summary>
    public int MaxTopicSize
    {
        get => Limits.MaxTopicSize;
        set => Change(s => s with { Limits = s.Limits with { MaxTopicSize = NotNegative(value, nameof(MaxTopicSize)) } });
    }

    private Connections.ConnectionLimits Limits => Settings.Limits;

    private static long NotNegative(long value, string name)
        => value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must not be negative; zero means no limit.");
}
