namespace Actors.Transport;

/// <summary>A socket as a role asks for it: the settings that the user chose, and what the role needs besides.</summary>
internal sealed record SocketSpec
{
    /// <summary>The name under which the socket appears in events, logs and actor paths.</summary>
    public required string Name { get; init; }

    /// <summary>The socket type.</summary>
    public required SocketKind Kind { get; init; }

    /// <summary>The endpoints and options.</summary>
    public required SocketSettings Settings { get; init; }

    /// <summary>The prefixes that a SUB or XSUB socket subscribes to when it opens; an empty prefix takes all.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Subscriptions { get; init; } = [];

    /// <summary>
    /// ROUTER: how many messages wait here for one peer that is at its high-water mark, so that the others do not wait with
    /// it; further ones are dropped as <see cref="DropReason.PeerFull"/>. Null lets all wait for that peer. Default null.
    /// </summary>
    public int? PeerBacklog { get; init; }

    /// <summary>
    /// ROUTER: whether a peer that comes with the routing id of another takes its place. Default false: the newcomer is turned
    /// away.
    /// </summary>
    public bool Handover { get; init; }

    /// <summary>
    /// ROUTER: a message without the routing id that peers of the role's protocol ignore. An engine that does not tell which
    /// peer has disconnected sends it to find out. Null where the role does not need to know.
    /// </summary>
    public Message? Probe { get; init; }

    /// <summary>
    /// Whether what is lost inside the socket is published as <see cref="MessagesDropped"/>. Off where the owner sends again
    /// what a connection has lost, or says of each message itself how it ended. Default true.
    /// </summary>
    public bool ReportsLosses { get; init; } = true;

    /// <summary>What the engine needs of <see cref="SocketSettings.Security"/>, once the files are read; null without a mechanism.</summary>
    public SocketSecurity? Security { get; init; }

    /// <summary>XPUB: the most topics of one subscriber, whose connection ends with one more; 0 is without limit. Null keeps what the engine has.</summary>
    public int? MaxSubscriptions { get; init; }

    public IReadOnlyList<string> Bind => Settings.Bind;

    public IReadOnlyList<string> Connect => Settings.Connect;

    /// <summary>All endpoints, for events and logs.</summary>
    public string Endpoints => string.Join(", ", Connect.Concat(Bind));

    /// <summary>The same socket under that name with what is bound only.</summary>
    public SocketSpec Bound(string name) => this with { Name = name, Settings = Settings with { Connect = [] } };

    /// <summary>The same socket under that name with one endpoint to connect to.</summary>
    public SocketSpec ConnectedTo(string endpoint, string name) => this with { Name = name, Settings = Settings with { Bind = [], Connect = [endpoint] } };

    /// <summary>Returns the spec, or says what is wrong with its settings.</summary>
    /// <param name="section">Where the settings stand in a role's, with a dot behind it; it leads the option in the error.</param>
    /// <exception cref="SocketSettingsException">An option is out of its range or an endpoint is malformed.</exception>
    public SocketSpec Validate(string section = "")
    {
        var check = new SettingCheck(Name, section);
        if (string.IsNullOrWhiteSpace(Name)) throw check.Fault("name", "is empty: expected the name of the role");
        Settings.Validate(check);
        return this;
    }
}
