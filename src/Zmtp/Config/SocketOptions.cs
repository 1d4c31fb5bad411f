using Actors.Zmtp.Connections;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp;

/// <summary>The settings of a socket. Those of connections hold for endpoints that are bound or connected afterwards.</summary>
public sealed partial class SocketOptions
{
    private readonly SocketCore _core;

    /// <summary>A PING has 16 bits for tenths of a second.</summary>
    private static readonly TimeSpan s_ttlEnd = TimeSpan.FromSeconds(6553.6);

    private readonly Lock _gate = new();

    internal SocketOptions(SocketCore core) => _core = core;

    /// <summary>The routing id by which a ROUTER at the other end knows this socket: at most 255 bytes, the first not zero. Default null: the ROUTER makes one up (RFC 28).</summary>
    public byte[]? Identity
    {
        get => Settings.RoutingId.Length == 0 ? null : [.. Settings.RoutingId];
        set
        {
            if (value is { Length: 0 })
            {
                throw new InvalidException("Identity is empty; expected 1 to 255 bytes, or null for none.");
            }

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

    /// <summary>Time for which a closed socket may still send what it has taken. Zero drops it, <see cref="Timeout.InfiniteTimeSpan"/> has no end. Default <see cref="ZmqContext.Linger"/>.</summary>
    public TimeSpan Linger
    {
        get => _core.Linger;
        set => _core.Linger = NotNegativeOrInfinite(value, nameof(Linger), "has no end");
    }

    /// <summary>Most messages that wait in the pipe to a peer. Default 1000; zero means no limit.</summary>
    public int SendHighWatermark
    {
        get => Settings.SendHighWatermark;
        set => Change(s => s with { SendHighWatermark = NotNegative(value, nameof(SendHighWatermark)) });
    }

    /// <summary>Most messages that wait in the pipe from a peer; then nothing more is received from it. Default 1000; zero means no limit.</summary>
    public int ReceiveHighWatermark
    {
        get => Settings.ReceiveHighWatermark;
        set => Change(s => s with { ReceiveHighWatermark = NotNegative(value, nameof(ReceiveHighWatermark)) });
    }

    /// <summary>Number of waiting messages at which a full pipe to a peer takes messages again. Default zero: half of the high-water mark.</summary>
    public int SendLowWatermark
    {
        get => Settings.SendLowWatermark;
        set => Change(s => s with { SendLowWatermark = NotNegative(value, nameof(SendLowWatermark)) });
    }

    /// <summary>Number of waiting messages at which the socket receives from a peer again. Default zero: half of the high-water mark.</summary>
    public int ReceiveLowWatermark
    {
        get => Settings.ReceiveLowWatermark;
        set => Change(s => s with { ReceiveLowWatermark = NotNegative(value, nameof(ReceiveLowWatermark)) });
    }

    /// <summary>Size of the largest frame that is taken from a peer, in bytes; a peer that announces a larger one is disconnected. Default negative: no limit.</summary>
    public long MaxMsgSize
    {
        get => Settings.MaxMessageSize;
        set => Change(s => s with { MaxMessageSize = value });
    }

    /// <summary>The endpoint of the last bind or connect, with its real address and port; null before.</summary>
    public string? LastEndpoint => _core.LastEndpoint;

    /// <summary>Another frame follows the one that was received last.</summary>
    public bool ReceiveMore => _core.ReceiveMore;

    /// <summary>Time from a lost connection to the next attempt. Default 100 ms; <see cref="Timeout.InfiniteTimeSpan"/> never connects again.</summary>
    public TimeSpan ReconnectInterval
    {
        get => Settings.ReconnectInterval;
        set => Change(s => s with { ReconnectInterval = NotNegativeOrInfinite(value, nameof(ReconnectInterval), "never connects again") });
    }

    /// <summary>
    /// Time up to which the interval between attempts doubles. Default zero: it does not double, except up to 5 s for a peer that
    /// refuses this end after the handshake. A connection that has served lets it begin anew.
    /// </summary>
    public TimeSpan ReconnectIntervalMax
    {
        get => Settings.ReconnectIntervalMax;
        set => Change(s => s with { ReconnectIntervalMax = NotNegative(value, nameof(ReconnectIntervalMax), "keeps the interval as it is") });
    }

    /// <summary>Time of silence after which a PING is sent to the peer (RFC 37). Default zero: none is sent.</summary>
    public TimeSpan HeartbeatInterval
    {
        get => Settings.HeartbeatInterval;
        set => Change(s => s with { HeartbeatInterval = NotNegative(value, nameof(HeartbeatInterval), "sends no PING") });
    }

    /// <summary>Time from a PING to the end of the connection if nothing is heard of the peer. Default zero: the interval.</summary>
    public TimeSpan HeartbeatTimeout
    {
        get => Settings.HeartbeatTimeout;
        set => Change(s => s with { HeartbeatTimeout = NotNegative(value, nameof(HeartbeatTimeout), "means the interval") });
    }

    /// <summary>Time that a PING tells the peer to wait for the next sign of life, rounded up to tenths of a second, and less than 6553.6 s. Default zero: none is told; over ws none is told ever.</summary>
    public TimeSpan HeartbeatTtl
    {
        get => Settings.HeartbeatTtl;
        set => Change(s => s with { HeartbeatTtl = NotNegative(value, nameof(HeartbeatTtl), "tells none") < s_ttlEnd ? value : throw new ArgumentOutOfRangeException(nameof(HeartbeatTtl), value, $"HeartbeatTtl must be less than {s_ttlEnd.TotalSeconds} s.") });
    }

    /// <summary>True takes messages for a peer only while its connection stands. Default false: they wait for it from the call to connect on.</summary>
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

    private static TimeSpan NotNegative(TimeSpan value, string name, string zero)
        => value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must not be negative; zero {zero}.");

    internal static TimeSpan NotNegativeOrInfinite(TimeSpan value, string name, string infinite)
        => value >= TimeSpan.Zero || value == Timeout.InfiniteTimeSpan
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must not be negative, except for Timeout.InfiniteTimeSpan (-1 ms), which {infinite}.");

    private static int NotNegative(int value, string name)
        => value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must not be negative; zero means no limit, or for a low-water mark the default.");
}
