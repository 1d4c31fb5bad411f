namespace Actors.Transport;

/// <summary>Where a socket of a role binds and connects, and its options.</summary>
/// <remarks>Immutable; the role checks it before anything is opened. An option that is null keeps the engine's default.</remarks>
public sealed record SocketSettings
{
    /// <summary>The endpoints to listen on. Default none.</summary>
    public IReadOnlyList<string> Bind { get; init; } = [];

    /// <summary>The endpoints to connect to; peers need not be there yet. Default none.</summary>
    public IReadOnlyList<string> Connect { get; init; } = [];

    /// <summary>The most messages queued for one peer to be sent; 0 is without limit. Default 1,000.</summary>
    public int SendHighWaterMark { get; init; } = 1000;

    /// <summary>The most messages queued from one peer until they are received; 0 is without limit. Default 1,000.</summary>
    public int ReceiveHighWaterMark { get; init; } = 1000;

    /// <summary>The time that a closed socket goes on delivering what was sent. Default 1 s.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The first wait before a lost connection is tried again. Default 100 ms.</summary>
    public TimeSpan ReconnectInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between tries to connect; the wait doubles each time. Default 5 s.</summary>
    public TimeSpan ReconnectIntervalMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The time between two heartbeats of ZMTP. Null, the default, sends none.</summary>
    public TimeSpan? HeartbeatInterval { get; init; }

    /// <summary>The time without an answer to a heartbeat after which the connection is closed. Null, the default, is the interval.</summary>
    public TimeSpan? HeartbeatTimeout { get; init; }

    /// <summary>The largest frame accepted, in bytes; a larger one ends its connection. Null, the default, is without limit.</summary>
    public long? MaxMessageSize { get; init; }

    /// <summary>The routing id by which peers of type ROUTER know this socket. Null, the default, lets them choose one.</summary>
    public ReadOnlyMemory<byte>? RoutingId { get; init; }

    /// <summary>The security mechanism, and which end of it this is. Null, the default, has none: anyone who reaches the endpoint may connect.</summary>
    public SecuritySettings? Security { get; init; }

    /// <summary>The first wait before a failed socket is opened again; the wait doubles each time. Default 100 ms.</summary>
    public TimeSpan RestartBackoff { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait before a failed socket is opened again. Default 10 s.</summary>
    public TimeSpan RestartBackoffMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most messages on their way from the role to the socket or waiting in it. Default 512.</summary>
    public int OutboundWindow { get; init; } = 512;

    /// <exception cref="SocketSettingsException">An option is out of its range or an endpoint is malformed.</exception>
    internal void Validate(SettingCheck check)
    {
        var instant = TimeSpan.FromMilliseconds(1);
        if (Bind.Count + Connect.Count == 0) throw check.Fault("bind", "and \"connect\" are both empty: expected at least one endpoint");
        foreach (var endpoint in Bind) if (EndpointSyntax.Fault(endpoint, binds: true) is { } fault) throw check.Fault("bind", fault);
        if (EndpointOverlap.Fault(Bind) is { } overlap) throw check.Fault("bind", overlap);
        foreach (var endpoint in Connect) if (EndpointSyntax.Fault(endpoint, binds: false) is { } fault) throw check.Fault("connect", fault);
        check.AtLeast("send-high-water-mark", SendHighWaterMark, 0);
        check.AtLeast("receive-high-water-mark", ReceiveHighWaterMark, 0);
        check.AtLeast("outbound-window", OutboundWindow, 1);
        check.Span("linger", Linger, TimeSpan.Zero);
        check.Span("reconnect-interval", ReconnectInterval, instant);
        check.Span("reconnect-interval-max", ReconnectIntervalMax, ReconnectInterval);
        check.Span("restart-backoff", RestartBackoff, instant);
        check.Span("restart-backoff-max", RestartBackoffMax, RestartBackoff);
        if (HeartbeatInterval is { } interval) check.Span("heartbeat-interval", interval, instant);
        if (HeartbeatTimeout is { } timeout)
        {
            if (HeartbeatInterval is null) throw check.Fault("heartbeat-timeout", "is set without \"heartbeat-interval\"");
            check.Span("heartbeat-timeout", timeout, instant);
        }
        if (MaxMessageSize is < 1) throw check.Fault("max-message-size", $"is {MaxMessageSize}: expected at least 1 byte");
        if (RoutingId is { } id && (id.Length is 0 or > 255 || id.Span[0] == 0))
            throw check.Fault("routing-id", "is not a routing id: expected 1 to 255 bytes, the first of which is not zero");
        Security?.Validate(check.Below("security"));
    }
}

/// <summary>A socket cannot be opened with these settings; trying again would not help.</summary>
public class SocketSettingsException : Exception
{
    /// <summary>Names the socket, the option, and what was expected of it.</summary>
    public SocketSettingsException(string socket, string option, string fault)
        : base($"{socket}: \"{option}\" {fault}")
    {
        Option = option;
        Fault = fault;
    }

    /// <summary>The option at fault, as it is named in configuration files.</summary>
    public string Option { get; }

    /// <summary>What is wrong with it and what was expected.</summary>
    public string Fault { get; }
}

/// <summary>A file that the security of a socket needs cannot be read, or has a mistake.</summary>
public sealed class SecurityFileException : SocketSettingsException
{
    /// <summary>Names the socket, the option, and what is wrong with the file.</summary>
    public SecurityFileException(string socket, string option, string fault)
        : base(socket, option, fault)
    {
    }
}
