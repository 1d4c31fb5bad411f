namespace Actors.Zmtp;

/// <summary>The settings of a thread-safe socket, for any thread. Those of connections hold for endpoints that are bound or connected afterwards.</summary>
public class ThreadSafeSocketOptions
{
    private readonly SocketOptions _options;
    private readonly Lock _lock;

    internal ThreadSafeSocketOptions(SocketOptions options, Lock socketLock)
    {
        _options = options;
        _lock = socketLock;
    }

    /// <inheritdoc cref="SocketOptions.LastEndpoint"/>
    public string? LastEndpoint => Get(static options => options.LastEndpoint);

    /// <inheritdoc cref="SocketOptions.CurveCertificate"/>
    public ZmqCertificate CurveCertificate
    {
        set => Set(value, static (options, v) => options.CurveCertificate = v);
    }

    /// <inheritdoc cref="SocketOptions.CurveServerCertificate"/>
    public ZmqCertificate CurveServerCertificate
    {
        set => Set(value, static (options, v) => options.CurveServerCertificate = v);
    }

    /// <inheritdoc cref="SocketOptions.Affinity"/>
    public long Affinity
    {
        get => Get(static options => options.Affinity);
        set => Set(value, static (options, v) => options.Affinity = v);
    }

    /// <inheritdoc cref="SocketOptions.Backlog"/>
    public int Backlog
    {
        get => Get(static options => options.Backlog);
        set => Set(value, static (options, v) => options.Backlog = v);
    }

    /// <inheritdoc cref="SocketOptions.CurveServer"/>
    public bool CurveServer
    {
        get => Get(static options => options.CurveServer);
        set => Set(value, static (options, v) => options.CurveServer = v);
    }

    /// <inheritdoc cref="SocketOptions.CurveServerKey"/>
    public byte[]? CurveServerKey
    {
        get => Get(static options => options.CurveServerKey);
        set => Set(value!, static (options, v) => options.CurveServerKey = v);
    }

    /// <inheritdoc cref="SocketOptions.DelayAttachOnConnect"/>
    public bool DelayAttachOnConnect
    {
        get => Get(static options => options.DelayAttachOnConnect);
        set => Set(value, static (options, v) => options.DelayAttachOnConnect = v);
    }

    /// <inheritdoc cref="SocketOptions.HeartbeatInterval"/>
    public TimeSpan HeartbeatInterval
    {
        get => Get(static options => options.HeartbeatInterval);
        set => Set(value, static (options, v) => options.HeartbeatInterval = v);
    }

    /// <inheritdoc cref="SocketOptions.HeartbeatTimeout"/>
    public TimeSpan HeartbeatTimeout
    {
        get => Get(static options => options.HeartbeatTimeout);
        set => Set(value, static (options, v) => options.HeartbeatTimeout = v);
    }

    /// <inheritdoc cref="SocketOptions.HeartbeatTtl"/>
    public TimeSpan HeartbeatTtl
    {
        get => Get(static options => options.HeartbeatTtl);
        set => Set(value, static (options, v) => options.HeartbeatTtl = v);
    }

    /// <inheritdoc cref="SocketOptions.IPv4Only"/>
    public bool IPv4Only
    {
        get => Get(static options => options.IPv4Only);
        set => Set(value, static (options, v) => options.IPv4Only = v);
    }

    /// <inheritdoc cref="SocketOptions.Linger"/>
    public TimeSpan Linger
    {
        get => Get(static options => options.Linger);
        set => Set(value, static (options, v) => options.Linger = v);
    }

    /// <inheritdoc cref="SocketOptions.MaxMsgSize"/>
    public long MaxMsgSize
    {
        get => Get(static options => options.MaxMsgSize);
        set => Set(value, static (options, v) => options.MaxMsgSize = v);
    }

    /// <inheritdoc cref="SocketOptions.ReceiveBuffer"/>
    public int ReceiveBuffer
    {
        get => Get(static options => options.ReceiveBuffer);
        set => Set(value, static (options, v) => options.ReceiveBuffer = v);
    }

    /// <inheritdoc cref="SocketOptions.ReceiveHighWatermark"/>
    public int ReceiveHighWatermark
    {
        get => Get(static options => options.ReceiveHighWatermark);
        set => Set(value, static (options, v) => options.ReceiveHighWatermark = v);
    }

    /// <inheritdoc cref="SocketOptions.ReceiveLowWatermark"/>
    public int ReceiveLowWatermark
    {
        get => Get(static options => options.ReceiveLowWatermark);
        set => Set(value, static (options, v) => options.ReceiveLowWatermark = v);
    }

    /// <inheritdoc cref="SocketOptions.ReconnectInterval"/>
    public TimeSpan ReconnectInterval
    {
        get => Get(static options => options.ReconnectInterval);
        set => Set(value, static (options, v) => options.ReconnectInterval = v);
    }

    /// <inheritdoc cref="SocketOptions.ReconnectIntervalMax"/>
    public TimeSpan ReconnectIntervalMax
    {
        get => Get(static options => options.ReconnectIntervalMax);
        set => Set(value, static (options, v) => options.ReconnectIntervalMax = v);
    }

    /// <inheritdoc cref="SocketOptions.SendBuffer"/>
    public int SendBuffer
    {
        get => Get(static options => options.SendBuffer);
        set => Set(value, static (options, v) => options.SendBuffer = v);
    }

    /// <inheritdoc cref="SocketOptions.SendHighWatermark"/>
    public int SendHighWatermark
    {
        get => Get(static options => options.SendHighWatermark);
        set => Set(value, static (options, v) => options.SendHighWatermark = v);
    }

    /// <inheritdoc cref="SocketOptions.SendLowWatermark"/>
    public int SendLowWatermark
    {
        get => Get(static options => options.SendLowWatermark);
        set => Set(value, static (options, v) => options.SendLowWatermark = v);
    }

    /// <inheritdoc cref="SocketOptions.HelloMessage"/>
    public byte[]? HelloMessage
    {
        set => Set(value, static (options, v) => options.HelloMessage = v);
    }

    /// <inheritdoc cref="SocketOptions.DisconnectMessage"/>
    public byte[]? DisconnectMessage
    {
        set => Set(value, static (options, v) => options.DisconnectMessage = v);
    }

    /// <inheritdoc cref="SocketOptions.HandshakeTimeout"/>
    public TimeSpan HandshakeTimeout
    {
        get => Get(static options => options.HandshakeTimeout);
        set => Set(value, static (options, v) => options.HandshakeTimeout = v);
    }

    /// <inheritdoc cref="SocketOptions.MaxSubscriptions"/>
    public int MaxSubscriptions
    {
        get => Get(static options => options.MaxSubscriptions);
        set => Set(value, static (options, v) => options.MaxSubscriptions = v);
    }

    /// <inheritdoc cref="SocketOptions.MaxSubscriptionBytes"/>
    public long MaxSubscriptionBytes
    {
        get => Get(static options => options.MaxSubscriptionBytes);
        set => Set(value, static (options, v) => options.MaxSubscriptionBytes = v);
    }

    private T Get<T>(Func<SocketOptions, T> get)
    {
        lock (_lock)
        {
            return get(_options);
        }
    }

    private void Set<T>(T value, Action<SocketOptions, T> set)
    {
        lock (_lock)
        {
            set(_options, value);
        }
    }
}
