using Actors.Host.Grains;
using Actors.Host.Reload;
using Actors.Hosting.Configuration;
using Actors.Transport;
using Actors.Zmtp;
using Host.Tests.Configuration;

namespace Host.Tests.Reload;

public sealed class PlanDiffTests : IDisposable
{
    private const string Before = """
        variables.port = 5555
        roles {
          a { pattern = push, bind = "tcp://127.0.0.1:"${variables.port}, outbound { capacity = 10, overflow = fail } }
          b { pattern = pull, bind = "tcp://127.0.0.1:5556", handler { type = echo } }
        }
        """;

    private readonly TemporaryFiles _files = new();
    private int _count;

    public void Dispose() => _files.Dispose();

    private HostPlan Plan(string text, params string[] overrides) => HostConfiguration.Read(_files.Write($"{++_count}.conf", text), overrides, [], TextWriter.Null, new GrainsPart());

    private PlanDiff Diff(string after, params string[] overrides) => PlanDiff.Of(Plan(Before), Plan(after, overrides));

    [Fact]
    public void Plans_of_the_same_text_do_not_differ()
    {
        var diff = Diff(Before);

        Assert.Empty(diff.Refused.Concat(diff.Changed).Concat(diff.Added).Concat(diff.Removed).Concat(diff.Settings));
    }

    [Fact]
    public void The_order_of_keys_comments_and_null_change_nothing()
    {
        var diff = Diff("""
            # The same in another order.
            roles.b { handler { type = "echo" }, bind = ["tcp://127.0.0.1:5556"][0], pattern = pull, linger = null }
            roles.a { outbound { overflow = fail, capacity = 10 }, pattern = push, bind = "tcp://127.0.0.1:5555" }
            """.Replace("[\"tcp://127.0.0.1:5556\"][0]", "\"tcp://127.0.0.1:5556\"", StringComparison.Ordinal));

        Assert.Empty(diff.Changed);
        Assert.Empty(diff.Refused);
    }

    [Fact]
    public void A_variable_changes_the_roles_that_refer_to_it() => Assert.Equal(["a"], Diff(Before.Replace("port = 5555", "port = 5557", StringComparison.Ordinal)).Changed);

    [Fact]
    public void A_key_in_a_section_of_a_role_changes_that_role() => Assert.Equal(["a"], Diff(Before.Replace("capacity = 10", "capacity = 11", StringComparison.Ordinal)).Changed);

    [Fact]
    public void Roles_come_and_go()
    {
        var diff = Diff("""roles { b { pattern = pull, bind = "tcp://127.0.0.1:5556", handler { type = echo } }, c { pattern = push, connect = "tcp://127.0.0.1:5556" } }""");

        Assert.Equal(["c"], diff.Added);
        Assert.Equal(["a"], diff.Removed);
        Assert.Empty(diff.Changed);
    }

    [Fact]
    public void The_times_of_the_host_hold_at_once()
    {
        var diff = Diff($"{Before}\nhost {{ stop-timeout = 9s, stop-when-done = on }}");

        Assert.Equal(["host.stop-timeout", "host.stop-when-done"], diff.Settings);
        Assert.Empty(diff.Refused);
    }

    [Theory]
    [InlineData("actors.transport.engine = zmtp", "actors.transport.engine")]
    [InlineData("akka.loglevel = INFO", "akka.loglevel")]
    [InlineData("host.control.enabled = off", "host.control.enabled")]
    public void What_is_made_at_the_start_is_refused_with_its_place(string line, string key)
    {
        var diff = Diff($"{Before}\n{line}");

        // A whole section that is new is named as one.
        var refused = Assert.Single(diff.Refused);
        Assert.Contains(".conf:6: ", refused, StringComparison.Ordinal);
        Assert.Contains($": {key.Split('.')[0]}", refused, StringComparison.Ordinal);
        Assert.EndsWith("has changed, which only a new start of the host can bring into force", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_section_that_both_have_the_key_is_named()
    {
        var diff = PlanDiff.Of(Plan($"{Before}\nakka {{ loglevel = INFO, stdout-loglevel = OFF }}"), Plan($"{Before}\nakka {{ loglevel = DEBUG, stdout-loglevel = OFF }}"));

        Assert.Contains(": akka.loglevel: ", Assert.Single(diff.Refused), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_content_of_a_key_file_changes_the_roles_that_read_it_and_a_list_of_clients_changes_none()
    {
        var (first, second, clients) = (_files.Write("first.key", ""), _files.Write("second.key", ""), _files.Write("clients.keys", ""));
        foreach (var file in new[] { first, second }) CurveKeyFile.Write(file, new CurveKeyPair(), overwrite: true);
        File.WriteAllText(clients, new CurveKeyPair().PublicKeyZ85 + "\n");
        var text = $$"""
            actors.transport.engine = zmtp
            roles.a { pattern = pull, bind = "tcp://127.0.0.1:5555", handler { type = echo }, security { mechanism = curve, key-file = "{{first}}", clients = "{{clients}}" } }
            roles.b { pattern = pull, bind = "tcp://127.0.0.1:5556", handler { type = echo }, security { mechanism = curve, key-file = "{{second}}", clients = any } }
            roles.c { pattern = worker, pull { connect = "tcp://127.0.0.1:1", security { mechanism = curve, server-key = "{{first}}" } }, push { connect = "tcp://127.0.0.1:2" }, handler { type = echo } }
            """;
        PlanDiff After(Action change)
        {
            var old = Plan(text);
            var keys = KeyFiles.Of(old.File);
            change();
            var now = Plan(text);
            return PlanDiff.Of(old, keys, now, KeyFiles.Of(now.File));
        }

        var rotated = After(() => CurveKeyFile.Write(first, new CurveKeyPair(), overwrite: true));
        Assert.Equal(["a", "c"], rotated.Restarted);
        Assert.Equal([first], rotated.Rekeyed["c"]);
        Assert.Empty(rotated.Changed);
        Assert.Empty(After(() => File.WriteAllText(clients, new CurveKeyPair().PublicKeyZ85 + "\n")).Restarted);
        Assert.Empty(After(() => File.SetLastWriteTimeUtc(first, DateTime.UnixEpoch)).Restarted);
        // A role that is configured otherwise is restarted once, for that.
        var other = After(() =>
        {
            CurveKeyFile.Write(second, new CurveKeyPair(), overwrite: true);
            text = text.Replace("5556", "5557", StringComparison.Ordinal);
        });
        Assert.Equal(["b"], other.Restarted);
        Assert.Empty(other.Rekeyed);
    }

    [Fact]
    public void Another_content_of_the_key_file_of_the_cluster_is_said_and_restarts_nothing()
    {
        var file = _files.Write("cluster.key", "");
        CurveKeyFile.Write(file, new CurveKeyPair(), overwrite: true);
        var text = Before + $"\ngrains {{ assemblies = [\"Counter.dll\"], store.type = memory, cluster {{ nodes = 3, seed-nodes = [\"127.0.0.1:5590\"], hostname = 127.0.0.1, port = 5590, curve {{ secret-key-file = \"{file}\", public-keys = [\"{new CurveKeyPair().PublicKeyZ85}\"] }} }} }}";
        var document = ConfigFile.Load(_files.Write("cluster.conf", text), []);
        var (plan, keys) = (Plan(Before), KeyFiles.Of(document));

        CurveKeyFile.Write(file, new CurveKeyPair(), overwrite: true);
        var diff = PlanDiff.Of(plan, keys, plan, KeyFiles.Of(document));

        Assert.Empty(diff.Restarted);
        Assert.Contains($"grains.cluster.curve.secret-key-file: the content of {file} has changed, which only a new start of the host can bring into force", Assert.Single(diff.Unread), StringComparison.Ordinal);
    }
}
