using System.Globalization;
using Npgsql;

namespace Actors.Grains.Clustering;

/// <summary>Checks the settings of a cluster: each range stands here, and nowhere else.</summary>
internal static class ClusterCheck
{
    private const int KeyLength = 40;

    /// <exception cref="ClusterSettingsException">A setting cannot work, by itself or beside another.</exception>
    public static void Validate(ClusterSettings settings)
    {
        if (settings.Name is { } name && !IsName(name))
            throw Fault("name", $"is \"{name}\": expected letters, digits, - and _, beginning with a letter or digit");
        Range("nodes", settings.Nodes, 1, 1000);
        Range("port", settings.Port, 0, 65535);
        Range("public-port", settings.PublicPort, 0, 65535);
        Range("shards", settings.Shards, 1, 10_000);
        Span("hand-over-timeout", settings.HandOverTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        if (settings.Hostname is "*" or "0.0.0.0" && settings.PublicHostname is null)
            throw Fault("public-hostname", $"is not set beside hostname = \"{settings.Hostname}\": expected the name by which other nodes reach this one");
        if (settings.Hostname != "*") Host("hostname", settings.Hostname);
        if (settings.PublicHostname is { } host) Host("public-hostname", host);
        foreach (var role in settings.Roles)
            if (string.IsNullOrWhiteSpace(role)) throw Fault("roles", $"has \"{role}\": expected names that are not empty");
        foreach (var type in settings.AllowedTypes)
            if (type.Split(',') is not { Length: 2 } parts || parts.Any(string.IsNullOrWhiteSpace))
                throw Fault("allowed-types", $"has \"{type}\": expected \"Namespace.Type, Assembly\"");
        foreach (var seed in settings.SeedNodes) SeedNode(seed);
        Nodes(settings);
        Lease(settings);
        if (settings.Curve is { } curve) Curve(curve);
    }

    /// <summary>The host and port of a seed node.</summary>
    /// <exception cref="ClusterSettingsException">It is not <c>host:port</c>.</exception>
    public static (string Host, int Port) SeedNode(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon > 0 && IsHost(text[..colon]) && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535)
            return (text[..colon], port);
        throw Fault("seed-nodes", $"has \"{text}\": expected host:port with a port from 1 to 65535");
    }

    private static void Nodes(ClusterSettings settings)
    {
        if (settings.Nodes == 1 && settings.SeedNodes.Count > 0)
            throw Fault("nodes", "is 1 beside seed-nodes: expected the number of nodes that the cluster normally has, 2 or more, or no seed nodes");
        if (settings.Nodes > 1 && settings.SeedNodes.Count == 0)
            throw Fault("seed-nodes", $"is empty beside nodes = {settings.Nodes}: expected the host:port of at least one node");
    }

    private static void Lease(ClusterSettings settings)
    {
        if (settings.Lease is null)
        {
            if (settings.Nodes == 2)
                throw Fault("lease", "is not set beside nodes = 2: expected the connection string of a PostgreSQL database, because neither of two nodes is a majority");
            if (settings.LeasePerShard)
                throw Fault("lease", "is not set beside lease-per-shard = on: expected the connection string of a PostgreSQL database");
            return;
        }
        try
        {
            if (string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(settings.Lease).Host))
                throw Fault("lease", "has no Host: expected the connection string of a PostgreSQL database");
        }
        catch (ArgumentException fault)
        {
            // Only the message: the value may hold a password.
            throw Fault("lease", $"cannot be read ({fault.Message}): expected the connection string of a PostgreSQL database");
        }
    }

    private static void Curve(ClusterCurve curve)
    {
        if (curve.SecretKey is null == curve.SecretKeyFile is null)
            throw Fault("curve.secret-key", $"is {(curve.SecretKey is null ? "not set, nor is" : "set beside")} curve.secret-key-file: expected one of the two");
        if (curve.SecretKey is { } secret && secret.Length != KeyLength)
            throw Fault("curve.secret-key", $"has {secret.Length} characters: expected {KeyLength} of Z85");
        if (curve.AllowedNodes.Count == 0) throw Fault("curve.allowed-nodes", "is empty, which would let no node in: expected the public key of each node");
        foreach (var key in curve.AllowedNodes) Key("curve.allowed-nodes", key);
    }

    private static void Key(string key, string value)
    {
        if (value.Length != KeyLength) throw Fault(key, $"has \"{value}\": expected {KeyLength} characters of Z85");
    }

    private static void Range(string key, int value, int least, int most)
    {
        if (value < least || value > most) throw Fault(key, $"is {value}: expected from {least} to {most}");
    }

    private static void Span(string key, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most) throw Fault(key, $"is {value.TotalSeconds} s: expected from {least.TotalSeconds} to {most.TotalSeconds} s");
    }

    private static void Host(string key, string value)
    {
        if (!IsHost(value)) throw Fault(key, $"is \"{value}\": expected a host name or an address");
    }

    private static bool IsHost(string text) => text.Length > 0 && Uri.CheckHostName(text) != UriHostNameType.Unknown;

    private static bool IsName(string text) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static ClusterSettingsException Fault(string key, string fault) => new(key, fault);
}
