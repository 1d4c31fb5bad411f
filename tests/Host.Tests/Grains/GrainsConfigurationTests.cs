using Actors.Grains.Clustering;
using Actors.Host.Grains;
using Actors.Hosting.Configuration;

namespace Host.Tests.Grains;

/// <summary>The section <c>grains</c> and gateway roles: what is read, and that every mistake names file, line, key and what was expected.</summary>
public sealed class GrainsConfigurationTests : IDisposable
{
    private readonly GrainsFile _file = new();

    public void Dispose() => _file.Dispose();

    private GrainsPlan Grains(string keys) => Assert.IsType<GrainsPlan>(_file.Read($"grains {{ {keys} }}\n{GrainsFile.Gateway}").Part);

    [Fact]
    public void A_file_without_grains_has_none_of_it()
    {
        var plan = _file.Read("roles.r { pattern = reply, bind = \"tcp://*:1\", handler { type = echo } }");

        Assert.Null(plan.Part);
    }

    [Fact]
    public void Kinds_have_the_settings_of_the_file()
    {
        var plan = Grains($"{GrainsFile.Counter}, {GrainsFile.Memory}, call-timeout = 3s, kinds.counter {{ idle-timeout = 5m, deactivation-timeout = 1s, max-waiting = 7, recent-calls = 9 }}");

        var kind = Assert.Single(plan.Settings.Kinds);
        Assert.Equal(("counter", TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1), 7, 9), (kind.Interface.Kind, kind.Options.IdleTimeout, kind.Options.DeactivationTimeout, kind.Options.MaxWaiting, kind.Options.RecentCalls));
        Assert.Equal(TimeSpan.FromSeconds(3), plan.Settings.CallTimeout);
    }

    [Fact]
    public void Without_a_section_of_the_cluster_the_host_is_a_cluster_of_one_that_opens_no_port()
    {
        var plan = Grains($"{GrainsFile.Counter}, {GrainsFile.Memory}");

        Assert.Equal(1, plan.Settings.Cluster.Nodes);
        Assert.Empty(plan.Bound);
        Assert.Contains("grains.cluster.no-peers", plan.System, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cluster_has_the_settings_of_the_file()
    {
        var cluster = Grains($$"""
            {{GrainsFile.Counter}}, {{GrainsFile.Memory}}
            cluster {
              name = shop, nodes = 3, seed-nodes = ["127.0.0.1:7001", "127.0.0.1:7002"], hostname = localhost, port = 7001, public-hostname = node-1, public-port = 8001
              roles = front, shards = 10, hand-over-timeout = 4s, lease = "Host=db;Password=p", lease-per-shard = on, allowed-types = ["A.B, C"]
              curve { secret-key = "{{new string('k', 40)}}", allowed-nodes = ["{{new string('n', 40)}}"] }
            }
            """).Settings.Cluster;

        Assert.Equal(("shop", 3, "localhost", 7001, "node-1", 8001), (cluster.Name, cluster.Nodes, cluster.Hostname, cluster.Port, cluster.PublicHostname, cluster.PublicPort));
        Assert.Equal(["127.0.0.1:7001", "127.0.0.1:7002"], cluster.SeedNodes);
        Assert.Equal((10, TimeSpan.FromSeconds(4), "Host=db;Password=p", true), (cluster.Shards, cluster.HandOverTimeout, cluster.Lease, cluster.LeasePerShard));
        Assert.Equal(["front", "A.B, C"], [.. cluster.Roles, .. cluster.AllowedTypes]);
        Assert.Equal((new string('k', 40), new string('n', 40)), (cluster.Curve!.SecretKey, cluster.Curve.AllowedNodes[0]));
    }

    [Theory]
    [InlineData("5s", 2.5)]
    [InlineData("0s", 1)]
    [InlineData("10m", 20)]
    public void Activations_have_half_of_the_time_for_stopping_to_end(string stopTimeout, double seconds)
    {
        var plan = _file.Read($"host.stop-timeout = {stopTimeout}\ngrains {{ {GrainsFile.Counter}, {GrainsFile.Memory} }}");

        Assert.Equal(seconds, ((GrainsPlan)plan.Part!).Settings.Cluster.HandOverTimeout.TotalSeconds);
    }

    [Fact]
    public void A_node_may_have_no_role() => Assert.Empty(_file.Read($"grains {{ {GrainsFile.Counter}, {GrainsFile.Memory} }}").Roles);

    [Fact]
    public void A_node_with_a_gateway_may_have_no_grains()
    {
        var plan = Grains("cluster { nodes = 3, seed-nodes = \"127.0.0.1:7001\" }");

        Assert.Empty(plan.Settings.Kinds);
    }

    [Theory]
    [InlineData("assemblis = [\"Counter.dll\"]", "assemblis", "did you mean \"assemblies\"?")]
    [InlineData("call-timeout = 5", "call-timeout", "expected a duration with its unit")]
    [InlineData("call-timeout = 0s", "call-timeout", "expected from 1 to")]
    [InlineData("store { file = x }", "store.type", "is missing: expected one of sqlite, postgres, memory")]
    [InlineData("store { type = mysql }", "store.type", "expected one of sqlite, postgres, memory")]
    [InlineData("store { type = sqlite }", "store.file", "is missing: expected a text")]
    [InlineData("store { type = sqlite, file = \"/no/such/folder/x.db\" }", "store.file", "there is no folder /no/such/folder")]
    [InlineData("store { type = sqlite, file = \"/tmp\" }", "store.file", "is a folder")]
    [InlineData("store { type = sqlite, file = x, readers = 0 }", "store.readers", "is 0 readers: expected 1 to 64")]
    [InlineData("store { type = sqlite, file = x, max-size = 5 }", "store.max-size", "expected 65536 bytes or more")]
    [InlineData("store { type = sqlite, file = x, schema = y }", "store.schema", "unknown key; a sqlite store has")]
    [InlineData("store { type = postgres }", "store.connection-string", "is missing")]
    [InlineData("store { type = postgres, connection-string = \"Database=x\" }", "store.connection-string", "expected \"Host=...\" in its connection string")]
    [InlineData("store { type = postgres, connection-string = \"Hots=db\" }", "store.connection-string", "cannot be read")]
    [InlineData("store { type = postgres, connection-string = \"Host=db\", retry-for = 2h }", "store.retry-for", "expected 1 second to 1 hour")]
    [InlineData("cluster { nods = 3 }", "cluster.nods", "did you mean \"nodes\"?")]
    [InlineData("cluster { nodes = 0 }", "cluster.nodes", "is 0: expected from 1 to 1000")]
    [InlineData("cluster { nodes = 3 }", "cluster.seed-nodes", "is empty beside nodes = 3")]
    [InlineData("cluster { nodes = 2, seed-nodes = \"a:1\" }", "cluster.lease", "is not set beside nodes = 2")]
    [InlineData("cluster { nodes = 3, seed-nodes = \"a\" }", "cluster.seed-nodes", "expected host:port with a port from 1 to 65535")]
    [InlineData("cluster { curve { secret-key = abc, allowed-nodes = [] } }", "cluster.curve.allowed-nodes", "is empty")]
    [InlineData("cluster { curve { secret-key-file = \"/no/such.key\", allowed-nodes = \"x\" } }", "cluster.curve.secret-key-file", "\"/no/such.key\" does not exist")]
    [InlineData("kinds.countr { idle-timeout = 5m }", "kinds.countr", "is no kind of this host (did you mean \"counter\"?); it has counter")]
    [InlineData("kinds.counter { idle = 5m }", "kinds.counter.idle", "unknown key")]
    [InlineData("kinds.counter { idle-timeout = 0s }", "kinds.counter.idle-timeout", "expected more than zero")]
    [InlineData("kinds.counter { recent-calls = 10001 }", "kinds.counter.recent-calls", "is 10001: expected 1 to 10,000")]
    public void A_mistake_names_its_line_its_key_and_what_was_expected(string keys, string key, string expected)
    {
        var store = keys.StartsWith("store", StringComparison.Ordinal) ? "" : GrainsFile.Memory;
        var errors = _file.Errors($"grains {{ {GrainsFile.Counter}\n{store}\n{keys}\n}}\n{GrainsFile.Gateway}");

        var error = Assert.Single(errors, one => one.Key == $"grains.{key}");
        Assert.Contains(expected, error.Fault, StringComparison.Ordinal);
        Assert.InRange(error.Origin.Line, 1, 3);
        if (!expected.StartsWith("is missing", StringComparison.Ordinal) && !expected.StartsWith("is empty beside", StringComparison.Ordinal) && !expected.StartsWith("is not set", StringComparison.Ordinal)) Assert.Equal(3, error.Origin.Line);
    }

    [Fact]
    public void All_mistakes_of_a_cluster_are_named_at_once()
    {
        var errors = _file.Errors($"grains {{ {GrainsFile.Counter}, {GrainsFile.Memory}\ncluster {{ shards = 0, port = 70000, hostname = \"a b\", nodes = 3 }}\n}}");

        Assert.Equal(["grains.cluster.hostname", "grains.cluster.port", "grains.cluster.seed-nodes", "grains.cluster.shards"], errors.Select(error => error.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_kind_with_a_state_needs_a_store()
    {
        var error = _file.Error($"grains {{ {GrainsFile.Counter} }}");

        Assert.Equal(("grains.store", 1), (error.Key, error.Origin.Line));
        Assert.Contains("is missing: expected a section with the store's type, because Examples.Counter has a state", error.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gateway_needs_grains()
    {
        var error = _file.Error(GrainsFile.Gateway);

        Assert.Equal("roles.gateway.pattern", error.Key);
        Assert.Contains("expected the section grains", error.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("max-in-flight = 0", "max-in-flight", "expected 1 or more")]
    [InlineData("max-call-size = 1B", "max-call-size", "expected 64 or more")]
    [InlineData("max-call-size = 3GiB", "max-call-size", "expected 2147483647 or less")]
    [InlineData("max-octets-in-flight = 1MiB", "max-octets-in-flight", "expected 4194304 or more")]
    [InlineData("call-timeout = 0s", "call-timeout", "expected more than 0 ms")]
    [InlineData("handler { type = echo }", "handler", "unknown key")]
    public void A_mistake_in_a_gateway_names_its_key_and_what_was_expected(string line, string key, string expected)
    {
        var error = _file.Error($"grains {{ {GrainsFile.Counter}, {GrainsFile.Memory} }}\nroles.gateway {{ pattern = gateway, bind = \"tcp://127.0.0.1:0\", {line} }}");

        Assert.Equal(($"roles.gateway.{key}", 2), (error.Key, error.Origin.Line));
        Assert.Contains(expected, error.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gateway_and_another_role_at_one_port_are_a_mistake()
    {
        var error = _file.Error($"grains {{ {GrainsFile.Counter}, {GrainsFile.Memory} }}\nroles {{ r {{ pattern = reply, bind = \"tcp://*:5560\", handler {{ type = echo }} }}\ngateway {{ pattern = gateway, bind = \"tcp://127.0.0.1:5560\" }} }}");

        Assert.Equal(("roles.gateway.bind", 3), (error.Key, error.Origin.Line));
        Assert.Contains("as roles.r.bind", error.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_role_and_the_node_at_one_port_are_a_mistake()
    {
        var error = _file.Error($"grains {{ {GrainsFile.Counter}, {GrainsFile.Memory}, cluster {{ nodes = 3, seed-nodes = \"127.0.0.1:7001\"\nport = 7001 }} }}\nroles.gateway {{ pattern = gateway, bind = \"tcp://*:7001\" }}");

        Assert.Equal("grains.cluster.port", error.Key);
        Assert.Contains("as roles.gateway.bind", error.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_and_the_store_in_one_file_are_a_mistake()
    {
        var file = _file.Write("", "shared.db");
        var error = _file.Error($$"""
            grains { {{GrainsFile.Counter}}, store { type = sqlite, file = "{{file}}" } }
            roles.push { pattern = push, connect = "tcp://a:1", delivery = acknowledged, journal = sqlite, journal-file = "{{file}}" }
            """);

        Assert.Equal("grains.store.file", error.Key);
        Assert.Contains("is the journal of push already", error.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_provider_of_actors_beside_grains_is_a_mistake()
    {
        var error = Assert.Single(_file.Errors($"grains {{ {GrainsFile.Counter}, {GrainsFile.Memory} }}\nakka.actor.provider = local"));

        Assert.Equal(("akka.actor.provider", 2), (error.Key, error.Origin.Line));
    }

    [Fact]
    public void Settings_of_the_cluster_below_akka_are_read_and_win_over_those_of_grains()
    {
        var plan = _file.Read($"grains {{ {GrainsFile.Counter}, {GrainsFile.Memory} }}\nakka.cluster.gossip-interval = 300ms");

        Assert.DoesNotContain(plan.Warnings, warning => warning.Key.StartsWith("akka", StringComparison.Ordinal));
        Assert.Equal(TimeSpan.FromMilliseconds(300), SystemSettings.ConfigOf(plan).GetTimeSpan("akka.cluster.gossip-interval"));
    }

    [Fact]
    public void A_misspelt_key_of_the_cluster_below_akka_names_the_nearest()
    {
        var error = _file.Error($"grains {{ {GrainsFile.Counter}, {GrainsFile.Memory} }}\nakka.cluster.gossip-intervl = 300ms");

        Assert.Equal(("akka.cluster.gossip-intervl", 2), (error.Key, error.Origin.Line));
        Assert.Contains("did you mean \"gossip-interval\"?", error.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("store.type = memory, cluster { nodes = 3, seed-nodes = \"127.0.0.1:7001\" }", "grains.store.type", "a grain that moves loses its state")]
    [InlineData("store { type = sqlite, file = x }, cluster { nodes = 3, hostname = \"10.0.0.1\", seed-nodes = \"10.0.0.1:7001\" }", "grains.store.type", "a grain that moves does not find its state")]
    [InlineData("store.type = memory, cluster { nodes = 3, hostname = \"0.0.0.0\", public-hostname = a, seed-nodes = \"10.0.0.1:7001\" }", "grains.cluster.hostname", "whoever reaches the port of the node may join")]
    [InlineData("store.type = memory, cluster { hand-over-timeout = 1m }", "grains.cluster.hand-over-timeout", "is longer than host.stop-timeout")]
    public void What_works_and_is_hardly_meant_is_a_warning(string keys, string key, string doubt)
    {
        var warning = Assert.Single(_file.Read($"grains {{ {GrainsFile.Counter}, {keys} }}").Warnings, one => one.Key == key);

        Assert.Contains(doubt, warning.Doubt, StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_of_the_keys_are_those_of_the_settings()
    {
        var plan = _file.Read($"grains {{ {GrainsFile.Counter}, store {{ type = sqlite, file = x }} }}\n{GrainsFile.Gateway}");
        var cluster = ((GrainsPlan)plan.Part!).Settings.Cluster;
        var own = new ClusterSettings();

        Assert.Equal((own.Nodes, own.Hostname, own.Port, own.PublicPort, own.Shards, own.LeasePerShard), (cluster.Nodes, cluster.Hostname, cluster.Port, cluster.PublicPort, cluster.Shards, cluster.LeasePerShard));
        var kind = Assert.Single(((GrainsPlan)plan.Part).Settings.Kinds).Options;
        var given = new Actors.Grains.GrainKindOptions();
        Assert.Equal((given.IdleTimeout, given.DeactivationTimeout, given.MaxWaiting, given.RecentCalls), (kind.IdleTimeout, kind.DeactivationTimeout, kind.MaxWaiting, kind.RecentCalls));
    }
}
