namespace Actors.Zmtp;

public sealed partial class SocketOptions
{
    /// <summary>Number of connections that may wait to be accepted. Default 100.</summary>
    public int Backlog
    {
        get => Settings.Tcp.Backlog;
        set => Change(s => s with { Tcp = s.Tcp with { Backlog = NotNegative(value, nameof(Backlog)) } });
    }

    /// <summary>Size of the system's send buffer, in bytes. Default zero: that of the system.</summary>
    public int SendBuffer
    {
        get => Settings.Tcp.SendBuffer;
        set => Change(s => s with { Tcp = s.Tcp with { SendBuffer = NotNegative(value, nameof(SendBuffer)) } });
    }

    /// <summary>Size of the system's receive buffer, in bytes. Default zero: that of the system.</summary>
    public int ReceiveBuffer
    {
        get => Settings.Tcp.ReceiveBuffer;
        set => Change(s => s with { Tcp = s.Tcp with { ReceiveBuffer = NotNegative(value, nameof(ReceiveBuffer)) } });
    }

    /// <summary>Time for one attempt to reach one address of the peer. Default zero: that of the system, which takes minutes.</summary>
    public TimeSpan ConnectTimeout
    {
        get => Settings.Tcp.ConnectTimeout;
        set => Change(s => s with { Tcp = s.Tcp with { ConnectTimeout = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(ConnectTimeout), value, "ConnectTimeout must not be negative; zero leaves it to the system.") } });
    }

    /// <summary>True, the default, uses IPv4 only, but for numeric IPv6 addresses. False listens on both at "*", as "[::]" always does, and tries the addresses of a name in the order in which the system prefers them, mostly IPv6 first.</summary>
    public bool IPv4Only
    {
        get => Settings.Tcp.IPv4Only;
        set => Change(s => s with { Tcp = s.Tcp with { IPv4Only = value } });
    }

    /// <summary>True lets the system probe silent connections. Default false.</summary>
    public bool TcpKeepalive
    {
        get => Settings.Tcp.KeepAlive;
        set => Change(s => s with { Tcp = s.Tcp with { KeepAlive = value } });
    }

    /// <summary>Number of unanswered probes after which a connection is lost. Default -1: that of the system.</summary>
    public int TcpKeepaliveCnt
    {
        get => Settings.Tcp.KeepAliveCount;
        set => Change(s => s with { Tcp = s.Tcp with { KeepAliveCount = value >= -1 ? value : throw new ArgumentOutOfRangeException(nameof(TcpKeepaliveCnt), value, "TcpKeepaliveCnt must not be below -1, which leaves it to the system.") } });
    }

    /// <summary>Time of silence before the first probe. Default <see cref="Timeout.InfiniteTimeSpan"/>: that of the system.</summary>
    public TimeSpan TcpKeepaliveIdle
    {
        get => Settings.Tcp.KeepAliveIdle;
        set => Change(s => s with { Tcp = s.Tcp with { KeepAliveIdle = NotNegativeOrInfinite(value, nameof(TcpKeepaliveIdle), "leaves it to the system") } });
    }

    /// <summary>Time between probes. Default <see cref="Timeout.InfiniteTimeSpan"/>: that of the system.</summary>
    public TimeSpan TcpKeepaliveInterval
    {
        get => Settings.Tcp.KeepAliveInterval;
        set => Change(s => s with { Tcp = s.Tcp with { KeepAliveInterval = NotNegativeOrInfinite(value, nameof(TcpKeepaliveInterval), "leaves it to the system") } });
    }
}
