namespace Actors.Transport;

/// <summary>
/// What a socket is opened with. Immutable; checked by <see cref="Validate"/> before anything is opened.
/// Options left null keep the library's default.
/// </summary>
public sealed record SocketSettings
{
    /// <summary>The name under which the socket appears in events, logs and actor paths.</summary>
    public required string Name { get; init; }

    /// <summary>The socket type.</summary>
    public required SocketKind Kind { get; init; }

    /// <summary>The endpoints to listen on.</summary>
    public IReadOnlyList<string> Bind { get; init; } = [];

    /// <summary>The endpoints to connect to; peers need not be there yet.</summary>
    public IReadOnlyList<string> Connect { get; init; } = [];

    /// <summary>The prefixes that a SUB socket subscribes to when it opens; an empty prefix takes all.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Subscriptions { get; init; } = [];

    /// <summary>The most messages queued for one peer to be sent; 0 is without limit. Default 1000.</summary>
    public int SendHighWaterMark { get; init; } = 1000;

    /// <summary>The most messages queued from one peer until they are received; 0 is without limit. Default 1000.</summary>
    public int ReceiveHighWaterMark { get; init; } = 1000;

    /// <summary>How long a closing socket goes on delivering what was sent. Default 1 s.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The first wait before a lost connection is tried again. Default 100 ms.</summary>
    public TimeSpan ReconnectInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between tries, the wait doubling each time. Default 5 s.</summary>
    public TimeSpan ReconnectIntervalMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the peer is pinged; null sends no heartbeats.</summary>
    public TimeSpan? HeartbeatInterval { get; init; }

    /// <summary>How long after a ping without any answer the connection is closed; null is the interval.</summary>
    public TimeSpan? HeartbeatTimeout { get; init; }

    /// <summary>The largest frame accepted, in bytes; a larger one ends its connection. Null is without limit.</summary>
    public long? MaxMessageSize { get; init; }

    /// <summary>The routing id that peers of type ROUTER know this socket by; null lets them choose one.</summary>
    public ReadOnlyMemory<byte>? RoutingId { get; init; }

    /// <summary>The first wait before a failed socket is opened again, doubling each time. Default 100 ms.</summary>
    public TimeSpan RestartBackoff { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait before a failed socket is opened again. Default 10 s.</summary>
    public TimeSpan RestartBackoffMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// ROUTER: how many messages wait here for one peer that is at its high-water mark, so that the others do not wait with
    /// it; further ones are dropped as <see cref="DropReason.PeerFull"/>. Null lets all wait for that peer. Default null.
    /// </summary>
    public int? PeerBacklog { get; init; }

    /// <summary>
    /// ROUTER: a message without the routing id that peers of the role's protocol ignore. An engine that does not tell which
    /// peer has disconnected sends it to find out. Null where the role does not need to know.
    /// </summary>
    internal Message? Probe { get; init; }

    /// <summary>
    /// Whether what is lost inside the socket is published as <see cref="MessagesDropped"/>. Off where the owner sends again
    /// what a connection has lost, or says of each message itself how it ended. Default true.
    /// </summary>
    public bool ReportsLosses { get; init; } = true;

    /// <summary>How many messages may be on their way from the role to the socket or wait in it. Default 512.</summary>
    public int OutboundWindow { get; init; } = 512;

    /// <summary>Returns these settings, or says what is wrong with them.</summary>
    /// <param name="section">Where the settings stand in a role's, with a dot behind it; it leads the option in the error.</param>
    /// <exception cref="SocketSettingsException">An option is out of its range or an endpoint is malformed.</exception>
    public SocketSettings Validate(string section = "")
    {
        if (string.IsNullOrWhiteSpace(Name)) throw Fault(section + "name", "is empty: expected the name of the role");
        if (Bind.Count + Connect.Count == 0) throw Fault(section + "bind", "and \"connect\" are both empty: expected at least one endpoint");
        foreach (var endpoint in Bind) if (EndpointSyntax.Fault(endpoint, binds: true) is { } fault) throw Fault(section + "bind", fault);
        foreach (var endpoint in Connect) if (EndpointSyntax.Fault(endpoint, binds: false) is { } fault) throw Fault(section + "connect", fault);
        AtLeast(section + "send-high-water-mark", SendHighWaterMark, 0);
        AtLeast(section + "receive-high-water-mark", ReceiveHighWaterMark, 0);
        AtLeast(section + "outbound-window", OutboundWindow, 1);
        if (PeerBacklog is not null && Kind != SocketKind.Router) throw Fault(section + "peer-backlog", $"is set on a {Kind} socket: only a Router socket has one");
        AtLeast(section + "peer-backlog", PeerBacklog ?? 0, 0);
        Span(section + "linger", Linger, TimeSpan.Zero);
        Span(section + "reconnect-interval", ReconnectInterval, TimeSpan.FromMilliseconds(1));
        Span(section + "reconnect-interval-max", ReconnectIntervalMax, ReconnectInterval);
        Span(section + "restart-backoff", RestartBackoff, TimeSpan.FromMilliseconds(1));
        Span(section + "restart-backoff-max", RestartBackoffMax, RestartBackoff);
        if (HeartbeatInterval is { } interval) Span(section + "heartbeat-interval", interval, TimeSpan.FromMilliseconds(1));
        if (HeartbeatTimeout is { } timeout)
        {
            if (HeartbeatInterval is null) throw Fault(section + "heartbeat-timeout", "is set without \"heartbeat-interval\"");
            Span(section + "heartbeat-timeout", timeout, TimeSpan.FromMilliseconds(1));
        }
        if (MaxMessageSize is < 1) throw Fault(section + "max-message-size", $"is {MaxMessageSize}: expected at least 1 byte");
        if (RoutingId is { } id && (id.Length is 0 or > 255 || id.Span[0] == 0))
            throw Fault(section + "routing-id", "is not a routing id: expected 1 to 255 bytes, the first of which is not zero");
        if (Subscriptions.Count > 0 && Kind != SocketKind.Subscribe) throw Fault(section + "subscriptions", $"are set on a {Kind} socket: only a Subscribe socket has them");
        return this;
    }

    private void AtLeast(string option, int value, int least)
    {
        if (value < least) throw Fault(option, $"is {value}: expected {least} or more");
    }

    private void Span(string option, TimeSpan value, TimeSpan least)
    {
        // Socket timers count milliseconds in 32 bits.
        if (value < least || value.TotalMilliseconds > int.MaxValue)
            throw Fault(option, $"is {value.TotalMilliseconds} ms: expected from {least.TotalMilliseconds} to {int.MaxValue} ms");
    }

    private SocketSettingsException Fault(string option, string fault) => new(Name, option, fault);
}

/// <summary>A socket cannot be opened with these settings; trying again would not help.</summary>
public sealed class SocketSettingsException : Exception
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
