using Actors.Hosting.Configuration;

namespace Actors.Host.Grains;

/// <summary>The keys of the section <c>grains</c>.</summary>
internal static class GrainsKeys
{
    public static readonly Key Grains = new("grains", KeyType.Section, null, "The grains of this host, and the cluster that it is a node of. Absent, the host has none, and joins no cluster.");

    public static readonly Key Assemblies = new("assemblies", KeyType.Texts, "[]", "The assemblies whose grains this host has: files, relative to the file that this key stands in, otherwise beside the program. What an assembly depends on is found beside it. None makes a node that only calls grains of others.");
    public static readonly Key CallTimeout = new("call-timeout", KeyType.Duration, "30s", "The time of a call from grain to grain, with all that it calls.");
    public static readonly Key Store = new("store", KeyType.Section, null, "Where states and reminders are kept. Needed by kinds with a state or reminders.");
    public static readonly Key Cluster = new("cluster", KeyType.Section, null, "The cluster of this node. Absent, a cluster of one, which opens no port.");
    public static readonly Key Kinds = new("kinds", KeyType.Section, null, "Settings of single kinds, each under its name.");

    public static readonly IReadOnlyList<Key> All = [Assemblies, CallTimeout, Store, Cluster, Kinds];
}

/// <summary>The keys of the section <c>grains.store</c>.</summary>
internal static class StoreKeys
{
    public static readonly Key Type = new(
        "type",
        KeyType.Choice(("sqlite", StoreType.Sqlite), ("postgres", StoreType.Postgres), ("memory", StoreType.Memory)),
        Key.Required,
        "sqlite: a file, for one machine; postgres: a database, which all nodes share; memory: ends with the host (docs/grains-storage.md).");

    public static readonly Key File = new("file", KeyType.Text, Key.Required, "The database, relative to the working directory; made where there is none.");
    public static readonly Key Sync = new("sync", KeyType.Choice(("full", Actors.Grains.Storage.StoreSync.Full), ("normal", Actors.Grains.Storage.StoreSync.Normal)), "full", "full: a write is done when the disk has it (fsync for each commit), which survives a loss of power; normal: survives a kill of the host.");
    public static readonly Key BusyTimeout = new("busy-timeout", KeyType.Duration, "5s", "How long a write waits while another process writes to the file.");
    public static readonly Key SqliteReaders = new("readers", KeyType.Count, "4", "The connections that read, from 1 to 64.");
    public static readonly Key MaxSize = new("max-size", KeyType.Size, null, "The most bytes of the database, from 64KiB on; writes that find no room fail. Absent, without limit.");

    public static readonly Key ConnectionString = new("connection-string", KeyType.Secret, Key.Required, "As Npgsql reads it: \"Host=db;Database=app;Username=app;Password=...\". No message repeats it.");
    public static readonly Key Schema = new("schema", KeyType.Text, null, "The schema of the tables, made where there is none; absent, the first of the search path.");
    public static readonly Key PostgresSync = Sync with { Description = "full: a write is done when the server has it as durable as its synchronous_commit says, which is taken as on where it is off; normal: it is off, and a crash of the server may take the last commits." };
    public static readonly Key Writers = new("writers", KeyType.Count, "2", "The connections that write, from 1 to 64.");
    public static readonly Key PostgresReaders = new("readers", KeyType.Count, "8", "The most connections that read, from 1 to 1000.");
    public static readonly Key RetryFor = new("retry-for", KeyType.Duration, "10s", "How long a call is tried again while the server is away or restarts, from 1s to 1h.");

    public static readonly IReadOnlyList<Key> Sqlite = [Type, File, Sync, BusyTimeout, SqliteReaders, MaxSize];
    public static readonly IReadOnlyList<Key> Postgres = [Type, ConnectionString, Schema, PostgresSync, Writers, PostgresReaders, RetryFor];
    public static readonly IReadOnlyList<Key> Memory = [Type];

    public static IReadOnlyList<Key> Of(StoreType type) => type switch
    {
        StoreType.Sqlite => Sqlite,
        StoreType.Postgres => Postgres,
        _ => Memory,
    };
}

/// <summary>What a store can be.</summary>
internal enum StoreType
{
    Sqlite,
    Postgres,
    Memory,
}

/// <summary>The keys of the section <c>grains.cluster</c>.</summary>
internal static class ClusterKeys
{
    public static readonly Key Name = new("name", KeyType.Text, "host", "The name of the cluster, the same on all nodes. An app that joins gives it to its actor system.");
    public static readonly Key Nodes = new("nodes", KeyType.Count, "1", "How many nodes the cluster normally has, from 1 to 1000. Of nodes that lose each other, with 2 the holder of a lease goes on, with 3 or more the majority; the rest ends.");
    public static readonly Key SeedNodes = new("seed-nodes", KeyType.Texts, "[]", "The nodes that a new one asks to be let in, each as host:port; all nodes list the same ones in the same order, and the first founds the cluster.");
    public static readonly Key Hostname = new("hostname", KeyType.Text, "127.0.0.1", "The address that this node binds for other nodes; \"*\" is all, and needs public-hostname.");
    public static readonly Key Port = new("port", KeyType.Count, "0", "The port that this node binds for other nodes; 0 lets the system choose, which suits a node that is no seed node.");
    public static readonly Key PublicHostname = new("public-hostname", KeyType.Text, null, "The host by which other nodes reach this one; absent, hostname.");
    public static readonly Key PublicPort = new("public-port", KeyType.Count, "0", "The port by which other nodes reach this one; 0 is the port that is bound.");
    public static readonly Key Roles = new("roles", KeyType.Texts, "[]", "Names that other nodes know this one by, besides those of its kinds.");
    public static readonly Key Shards = new("shards", KeyType.Count, "60", "Into how many shards, which move between nodes, each kind is split, from 1 to 10000; the same on all nodes, and never changed while the cluster runs.");
    public static readonly Key HandOverTimeout = new("hand-over-timeout", KeyType.Duration, null, "How long a node that leaves gives its activations to end, from 1s to 1h. Absent, half of host.stop-timeout, at least 1s and at most 20s.");
    public static readonly Key Lease = new("lease", KeyType.Secret, null, "The connection string of the PostgreSQL database that keeps leases; needed with nodes = 2. No message repeats it.");
    public static readonly Key LeasePerShard = new("lease-per-shard", KeyType.Switch, "off", "Whether a node has to hold a lease for each shard before it activates grains of it.");
    public static readonly Key AllowedTypes = new("allowed-types", KeyType.Texts, "[]", "The types that may cross between nodes as JSON besides those of grains, each as \"Namespace.Type, Assembly\"; others are refused.");
    public static readonly Key Curve = new("curve", KeyType.Section, null, "The keys of CURVE for the traffic between nodes. Absent, it is neither encrypted nor checked.");

    public static readonly Key SecretKey = new("secret-key", KeyType.Secret, null, "The secret key of this node, 40 characters of Z85. One of the two is needed.");
    public static readonly Key SecretKeyFile = new("secret-key-file", KeyType.Text, null, "The file that has it, relative to the working directory.");
    public static readonly Key AllowedNodes = new("allowed-nodes", KeyType.Texts, Key.Required, "The public keys of the nodes that may connect, this one's among them.");

    public static readonly IReadOnlyList<Key> All =
        [Name, Nodes, SeedNodes, Hostname, Port, PublicHostname, PublicPort, Roles, Shards, HandOverTimeout, Lease, LeasePerShard, AllowedTypes, Curve];

    public static readonly IReadOnlyList<Key> OfCurve = [SecretKey, SecretKeyFile, AllowedNodes];
}

/// <summary>The keys of the sections below <c>grains.kinds</c>.</summary>
internal static class KindKeys
{
    public static readonly Key IdleTimeout = new("idle-timeout", KeyType.Duration, "2m", "How long without a call until an activation ends.");
    public static readonly Key DeactivationTimeout = new("deactivation-timeout", KeyType.Duration, "10s", "How long OnDeactivate may take.");
    public static readonly Key MaxWaiting = new("max-waiting", KeyType.Count, "10000", "The most calls that wait for one grain; a further one fails as overloaded.");
    public static readonly Key RecentCalls = new("recent-calls", KeyType.Count, "128", "How many results of calls by id a grain keeps for repeats, and stores with its state, from 1 to 10000.");

    public static readonly IReadOnlyList<Key> All = [IdleTimeout, DeactivationTimeout, MaxWaiting, RecentCalls];
}
