using Actors.Grains.Clustering;

namespace Grains.Tests.Clustering;

public sealed class ClusterCheckTests
{
    private const string Key = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7";
    private static readonly ClusterSettings One = new();
    private static readonly ClusterSettings Two = new() { Nodes = 2, SeedNodes = ["a:1"], Lease = "Host=db" };
    private static readonly ClusterSettings Three = new() { Nodes = 3, SeedNodes = ["a:1"] };

    public static TheoryData<ClusterSettings, string> Faults => new()
    {
        { One with { Name = "a/b" }, "grains.cluster.name is \"a/b\": expected letters, digits, - and _, beginning with a letter or digit" },
        { One with { Nodes = 0 }, "grains.cluster.nodes is 0: expected from 1 to 1000" },
        { One with { Port = 65536 }, "grains.cluster.port is 65536: expected from 0 to 65535" },
        { One with { PublicPort = -1 }, "grains.cluster.public-port is -1: expected from 0 to 65535" },
        { One with { Shards = 0 }, "grains.cluster.shards is 0: expected from 1 to 10000" },
        { One with { HandOverTimeout = TimeSpan.Zero }, "grains.cluster.hand-over-timeout is 0 s: expected from 1 to 3600 s" },
        { One with { Hostname = "" }, "grains.cluster.hostname is \"\": expected a host name or an address" },
        { One with { Hostname = "*" }, "grains.cluster.public-hostname is not set beside hostname = \"*\": expected the name by which other nodes reach this one" },
        { One with { PublicHostname = "a b" }, "grains.cluster.public-hostname is \"a b\": expected a host name or an address" },
        { One with { Roles = [" "] }, "grains.cluster.roles has \" \": expected names that are not empty" },
        { One with { AllowedTypes = ["My.Type"] }, "grains.cluster.allowed-types has \"My.Type\": expected \"Namespace.Type, Assembly\"" },
        { One with { SeedNodes = ["a:1"] }, "grains.cluster.nodes is 1 beside seed-nodes: expected the number of nodes that the cluster normally has, 2 or more, or no seed nodes" },
        { One with { LeasePerShard = true }, "grains.cluster.lease is not set beside lease-per-shard = on: expected the connection string of a PostgreSQL database" },
        { Three with { SeedNodes = [] }, "grains.cluster.seed-nodes is empty beside nodes = 3: expected the host:port of at least one node" },
        { Three with { SeedNodes = ["a"] }, "grains.cluster.seed-nodes has \"a\": expected host:port with a port from 1 to 65535" },
        { Three with { SeedNodes = ["a:0"] }, "grains.cluster.seed-nodes has \"a:0\": expected host:port with a port from 1 to 65535" },
        { Two with { Lease = null }, "grains.cluster.lease is not set beside nodes = 2: expected the connection string of a PostgreSQL database, because neither of two nodes is a majority" },
        { Two with { Lease = "Database=x" }, "grains.cluster.lease has no Host: expected the connection string of a PostgreSQL database" },
        { Three with { Curve = new() { SecretKey = Key, AllowedNodes = [] } }, "grains.cluster.curve.allowed-nodes is empty, which would let no node in: expected the public key of each node" },
        { Three with { Curve = new() { SecretKey = Key, AllowedNodes = ["short"] } }, "grains.cluster.curve.allowed-nodes has \"short\": expected 40 characters of Z85" },
        { Three with { Curve = new() { SecretKey = "short", AllowedNodes = [Key] } }, "grains.cluster.curve.secret-key has 5 characters: expected 40 of Z85" },
        { Three with { Curve = new() { AllowedNodes = [Key] } }, "grains.cluster.curve.secret-key is not set, nor is curve.secret-key-file: expected one of the two" },
        { Three with { Curve = new() { SecretKey = Key, SecretKeyFile = "f", AllowedNodes = [Key] } }, "grains.cluster.curve.secret-key is set beside curve.secret-key-file: expected one of the two" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_setting_that_cannot_work_is_named_with_its_value_and_what_was_expected(ClusterSettings settings, string message) =>
        Assert.Equal(message, Assert.Throws<ClusterSettingsException>(() => ClusterConfig.Of(settings)).Message);

    [Fact]
    public void A_connection_string_that_cannot_be_read_is_not_shown() =>
        Assert.DoesNotContain("hunter2", Assert.Throws<ClusterSettingsException>(() => ClusterConfig.Of(Two with { Lease = "Host=db;Password=hunter2;Bogus=1" })).Message);

    [Fact]
    public void No_text_of_the_settings_shows_a_secret()
    {
        var text = (Two with { Lease = "Host=db;Password=hunter2", Curve = new() { SecretKey = Key, AllowedNodes = ["x"] } }).ToString() + new ClusterCurve { SecretKey = Key, AllowedNodes = ["x"] };
        Assert.DoesNotContain("hunter2", text);
        Assert.DoesNotContain(Key, text);
    }
}
