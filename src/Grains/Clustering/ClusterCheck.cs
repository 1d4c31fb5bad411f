using System.Globalization;
using Npgsql;

namespace Actors.Grains.Clustering;

/// <summary>Checks the settings of a cluster: each range stands here, and nowhere else.</summary>
internal static class ClusterCheck
{
    private const int KeyLength = 40;

    private static readonly TimeSpan s_leastHandOver = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_mostHandOver = TimeSpan.FromHours(1);

    /// <exception cref="ClusterSettingsException">A setting cannot work, by itself or beside another.</exception>
    public static void Validate(ClusterSettings settings)
    {
        foreach (var fault in Faults(settings)) throw fault;
    }

    /// <summary>All settings that cannot work, by themselves or beside another.</summary>
    public static IEnumerable<ClusterSettingsException> Faults(ClusterSettings settings) =>
        new[] { Single(settings), Nodes(settings), Lease(settings), settings.Curve is { } curve ? Curve(curve) : [] }.SelectMany(faults => faults);

    /// <summary>The host and port of a seed node.</summary>
    /// <exception cref="ClusterSettingsException">It is not <c>host:port</c>.</exception>
    public static (string Host, int Port) SeedNode(string text) => ReadSeedNode(text) ?? throw SeedNodeFault(text);

    private static IEnumerable<ClusterSettingsException> Single(ClusterSettings settings)
    {
        if (settings.Name is { } name && !IsName(name))
            yield return Fault("name", $"is \"{name}\": expected letters, digits, - and _, beginning with a letter or digit");
        foreach (var (key, value, least, most) in new[] { ("nodes", settings.Nodes, 1, 1000), ("port", settings.Port, 0, 65535), ("public-port", settings.PublicPort, 0, 65535), ("shards", settings.Shards, 1, 10_000) })
            if (value < least || value > most) yield return Fault(key, $"is {value}: expected from {least} to {most}");
        if (settings.HandOverTimeout < s_leastHandOver || settings.HandOverTimeout > s_mostHandOver)
            yield return Fault("hand-over-timeout", $"is {settings.HandOverTimeout.TotalSeconds} s: expected from {s_leastHandOver.TotalSeconds} to {s_mostHandOver.TotalSeconds} s");
        if (settings.Hostname is "*" or "0.0.0.0" && settings.PublicHostname is null)
            yield return Fault("public-hostname", $"is not set beside hostname = \"{settings.Hostname}\": expected the name by which other nodes reach this one");
        foreach (var (key, host) in new[] { ("hostname", settings.Hostname == "*" ? null : settings.Hostname), ("public-hostname", settings.PublicHostname) })
            if (host is not null && !IsHost(host)) yield return Fault(key, $"is \"{host}\": expected a host name or an address");
        foreach (var role in settings.Roles)
            if (string.IsNullOrWhiteSpace(role)) yield return Fault("roles", $"has \"{role}\": expected names that are not empty");
        foreach (var type in settings.AllowedTypes)
            if (type.Split(',') is not { Length: 2 } parts || parts.Any(string.IsNullOrWhiteSpace))
                yield return Fault("allowed-types", $"has \"{type}\": expected \"Namespace.Type, Assembly\"");
        foreach (var seed in settings.SeedNodes)
            if (ReadSeedNode(seed) is null) yield return SeedNodeFault(seed);
    }

    private static IEnumerable<ClusterSettingsException> Nodes(ClusterSettings settings)
    {
        if (settings.Nodes == 1 && settings.SeedNodes.Count > 0)
            yield return Fault("nodes", "is 1 beside seed-nodes: expected the number of nodes that the cluster normally has, 2 or more, or no seed nodes");
        if (settings.Nodes > 1 && settings.SeedNodes.Count == 0)
            yield return Fault("seed-nodes", $"is empty beside nodes = {settings.Nodes}: expected the host:port of at least one node");
    }

    private static IEnumerable<ClusterSettingsException> Lease(ClusterSettings settings)
    {
        if (settings.Lease is { } lease)
        {
            if (LeaseFault(lease) is { } fault) yield return Fault("lease", fault);
        }
        else if (settings.Nodes == 2)
        {
            yield return Fault("lease", "is not set beside nodes = 2: expected the connection string of a PostgreSQL database, because neither of two nodes is a majority");
        }
        else if (settings.LeasePerShard)
        {
            yield return Fault("lease", "is not set beside lease-per-shard = on: expected the connection string of a PostgreSQL database");
        }
    }

    private static string? LeaseFault(string lease)
    {
        try
        {
            return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(lease).Host) ? "has no Host: expected the connection string of a PostgreSQL database" : null;
        }
        catch (ArgumentException fault)
        {
            // Only the message: the value may hold a password.
            return $"cannot be read ({fault.Message}): expected the connection string of a PostgreSQL database";
        }
    }

    private static IEnumerable<ClusterSettingsException> Curve(ClusterCurve curve)
    {
        if (curve.SecretKey is null == curve.SecretKeyFile is null)
            yield return Fault("curve.secret-key", $"is {(curve.SecretKey is null ? "not set, nor is" : "set beside")} curve.secret-key-file: expected one of the two");
        if (curve.SecretKey is { } secret && secret.Length != KeyLength)
            yield return Fault("curve.secret-key", $"has {secret.Length} characters: expected {KeyLength} of Z85");
        if (curve.AllowedNodes.Count == 0) yield return Fault("curve.allowed-nodes", "is empty, which would let no node in: expected the public key of each node");
        foreach (var key in curve.AllowedNodes)
            if (key.Length != KeyLength) yield return Fault("curve.allowed-nodes", $"has \"{key}\": expected {KeyLength} characters of Z85");
    }

    private static (string Host, int Port)? ReadSeedNode(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && IsHost(text[..colon]) && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? (text[..colon], port)
            : null;
    }

    private static ClusterSettingsException SeedNodeFault(string text) => Fault("seed-nodes", $"has \"{text}\": expected host:port with a port from 1 to 65535");

    private static bool IsHost(string text) => text.Length > 0 && Uri.CheckHostName(text) != UriHostNameType.Unknown;

    private static bool IsName(string text) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static ClusterSettingsException Fault(string key, string fault) => new(key, fault);
}
