using Actors.Hosting.Configuration;
using Actors.Transport;
using Actors.Zmtp;

namespace Host.Tests.Configuration;

/// <summary>The section security of each role: what each mechanism needs, and what the engine can do.</summary>
public sealed class SecurityConfigurationTests : IDisposable
{
    private static readonly CurveKeyPair Pair = new();

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    private HostPlan Read(string text, string engine = "zmtp", params string[] overrides)
    {
        // The names in the tests are those of files beside the configuration.
        var key = _files.Write("server.key", "");
        File.Delete(key);
        CurveKeyFile.Write(key, Pair);
        foreach (var (name, content) in new[] { ("clients.keys", $"{Pair.PublicKeyZ85} joe\n"), ("users.conf", "joe secret\n"), ("broken.keys", "# clients\nnonsense\n") })
            text = text.Replace($"\"{name}\"", $"\"{_files.Write(name, content)}\"", StringComparison.Ordinal);
        var file = _files.Write("test.conf", text.Replace("\"server.key\"", $"\"{key}\"", StringComparison.Ordinal).Replace("PUBLIC", Pair.PublicKeyZ85, StringComparison.Ordinal));
        return PlanReader.Read(ConfigFile.Load(file, [$"actors.transport.engine={engine}", .. overrides]), [], TextWriter.Null);
    }

    private IReadOnlyList<ConfigError> Errors(string text, string engine = "zmtp", params string[] overrides) => Assert.Throws<ConfigException>(() => Read(text, engine, overrides)).Errors;

    private static string Pull(string security) => $$"""
        roles {
          pull {
            pattern = pull, bind = "tcp://127.0.0.1:1", handler { type = console }
            security { {{security}} }
          }
        }
        """;

    [Theory]
    [InlineData("mechanism = null")]
    [InlineData("mechanism = \"null\"")]
    [InlineData("mechanism = curve, key-file = \"server.key\", clients = \"clients.keys\"")]
    [InlineData("mechanism = curve, key-file = \"server.key\", clients = any")]
    [InlineData("mechanism = curve, server-key = \"PUBLIC\"")]
    [InlineData("mechanism = curve, server-key = \"server.key\", key-file = \"server.key\"")]
    [InlineData("mechanism = plain, users = \"users.conf\"")]
    [InlineData("mechanism = plain, username = joe, password = secret")]
    public void Each_mechanism_and_each_end_can_be_configured(string security) => Assert.Single(Read(Pull(security)).Roles);

    [Theory]
    [InlineData("mechanism = tls", "mechanism", "expected one of null, plain, curve")]
    [InlineData("mechanism = curve, clients = any", "key-file", "is missing: expected the file of the server's key pair, which `actors keygen` makes")]
    [InlineData("mechanism = curve, key-file = \"server.key\"", "clients", "is missing: expected a file with the public keys")]
    [InlineData("mechanism = curve, key-file = \"nowhere.key\", clients = any", "key-file", "cannot be read")]
    [InlineData("mechanism = curve, key-file = \"server.key\", clients = \"broken.keys\"", "clients", "broken.keys:2: \"nonsense\" is not a public key")]
    [InlineData("mechanism = curve, server-key = short", "server-key", "is \"short\", which is neither 40 characters of Z85 nor a file")]
    [InlineData("mechanism = curve, server-key = \"PUBLIC\", clients = any", "clients", "is a key of the server")]
    [InlineData("mechanism = curve, key-file = \"server.key\", clients = any, username = joe", "username", "is a key of mechanism = plain")]
    [InlineData("mechanism = plain", "users", "is missing: expected a file of NAME PASSWORD lines")]
    [InlineData("mechanism = plain, username = joe", "password", "is missing")]
    [InlineData("mechanism = plain, users = \"users.conf\", username = joe, password = p", "users", "is a key of the server")]
    [InlineData("mechanism = plain, users = \"users.conf\", key-file = \"server.key\"", "key-file", "is a key of mechanism = curve")]
    [InlineData("clients = any", "clients", "the mechanism is null")]
    [InlineData("mechanism = plain, user = joe", "user", "did you mean \"users\"?")]
    public void A_mistake_names_its_line_its_key_and_what_was_expected(string security, string key, string expected)
    {
        var error = Errors(Pull(security))[0];

        Assert.Equal(4, error.Origin.Line);
        Assert.Equal($"roles.pull.security.{key}", error.Key);
        Assert.Contains(expected, error.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mechanism = plain, users = \"users.conf\"", "mechanism")]
    [InlineData("mechanism = plain, username = joe, password = secret", "mechanism")]
    [InlineData("mechanism = curve, key-file = \"server.key\", clients = \"clients.keys\"", "clients")]
    public void What_netmq_cannot_do_is_an_error_that_names_the_engine_that_can(string security, string key)
    {
        var error = Assert.Single(Errors(Pull(security), "netmq"));

        Assert.Equal($"roles.pull.security.{key}", error.Key);
        Assert.Contains("actors.transport.engine = zmtp", error.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Netmq_has_curve_that_lets_everyone_in() => Assert.Single(Read(Pull("mechanism = curve, key-file = \"server.key\", clients = any"), "netmq").Roles);

    [Fact]
    public void Each_socket_of_a_role_has_a_mechanism_of_its_own()
    {
        var keys = Errors("""
            roles {
              worker {
                pattern = worker, handler { type = echo }
                pull { connect = "tcp://host:1", security { mechanism = curve, server-key = short } }
                push { connect = "tcp://host:2" }
              }
              publish { pattern = publish, bind = "tcp://127.0.0.1:1", retain = last, retained { bind = "tcp://127.0.0.1:2", security { mechanism = plain } } }
              queue { pattern = queue, clients { bind = "tcp://127.0.0.1:3", security { mechanism = plain } }, servers { bind = "tcp://127.0.0.1:4" } }
              reply { pattern = reply, queue { connect = "tcp://host:4", security { mechanism = curve, server-key = short } }, handler { type = echo } }
            }
            """).Select(error => error.Key);

        Assert.Equal(["roles.worker.pull.security.server-key", "roles.publish.retained.security.users", "roles.queue.clients.security.users", "roles.reply.queue.security.server-key"], keys);
    }

    [Theory]
    [InlineData("mechanism = plain, username = joe, password = open-sesame, users = \"users.conf\"")]
    [InlineData("mechanism = plain, password = open-sesame")]
    [InlineData("mechanism = curve, password = open-sesame")]
    public void No_error_shows_a_password(string security)
    {
        foreach (var error in Errors(Pull(security))) Assert.DoesNotContain("open-sesame", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_of_the_wrong_type_is_not_shown()
    {
        var error = Errors(Pull("mechanism = plain, username = joe, password = [open-sesame]"))[0];

        Assert.Equal("roles.pull.security.password", error.Key);
        Assert.DoesNotContain("open-sesame", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("roles.pull.security.password=open-sesame")]
    [InlineData("roles.pull.security={ mechanism = plain, password = open-sesame }")]
    public void No_error_shows_a_password_of_the_command_line(string assignment)
    {
        foreach (var error in Errors(Pull("mechanism = plain"), "zmtp", assignment)) Assert.DoesNotContain("open-sesame", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_role_for_another_machine_needs_no_files_here()
    {
        var file = _files.Write("test.conf", """
            roles {
              pull { pattern = pull, bind = "tcp://127.0.0.1:1", handler { type = console }, security { mechanism = curve, key-file = "elsewhere.key", clients = any } }
              push { pattern = push, connect = "tcp://host:1" }
            }
            """);

        Assert.Equal("push", Assert.Single(PlanReader.Read(ConfigFile.Load(file, []), ["push"], TextWriter.Null).Roles).Name);
        Assert.Throws<ConfigException>(() => PlanReader.Read(ConfigFile.Load(file, []), ["pull"], TextWriter.Null));
    }

    [Fact]
    public void A_host_that_listens_for_other_machines_without_a_mechanism_says_so_once()
    {
        var warning = Assert.Single(Read("""
            roles {
              one { pattern = pull, bind = ["tcp://127.0.0.1:1", "tcp://*:2"], handler { type = console } }
              two { pattern = queue, clients { bind = "tcp://[::]:3" }, servers { bind = "tcp://*:4", security { mechanism = curve, key-file = "server.key", clients = any } } }
              three { pattern = pull, bind = ["tcp://localhost:5", "tcp://[::1]:6", "inproc://seven"], handler { type = console } }
              four { pattern = push, connect = "tcp://host:8" }
            }
            """).Warnings);

        Assert.Equal((2, "roles.one.bind"), (warning.Origin.Line, warning.Key));
        Assert.StartsWith("listens on \"tcp://*:2\" without a security mechanism, as do roles.two.clients.bind on \"tcp://[::]:3\": whoever", warning.Doubt, StringComparison.Ordinal);
    }

    [SkippableFact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_key_file_that_others_may_read_is_a_warning()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no modes");
        var open = _files.Write("open.key", "");
        CurveKeyFile.Write(open, Pair, overwrite: true);
        File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        var warning = Assert.Single(Read(Pull($"mechanism = curve, key-file = \"{open}\", clients = any")).Warnings);

        Assert.Equal(("roles.pull.security.key-file", true), (warning.Key, warning.IsLogged));
        Assert.Contains("which has the mode 0404", warning.Doubt, StringComparison.Ordinal);
    }
}
