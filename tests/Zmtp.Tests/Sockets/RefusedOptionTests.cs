namespace Actors.Zmtp.Tests.Sockets;

/// <summary>The values that libzmq refuses with EINVAL, found by trying each of its options.</summary>
public class RefusedOptionTests
{
    private static readonly TimeSpan[] s_belowInfinite = [TimeSpan.FromMilliseconds(-2), TimeSpan.FromSeconds(-1), TimeSpan.MinValue, TimeSpan.FromMicroseconds(-1)];
    private static readonly TimeSpan[] s_negative = [Timeout.InfiniteTimeSpan, .. s_belowInfinite];

    public static TheoryData<string, Action<SocketOptions, TimeSpan>, TimeSpan[]> Times => new()
    {
        { "Linger", (o, v) => o.Linger = v, s_belowInfinite },
        { "ReconnectInterval", (o, v) => o.ReconnectInterval = v, s_belowInfinite },
        { "ReconnectIntervalMax", (o, v) => o.ReconnectIntervalMax = v, s_negative },
        { "HeartbeatInterval", (o, v) => o.HeartbeatInterval = v, s_negative },
        { "HeartbeatTimeout", (o, v) => o.HeartbeatTimeout = v, s_negative },
        { "HeartbeatTtl", (o, v) => o.HeartbeatTtl = v, [.. s_negative, TimeSpan.FromMilliseconds(6_553_600), TimeSpan.MaxValue] },
        { "ConnectTimeout", (o, v) => o.ConnectTimeout = v, s_negative },
        { "HandshakeTimeout", (o, v) => o.HandshakeTimeout = v, s_negative },
        { "TcpKeepaliveIdle", (o, v) => o.TcpKeepaliveIdle = v, s_belowInfinite },
        { "TcpKeepaliveInterval", (o, v) => o.TcpKeepaliveInterval = v, s_belowInfinite },
    };

    public static TheoryData<string, Action<SocketOptions, int>, int[]> Numbers => new()
    {
        { "SendHighWatermark", (o, v) => o.SendHighWatermark = v, [-1, -2, int.MinValue] },
        { "ReceiveHighWatermark", (o, v) => o.ReceiveHighWatermark = v, [-1, -2, int.MinValue] },
        { "Backlog", (o, v) => o.Backlog = v, [-1, -2, int.MinValue] },
        { "SendBuffer", (o, v) => o.SendBuffer = v, [-2, int.MinValue] },
        { "ReceiveBuffer", (o, v) => o.ReceiveBuffer = v, [-2, int.MinValue] },
        { "TcpKeepaliveCnt", (o, v) => o.TcpKeepaliveCnt = v, [-2, int.MinValue] },
    };

    [Theory]
    [MemberData(nameof(Times))]
    public void A_time_that_libzmq_refuses_is_refused_and_named(string name, Action<SocketOptions, TimeSpan> set, TimeSpan[] refused)
        => Refuses(name, set, refused);

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_number_that_libzmq_refuses_is_refused_and_named(string name, Action<SocketOptions, int> set, int[] refused)
        => Refuses(name, set, refused);

    [Fact]
    public void Texts_that_libzmq_refuses_are_refused_and_named()
    {
        using DealerSocket socket = new();
        Assert.Contains("Identity", Assert.Throws<InvalidException>(() => socket.Options.Identity = []).Message, StringComparison.Ordinal);
        Assert.Contains("Identity", Assert.Throws<InvalidException>(() => socket.Options.Identity = new byte[256]).Message, StringComparison.Ordinal);
        Assert.Contains("PlainUsername", Assert.Throws<InvalidException>(() => socket.Options.PlainUsername = "").Message, StringComparison.Ordinal);
        Assert.Contains("PlainPassword", Assert.Throws<InvalidException>(() => socket.Options.PlainPassword = "").Message, StringComparison.Ordinal);
        Assert.Contains("ZapDomain", Assert.Throws<InvalidException>(() => socket.Options.ZapDomain = new string('x', 256)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => socket.Options.CurveServerKey = new byte[31]);
        socket.Options.Identity = "me"u8.ToArray();
        socket.Options.Identity = null;
        Assert.Null(socket.Options.Identity);
    }

    [Fact]
    public void The_linger_of_new_sockets_is_held_to_the_same()
    {
        foreach (TimeSpan refused in s_belowInfinite)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => ZmqContext.Linger = refused);
        }
    }

    [Fact]
    public void The_values_at_the_limits_are_taken()
    {
        using DealerSocket socket = new();
        socket.Options.Linger = Timeout.InfiniteTimeSpan;
        socket.Options.Linger = TimeSpan.Zero;
        socket.Options.ReconnectInterval = Timeout.InfiniteTimeSpan;
        socket.Options.ReconnectIntervalMax = TimeSpan.Zero;
        socket.Options.HeartbeatInterval = TimeSpan.Zero;
        socket.Options.HeartbeatTimeout = TimeSpan.Zero;
        socket.Options.HeartbeatTtl = TimeSpan.FromMilliseconds(6_553_599);
        socket.Options.MaxMsgSize = -2;
        socket.Options.TcpKeepaliveCnt = -1;
        socket.Options.TcpKeepaliveIdle = Timeout.InfiniteTimeSpan;
        socket.Options.TcpKeepaliveInterval = Timeout.InfiniteTimeSpan;
        socket.Options.Identity = [.. Enumerable.Repeat((byte)1, 255)];
        Assert.Equal(TimeSpan.FromMilliseconds(6_553_599), socket.Options.HeartbeatTtl);
    }

    private static void Refuses<T>(string name, Action<SocketOptions, T> set, T[] refused)
    {
        using DealerSocket socket = new();
        foreach (T value in refused)
        {
            ArgumentOutOfRangeException e = Assert.Throws<ArgumentOutOfRangeException>(() => set(socket.Options, value));
            Assert.Contains(name, e.Message, StringComparison.Ordinal);
        }
    }
}
