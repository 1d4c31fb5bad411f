using Actors.Zmtp.Connections;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp;

/// <summary>The settings of a socket. Those of connections hold for endpoints that are bound or connected afterwards.</summary>
public sealed partial class SocketOptions
{
    private readonly SocketCore _core;

    private readonly Lock _gate = new();

    internal SocketOptions(SocketCore core) => _core = core;

    /// <summary>The name by which a ROUTER at the other end knows this socket: at most 255 bytes, the first not zero; null when it has none.</summary>
    public byte[]? Identity
    {
        get => Settings.RoutingId.Length == 0 ? null : [.. Settings.RoutingId];
        set
        {
            if (value is { Length: > 255 })
            {
                throw new InvalidException($"Identity has {value.Length} bytes, the most is 255.");
            }

            if (value is { Length: > 0 } && value[0] == 0)
            {
                throw new InvalidException("Identity begins with a zero byte, which is reserved for identities that a ROUTER makes up.");
            }

            Change(s => s with { RoutingId = value is null ? [] : [.. value] });
        }
    }

    /// <summary>How long what was sent, and has not left when the socket is closed, may still be sent; zero drops it, a negative time is without end.</summary>
    public TimeSpan Linger
    {
        get => _core.Linger;
        set => _core.Linger = value;
    }

    /// <summary>The most messages that wait in the pipe to a peer; zero means no limit. 1000 unless set.</summary>
    public int SendHighWatermark
    {
        get => Settings.SendHighWatermark;
        set => Change(s => s with { SendHighWatermark = NotNegative(value, nameof(SendHighWatermark)) });
    }

    /// <summary>The most messages that wait in the pipe from a peer; zero means no limit. 1000 unless set.</summary>
    public int ReceiveHighWatermark
    {
        get => Settings.ReceiveHighWatermark;
        set => Change(s => s with { ReceiveHighWatermark = NotNegative(value, nameof(ReceiveHighWatermark)) });
    }

    /// <summary>The number of waiting messages at which a full pipe to a peer takes messages again; zero means half of the high-water mark.</summary>
    public int SendLowWatermark
    {
        get => Settings.SendLowWatermark;
        set => Change(s => s with { SendLowWatermark = NotNegative(value, nameof(SendLowWatermark)) });
    }

    /// <summary>The number of waiting messages at which reading from a peer goes on; zero means half of the high-water mark.</summary>
    public int ReceiveLowWatermark
    {
        get => Settings.ReceiveLowWatermark;
        set => Change(s => s with { ReceiveLowWatermark = NotNegative(value, nameof(ReceiveLowWatermark)) });
    }

    /// <summary>The largest frame that is taken from a peer, in bytes; a peer that sends a larger one is disconnected. Negative, the default, means no limit.</summary>
    public long MaxMsgSize
    {
        get => Settings.MaxMessageSize;
        set => Change(s => s with { MaxMessageSize = value });
    }

    /// <summary>The endpoint of the last bind or connect, with its real address and port; null before.</summary>
    public string? LastEndpoint => _core.LastEndpoint;

    /// <summary>The frame received last has another behind it.</summary>
    public bool ReceiveMore => _core.ReceiveMore;

    /// <summary>How long after a lost connection it is tried again; a negative time switches that off. 100 ms unless set.</summary>
    public TimeSpan ReconnectInterval
    {
        get => Settings.ReconnectInterval;
        set => Change(s => s with { ReconnectInterval = value });
    }

    /// <summary>Up to which the time between attempts doubles; zero, the default, keeps it as it is.</summary>
    public TimeSpan ReconnectIntervalMax
    {
        get => Settings.ReconnectIntervalMax;
        set => Change(s => s with { ReconnectIntervalMax = value });
    }

    /// <summary>How often a PING is sent to a silent peer; zero, the default, means never.</summary>
    public TimeSpan HeartbeatInterval
    {
        get => Settings.HeartbeatInterval;
        set => Change(s => s with { HeartbeatInterval = value });
    }

    /// <summary>How long after a PING something must be heard of the peer; zero, the default, means as long as the interval.</summary>
    public TimeSpan HeartbeatTimeout
    {
        get => Settings.HeartbeatTimeout;
        set => Change(s => s with { HeartbeatTimeout = value });
    }

    /// <summary>How long the peer is told that it may wait for the next sign of life; zero, the default, tells nothing. Rounded up to tenths of a second. Not told over ws.</summary>
    public TimeSpan HeartbeatTtl
    {
        get => Settings.HeartbeatTtl;
        set => Change(s => s with { HeartbeatTtl = value });
    }

    /// <summary>Messages are taken for a peer only while its connection stands; otherwise they wait for it from the call to connect on.</summary>
    public bool DelayAttachOnConnect
    {
        get => _core.DelayAttachOnConnect;
        set => _core.DelayAttachOnConnect = value;
    }

    private ConnectionSettings Settings => _core.Settings;

    /// <summary>One thread at a time, so that none of those that share a thread-safe socket loses a change of another.</summary>
    private void Change(Func<ConnectionSettings, ConnectionSettings> change)
    {
        lock (_gate)
        {
            _core.Settings = change(_core.Settings);
        }
    }

    private static int NotNegative(int value, string name)
        => value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must not be negative; zero means no limit, or for a low-water mark the default.");
}
