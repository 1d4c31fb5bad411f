namespace Actors.Zmtp;

public sealed partial class SocketOptions
{
    /// <summary>Connections that may wait to be accepted; 100 unless set.</summary>
    public int Backlog
    {
        get => Settings.Tcp.Backlog;
        set => Change(s => s with { Tcp = s.Tcp with { Backlog = NotNegative(value, nameof(Backlog)) } });
    }

    /// <summary>The size of the system's send buffer in bytes; zero leaves it to the system.</summary>
    public int SendBuffer
    {
        get => Settings.Tcp.SendBuffer;
        set => Change(s => s with { Tcp = s.Tcp with { SendBuffer = NotNegative(value, nameof(SendBuffer)) } });
    }

    /// <summary>The size of the system's receive buffer in bytes; zero leaves it to the system.</summary>
    public int ReceiveBuffer
    {
        get => Settings.Tcp.ReceiveBuffer;
        set => Change(s => s with { Tcp = s.Tcp with { ReceiveBuffer = NotNegative(value, nameof(ReceiveBuffer)) } });
    }

    /// <summary>How long each address of a peer is tried before the next, or before the attempt to connect has failed; zero, the default, leaves it to the system, which takes minutes.</summary>
    public TimeSpan ConnectTimeout
    {
        get => Settings.Tcp.ConnectTimeout;
        set => Change(s => s with { Tcp = s.Tcp with { ConnectTimeout = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(ConnectTimeout), value, "ConnectTimeout must not be negative; zero leaves it to the system.") } });
    }

    /// <summary>Only IPv4 is used; the default. Otherwise "*" listens on both, and the addresses of a name are tried in the order in which the system prefers them, mostly IPv6 first.</summary>
    public bool IPv4Only
    {
        get => Settings.Tcp.IPv4Only;
        set => Change(s => s with { Tcp = s.Tcp with { IPv4Only = value } });
    }

    /// <summary>The system watches silent connections.</summary>
    public bool TcpKeepalive
    {
        get => Settings.Tcp.KeepAlive;
        set => Change(s => s with { Tcp = s.Tcp with { KeepAlive = value } });
    }

    /// <summary>After how many unanswered probes the connection counts as lost; negative leaves it to the system.</summary>
    public int TcpKeepaliveCnt
    {
        get => Settings.Tcp.KeepAliveCount;
        set => Change(s => s with { Tcp = s.Tcp with { KeepAliveCount = value } });
    }

    /// <summary>After how much silence the first probe is sent; negative leaves it to the system.</summary>
    public TimeSpan TcpKeepaliveIdle
    {
        get => Settings.Tcp.KeepAliveIdle;
        set => Change(s => s with { Tcp = s.Tcp with { KeepAliveIdle = value } });
    }

    /// <summary>How much time lies between probes; negative leaves it to the system.</summary>
    public TimeSpan TcpKeepaliveInterval
    {
        get => Settings.Tcp.KeepAliveInterval;
        set => Change(s => s with { Tcp = s.Tcp with { KeepAliveInterval = value } });
    }
}
