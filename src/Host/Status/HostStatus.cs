namespace Actors.Host.Status;

/// <summary>What a running host says of itself. The same object in the control protocol, in <c>/api/status</c> and in <c>ps --output json</c>.</summary>
/// <param name="Version">The version of this form: 1. It grows when a name is taken away or gets another meaning, not when one is added.</param>
/// <param name="At">When it was collected.</param>
/// <param name="Host">The process.</param>
/// <param name="Roles">In the order of the file.</param>
/// <param name="Grains">The node of virtual actors; null where the host has none.</param>
internal sealed record HostStatus(int Version, DateTimeOffset At, HostReport Host, IReadOnlyList<RoleReport> Roles, GrainsReport? Grains = null)
{
    /// <summary>The version that this program writes.</summary>
    public const int CurrentVersion = 1;
}

/// <summary>The process of a host.</summary>
/// <param name="Name">The name of its file without folder and extension.</param>
/// <param name="ProcessId">The id of the process.</param>
/// <param name="File">The full path of its file.</param>
/// <param name="Version">The version of the program.</param>
/// <param name="Engine">The engine of the sockets: <c>netmq</c> or <c>zmtp</c>.</param>
/// <param name="Started">When the host was started.</param>
/// <param name="State">Where it is between start and end.</param>
internal sealed record HostReport(string Name, int ProcessId, string File, string Version, string Engine, DateTimeOffset Started, HostState State);

/// <summary>Where a host is between start and end.</summary>
internal enum HostState
{
    /// <summary>Not all roles are open and not all sources run.</summary>
    Starting,

    /// <summary>All roles have been opened, and the sources run.</summary>
    Running,

    /// <summary>It stops, and delivers what waits.</summary>
    Draining,
}

/// <summary>One role of a host.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Pattern">Its pattern in the words of the file, for example <c>push</c>.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Endpoints">The endpoints of its sockets: as configured while it opens, then those in force.</param>
/// <param name="Peers">The connections that stand now.</param>
/// <param name="Received">Messages received from peers since the role started.</param>
/// <param name="Sent">Messages taken by its sockets since the role started.</param>
/// <param name="Waiting">Messages that the role has accepted and no socket has taken yet.</param>
/// <param name="Dropped">Messages dropped since the role started, by reason. A reason without a message is absent.</param>
/// <param name="Reconnects">Peers that came back, and sockets that were opened again after a failure.</param>
internal sealed record RoleReport(
    string Name,
    string Pattern,
    RoleState State,
    IReadOnlyList<EndpointReport> Endpoints,
    IReadOnlyList<PeerReport> Peers,
    long Received,
    long Sent,
    long Waiting,
    IReadOnlyDictionary<string, long> Dropped,
    long Reconnects)
{
    /// <summary>Why it failed or stopped; null otherwise.</summary>
    public string? Failure { get; init; }
}

/// <summary>What a role is doing.</summary>
internal enum RoleState
{
    /// <summary>Its sockets are not open yet.</summary>
    Opening,

    /// <summary>Its sockets are open, and it is not ready: a subscription is not yet in force.</summary>
    Open,

    /// <summary>It can do its work.</summary>
    Ready,

    /// <summary>A socket failed, and is opened again after a wait.</summary>
    Failed,

    /// <summary>It takes no more work, and delivers what it has.</summary>
    Draining,

    /// <summary>It has ended.</summary>
    Stopped,
}

/// <summary>An endpoint of a role.</summary>
/// <param name="Address">For example <c>tcp://0.0.0.0:5558</c>.</param>
/// <param name="Bound">Whether the role binds it; otherwise it connects to it.</param>
/// <param name="Socket">The name of the socket: that of the role, with a dot and a part where the role has several.</param>
internal sealed record EndpointReport(string Address, bool Bound, string Socket);

/// <summary>A connection with a peer.</summary>
/// <param name="Address">The remote address; null where the engine does not know it.</param>
/// <param name="Endpoint">The endpoint of ours.</param>
/// <param name="ConnectedAt">When the handshake had succeeded.</param>
internal sealed record PeerReport(string? Address, string Endpoint, DateTimeOffset ConnectedAt)
{
    /// <summary>The socket type of the peer, for example <c>PUSH</c>; null where it is not known.</summary>
    public string? SocketType { get; init; }

    /// <summary>The mechanism of the connection, for example <c>CURVE</c>; null where it is not known.</summary>
    public string? Mechanism { get; init; }

    /// <summary>The routing id by which a ROUTER knows the peer, as text or in hexadecimal digits; null elsewhere.</summary>
    public string? RoutingId { get; init; }

    /// <summary>Who the peer is, where PLAIN or CURVE has told; null otherwise.</summary>
    public string? UserId { get; init; }
}
