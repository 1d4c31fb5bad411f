using Actors.Grains.Clustering;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.Remote;

namespace Grains.Tests.Clustering;

public sealed class ClusterConfigTests
{
    private static readonly ClusterSettings Three = new() { Nodes = 3, SeedNodes = ["a:1"] };

    private static Config Parsed(ClusterSettings settings) => ConfigurationFactory.ParseString(ClusterConfig.Of(settings));

    [Fact]
    public void Every_shipped_setting_is_one_that_Akka_has()
    {
        var known = ClusterSharding.DefaultConfig().WithFallback(ClusterSingleton.DefaultConfig())
            .WithFallback(Akka.DistributedData.DistributedData.DefaultConfig()).WithFallback(Resource(typeof(Akka.Cluster.Cluster), "Akka.Cluster.Configuration.Cluster.conf"))
            .WithFallback(Resource(typeof(RemoteActorRefProvider), "Akka.Remote.Configuration.Remote.conf"))
            .WithFallback(Resource(typeof(Akka.Coordination.Lease), "Akka.Coordination.reference.conf")).WithFallback(ConfigurationFactory.Default());
        // Akka's defaults leave out the keys of a dispatcher with threads of its own.
        // Akka's parser keeps quoted parts apart only in full; the binding is tested by the cluster that runs with it.
        var paths = Shipped().Where(path => !path.Contains('"') && !path.Contains(".dedicated-thread-pool.")).ToList();
        Assert.True(paths.Count > 30, $"only {paths.Count} settings were found");
        Assert.All(paths, path => Assert.True(known.HasPath(path), $"{path} is no setting of Akka"));
    }

    [Fact]
    public void Every_shipped_setting_has_a_reason_above_it()
    {
        var lines = Text().Split('\n');
        for (var i = 1; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("akka.", StringComparison.Ordinal) || lines[i].StartsWith("akka.actor.provider", StringComparison.Ordinal)) continue;
            var above = i - 1;
            // A reason may stand above several lines of one matter.
            while (above > 0 && lines[above].StartsWith("akka.", StringComparison.Ordinal)) above--;
            if (lines[above].Length == 0) above--;
            Assert.True(lines[above].StartsWith('#'), $"line {i + 1} of cluster.conf has no reason: {lines[i]}");
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("Host=db;Password=\"a\\b\"{}[],:=#$")]
    [InlineData("${akka.actor.provider}")]
    [InlineData("tab\tand ünïcode")]
    public void A_text_reaches_Akka_unchanged(string text) =>
        Assert.Equal(text, ConfigurationFactory.ParseString($"a.b = {HoconText.Quote(text)}").GetString("a.b"));

    [Theory]
    [InlineData(1, "keep-majority")]
    [InlineData(2, "lease-majority")]
    [InlineData(3, "keep-majority")]
    [InlineData(7, "keep-majority")]
    public void The_number_of_nodes_decides_who_goes_on(int nodes, string strategy)
    {
        var config = Parsed(new ClusterSettings { Nodes = nodes, SeedNodes = nodes == 1 ? [] : ["a:1"], Lease = nodes == 2 ? "Host=db" : null });
        Assert.Equal(strategy, config.GetString("akka.cluster.split-brain-resolver.active-strategy"));
        Assert.StartsWith("Akka.Cluster.SBR.SplitBrainResolverProvider", config.GetString("akka.cluster.downing-provider-class"));
        Assert.Equal(nodes == 2, config.HasPath("akka.cluster.split-brain-resolver.lease-majority.lease-implementation"));
    }

    [Fact]
    public void Nodes_talk_over_ZeroMQ_with_the_addresses_and_keys_of_the_settings()
    {
        const string key = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7";
        var config = Parsed(Three with { Hostname = "10.0.0.7", Port = 4053, PublicHostname = "node", PublicPort = 99, Curve = new() { SecretKey = key, AllowedNodes = [key] } });
        Assert.Equal(["akka.remote.zmq"], config.GetStringList("akka.remote.enabled-transports"));
        var zmq = config.GetConfig("akka.remote.zmq");
        Assert.Equal("Actors.Remoting.ZmqTransport, Actors.Remoting", zmq.GetString("transport-class"));
        Assert.Equal("tcp 10.0.0.7 4053 node 99", $"{zmq.GetString("transport")} {zmq.GetString("hostname")} {zmq.GetInt("port")} {zmq.GetString("public-hostname")} {zmq.GetInt("public-port")}");
        Assert.Equal(key, zmq.GetString("curve.secret-key"));
        Assert.Equal([key], zmq.GetStringList("curve.allowed"));
        Assert.Equal("inproc", Parsed(Three with { Wire = ClusterWire.Inproc }).GetString("akka.remote.zmq.transport"));
    }

    [Fact]
    public void A_lease_per_shard_is_an_option()
    {
        var settings = Three with { Lease = "Host=db;Password=x" };
        Assert.False(Parsed(settings).HasPath("akka.cluster.sharding.use-lease"));
        var config = Parsed(settings with { LeasePerShard = true });
        Assert.Equal("Host=db;Password=x", config.GetString(config.GetString("akka.cluster.sharding.use-lease") + ".connection-string"));
    }

    private static IEnumerable<string> Shipped() => Text().Split('\n').Where(line => line.StartsWith("akka.", StringComparison.Ordinal)).Select(line => line[..line.IndexOf(" = ", StringComparison.Ordinal)]);

    private static string Text() => new StreamReader(typeof(ClusterConfig).Assembly.GetManifestResourceStream("Actors.Grains.Clustering.cluster.conf")!).ReadToEnd();

    private static Config Resource(Type type, string name) => ConfigurationFactory.ParseString(new StreamReader(type.Assembly.GetManifestResourceStream(name)!).ReadToEnd());
}
