using Actors.Transport;

namespace Actors;

/// <summary>Which requests a queue gives to another server when the one that had them is lost.</summary>
public enum Redelivery
{
    /// <summary>Those that bear an id, by which their client allows further tries.</summary>
    Identified,

    /// <summary>All: the work may be done twice.</summary>
    Always,

    /// <summary>None: the work must not be done twice.</summary>
    Never,
}

/// <summary>The settings of a <see cref="QueueRole"/>.</summary>
public sealed record QueueSettings : RoleSettings
{
    /// <summary>Where clients connect to.</summary>
    public required SocketSettings Clients { get; init; }

    /// <summary>Where servers connect to that speak docs/protocols/queue.md. Null takes none.</summary>
    public SocketSettings? Servers { get; init; }

    /// <summary>
    /// REP and ROUTER programs that know nothing of the queue. Each endpoint to connect to is one server; those that connect to
    /// the bound endpoints are served in turn. Null has none.
    /// </summary>
    public SocketSettings? PlainServers { get; init; }

    /// <summary>The most requests that a plain server has at once; they are lost with it. Default 1.</summary>
    public int PlainInFlight { get; init; } = 1;

    /// <summary>The most requests that wait for a server; further ones are refused. Default 1,000.</summary>
    public int Capacity { get; init; } = 1000;

    /// <summary>The time that the queue keeps a request; it should be the clients' own timeout. Default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time without a reply after which a request that may be redelivered goes to another server. Null, the default, is without limit.</summary>
    public TimeSpan? TryTimeout { get; init; }

    /// <summary>Which requests of a lost server go to another. Default those that bear an id.</summary>
    public Redelivery Redeliver { get; init; } = Redelivery.Identified;

    /// <summary>The servers that a request is given to, one after the other, until it counts as lost. Default 3.</summary>
    public int MaxTries { get; init; } = 3;

    /// <summary>The answered requests of which the queue remembers the server, so that a repeat goes there. Default 10,000.</summary>
    public int Remember { get; init; } = 10_000;

    /// <summary>The reply to a client without ids when there is no other. Null, the default, sends nothing.</summary>
    public Message? ErrorReply { get; init; }

    /// <summary>The heartbeats between the queue and the servers that announce themselves.</summary>
    public HeartbeatSettings Heartbeat { get; init; } = new();

    internal SocketSpec ClientsSocket => ReplyingSocketOf(Clients, "clients");

    internal SocketSpec? ServersSocket => Servers is null ? null : SocketOf(Servers, SocketKind.Router, "servers") with { ReportsLosses = false, Probe = QueueCodec.Write(new QueueHeartbeat(Heartbeat.Interval)) };

    internal SocketSpec? PlainServersSocket => PlainServers is null ? null : SocketOf(PlainServers, SocketKind.Dealer, "plain-servers") with { ReportsLosses = false };

    /// <inheritdoc/>
    public override RoleContract Contract => new(
        "a request goes to a server that is there, and ends once, within the queue's timeout" + (Redeliver switch
        {
            Redelivery.Never => "",
            Redelivery.Always => $"; one whose server is lost goes to another, up to {MaxTries} servers",
            _ => $"; one with an id whose server is lost goes to another, up to {MaxTries} servers",
        }),
        $"requests beyond {Capacity} that wait are refused; what the queue holds ends with it",
        "accepted = answered + failed + lost + expired + waiting + assigned");

    /// <inheritdoc/>
    public override void Validate()
    {
        ClientsSocket.Validate("clients.");
        ServersSocket?.Validate("servers.");
        PlainServersSocket?.Validate("plain-servers.");
        if (Servers is null && PlainServers is null) throw Check.Fault("servers", "and \"plain-servers\" are both missing: expected at least one of them");
        Check.AtLeast("plain-servers.max-in-flight", PlainInFlight, 1);
        Check.AtLeast("capacity", Capacity, 1);
        Check.Positive("timeout", Timeout);
        if (TryTimeout is { } tryTimeout) Check.Positive("try-timeout", tryTimeout);
        Check.AtLeast("max-tries", MaxTries, 1);
        Check.AtLeast("remember", Remember, 1);
        Heartbeat.Validate(Check);
    }
}
