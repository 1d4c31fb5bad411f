namespace Actors.Zmtp;

/// <summary>What a peer may take from this process; docs/zmtp/limits.md tells what happens to one who wants more.</summary>
public sealed partial class SocketOptions
{
    /// <summary>The most that MaxCommandSize can be: a command is read in one piece.</summary>
    private const int LargestCommand = 32 * 1024;

    /// <summary>How long a peer may take for the handshake; zero for as long as it likes. 30 s unless set.</summary>
    public TimeSpan HandshakeTimeout
    {
        get => Limits.HandshakeTimeout;
        set => Change(s => s with { Limits = s.Limits with { HandshakeTimeout = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(HandshakeTimeout), value, "HandshakeTimeout must not be negative; zero means no limit.") } });
    }

    /// <summary>How many connections of one bound endpoint may be in the handshake at a time; one more pushes the oldest of them out. Zero means no limit. 8192 unless set, so that thousands of peers that come back at once after a restart do not push each other out.</summary>
    public int MaxHandshakes
    {
        get => Limits.MaxHandshakes;
        set => Change(s => s with { Limits = s.Limits with { MaxHandshakes = NotNegative(value, nameof(MaxHandshakes)) } });
    }

    /// <summary>How many connections one bound endpoint may have; a further one is closed at once. Zero means no limit. 16384 unless set.</summary>
    public int MaxConnections
    {
        get => Limits.MaxConnections;
        set => Change(s => s with { Limits = s.Limits with { MaxConnections = NotNegative(value, nameof(MaxConnections)) } });
    }

    /// <summary>The longest body of a command that is taken from a peer, in bytes, from 1024 to 32768. 16384 unless set.</summary>
    public int MaxCommandSize
    {
        get => Limits.MaxCommandSize;
        set => Change(s => s with { Limits = s.Limits with { MaxCommandSize = value is >= 1024 and <= LargestCommand ? value : throw new ArgumentOutOfRangeException(nameof(MaxCommandSize), value, $"MaxCommandSize must be from 1024 to {LargestCommand} bytes.") } });
    }

    /// <summary>How many properties a peer may tell in the handshake. 64 unless set.</summary>
    public int MaxProperties
    {
        get => Limits.MaxProperties;
        set => Change(s => s with { Limits = s.Limits with { MaxProperties = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(MaxProperties), value, "MaxProperties must be positive: the socket type is one.") } });
    }

    /// <summary>With so many bytes in the pipe from a peer no more is received from it; also the most that a message of several frames may have. Zero means no limit. 512 MiB unless set.</summary>
    public long MaxReceiveBytes
    {
        get => Limits.MaxReceiveBytes;
        set => Change(s => s with { Limits = s.Limits with { MaxReceiveBytes = NotNegative(value, nameof(MaxReceiveBytes)) } });
    }

    /// <summary>For PUB and XPUB: to how many different prefixes one peer may subscribe. Zero means no limit. 100000 unless set.</summary>
    public int MaxSubscriptions
    {
        get => Limits.MaxSubscriptions;
        set => Change(s => s with { Limits = s.Limits with { MaxSubscriptions = NotNegative(value, nameof(MaxSubscriptions)) } });
    }

    /// <summary>For PUB and XPUB: how many bytes the prefixes of one peer may have together. Zero means no limit. 16 MiB unless set.</summary>
    public long MaxSubscriptionBytes
    {
        get => Limits.MaxSubscriptionBytes;
        set => Change(s => s with { Limits = s.Limits with { MaxSubscriptionBytes = NotNegative(value, nameof(MaxSubscriptionBytes)) } });
    }

    /// <summary>For PUB and XPUB: how many bytes a prefix may have. Zero means no limit but that of commands. 16 KiB unless set.</summary>
    public int MaxTopicSize
    {
        get => Limits.MaxTopicSize;
        set => Change(s => s with { Limits = s.Limits with { MaxTopicSize = NotNegative(value, nameof(MaxTopicSize)) } });
    }

    private Connections.ConnectionLimits Limits => Settings.Limits;

    private static long NotNegative(long value, string name)
        => value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must not be negative; zero means no limit.");
}
