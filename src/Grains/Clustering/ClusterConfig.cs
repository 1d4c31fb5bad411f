using System.Globalization;
using System.Text;

namespace Actors.Grains.Clustering;

/// <summary>Turns the settings of a cluster into the configuration of Akka.</summary>
internal static class ClusterConfig
{
    /// <summary>The section of the leases for shards.</summary>
    public const string LeasePath = "grains.cluster.shard-lease";

    /// <summary>The section of the lease by which nodes decide who goes on.</summary>
    public const string DecisionLeasePath = "grains.cluster.decision-lease";

    private static readonly Lazy<string> Shipped = new(() => Read("cluster.conf"));
    private static readonly Lazy<string> OfOneNode = new(() => Read("one-node.conf"));

    /// <summary>The HOCON text for an actor system that is a node of this cluster. It may hold keys and a password: show it to nobody.</summary>
    /// <exception cref="ClusterSettingsException">A setting cannot work.</exception>
    public static string Of(ClusterSettings settings)
    {
        ClusterCheck.Validate(settings);
        var text = new StringBuilder(Shipped.Value).AppendLine();
        if (settings.Nodes == 1) text.AppendLine(OfOneNode.Value);
        Transport(text, settings);
        Line(text, "akka.cluster.roles", HoconText.List(settings.Roles));
        Line(text, "grains.cluster.allowed-types", HoconText.List(settings.AllowedTypes));
        Line(text, "akka.coordinated-shutdown.phases.cluster-sharding-shutdown-region.timeout", Milliseconds(settings.HandOverTimeout));
        Line(text, "akka.cluster.sharding.handoff-timeout", Milliseconds(settings.HandOverTimeout));
        Line(text, "akka.cluster.split-brain-resolver.active-strategy", settings.Nodes == 2 ? "lease-majority" : "keep-majority");
        if (settings.Lease is { } lease)
        {
            foreach (var path in new[] { LeasePath, DecisionLeasePath })
            {
                Line(text, $"{path}.lease-class", HoconText.Quote("Actors.Grains.Clustering.Leases.PostgresLease, Actors.Grains"));
                Line(text, $"{path}.connection-string", HoconText.Quote(lease));
            }
            // Akka asks once and then ends the node: when the node that won the last decision dies with the lease, asking once is too early.
            Line(text, $"{DecisionLeasePath}.wait-for-dead-owner", "on");
            Line(text, "akka.cluster.split-brain-resolver.lease-majority.lease-implementation", HoconText.Quote(DecisionLeasePath));
            if (settings.LeasePerShard) Line(text, "akka.cluster.sharding.use-lease", HoconText.Quote(LeasePath));
        }
        return text.ToString();
    }

    private static string Read(string name)
    {
        using var stream = typeof(ClusterConfig).Assembly.GetManifestResourceStream(typeof(ClusterConfig), name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static void Transport(StringBuilder text, ClusterSettings settings)
    {
        if (settings.Nodes == 1)
        {
            Line(text, "akka.remote.enabled-transports", "[grains.cluster.no-peers]");
            Line(text, "grains.cluster.no-peers.transport-class", HoconText.Quote("Actors.Grains.Clustering.NoPeersTransport, Actors.Grains"));
            // Akka reads the list of adapters of every transport.
            Line(text, "grains.cluster.no-peers.applied-adapters", "[]");
            return;
        }
        const string path = "akka.remote.zmq";
        Line(text, "akka.remote.enabled-transports", $"[{path}]");
        Line(text, $"{path}.hostname", HoconText.Quote(settings.Hostname));
        Line(text, $"{path}.port", Number(settings.Port));
        if (settings.PublicHostname is { } host) Line(text, $"{path}.public-hostname", HoconText.Quote(host));
        if (settings.PublicPort > 0) Line(text, $"{path}.public-port", Number(settings.PublicPort));
        Line(text, $"{path}.transport-class", HoconText.Quote("Actors.Remoting.ZmqTransport, Actors.Remoting"));
        Line(text, $"{path}.applied-adapters", "[]");
        Line(text, $"{path}.transport", settings.Wire == ClusterWire.Inproc ? "inproc" : "tcp");
        if (settings.Curve is not { } curve) return;
        if (curve.SecretKey is { } secret) Line(text, $"{path}.curve.secret-key", HoconText.Quote(secret));
        if (curve.SecretKeyFile is { } file) Line(text, $"{path}.curve.secret-key-file", HoconText.Quote(file));
        Line(text, $"{path}.curve.allowed", HoconText.List(curve.AllowedNodes));
    }

    private static void Line(StringBuilder text, string path, string value) => text.Append(path).Append(" = ").Append(value).Append('\n');

    private static string Milliseconds(TimeSpan span) => $"{Number((long)span.TotalMilliseconds)} ms";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
