using Actors.Host.Running;
using Actors.Hocon;
using Actors.Hosting.Configuration;

namespace Host.Tests.Configuration;

/// <summary>Files, includes, variables and overrides become one configuration, whose keys know where they come from.</summary>
public sealed class ConfigFileTests : IDisposable
{
    private const string Roles = "roles { \"a.b\" { pattern = pull, bind = \"tcp://*:1\", handler { type = console } } }";

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    private ConfigFile Load(string text, params string[] overrides) => ConfigFile.Load(_files.Write("test.conf", text), overrides);

    private HostPlan Read(string text, params string[] overrides) => PlanReader.Read(Load(text, overrides), [], TextWriter.Null);

    private ConfigError Error(string text, params string[] overrides) =>
        Assert.Single(Assert.Throws<ConfigException>(() => Read(text, overrides)).Errors);

    [Fact]
    public void A_missing_include_is_ignored() => Assert.Equal(["a.b"], Read($"include \"local.conf\"\n{Roles}").Roles.Select(role => role.Name));

    [Fact]
    public void A_key_has_the_place_where_it_was_set_last()
    {
        _files.Write("ports.conf", "a { x = 1 }\nb = 1");
        var file = Load("a { y = 1 }\ninclude \"ports.conf\"\nb = 2\na.z = 1", "a.y=3");

        Assert.EndsWith("ports.conf:1", file.OriginOf("a.x").ToString(), StringComparison.Ordinal);
        Assert.EndsWith("test.conf:3", file.OriginOf("b").ToString(), StringComparison.Ordinal);
        Assert.Equal("--set a.y=3", file.OriginOf("a.y").ToString());
        Assert.EndsWith("test.conf:4", file.OriginOf("a.z.absent").ToString(), StringComparison.Ordinal);
        Assert.EndsWith("test.conf", file.OriginOf("absent").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_a_variable_names_the_key_and_the_variable()
    {
        var error = Error($"variables {{\n  time = soon\n}}\nhost.stop-timeout = ${{variables.time}}\n{Roles}");

        Assert.Equal(("host.stop-timeout", 4), (error.Key, error.Origin.Line));
        Assert.Matches("is \"soon\" \\(from .*test.conf:2\\): expected a duration", error.Fault);
    }

    [Fact]
    public void A_mistake_in_an_environment_variable_names_it()
    {
        var name = $"HOST_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(name, "soon");

        var error = Error($"host.stop-timeout = ${{{name}}}\n{Roles}");

        Assert.StartsWith($"is \"soon\" (from environment variable {name}): expected", error.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_in_another_type_is_told()
    {
        var error = Error($"akka = 5\n{Roles}");

        Assert.Equal(("akka", 1), (error.Key, error.Origin.Line));
        Assert.Equal("is \"5\": expected a section in braces", error.Fault);
    }

    [Fact]
    public void A_name_with_a_dot_is_one_name()
    {
        var error = Error(Roles.Replace("pattern", "\n x = 1, pattern", StringComparison.Ordinal));

        Assert.Equal(("roles.\"a.b\".x", 2), (error.Key, error.Origin.Line));
    }

    [Theory]
    [InlineData("a..b=1", "--set a..b=1: found a path that begins or ends with '.'")]
    [InlineData("a=[1", "--set a=[1: found the end of the text, expected ']'")]
    [InlineData("a={ b = ${c} }", "--set a={ b = ${c} }: ${c} refers to nothing")]
    [InlineData("=1", "--set: \"=1\" is not an override: expected KEY=VALUE")]
    public void A_malformed_override_is_the_origin_of_its_error(string assignment, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<ConfigException>(() => Load(Roles, assignment)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a=tcp://*:1", "tcp://*:1")]
    [InlineData("a=C:\\Temp \"x\"", "C:\\Temp \"x\"")]
    [InlineData("a=\" x\"", " x")]
    [InlineData("a=", "")]
    [InlineData("a=x=y", "x=y")]
    public void An_override_takes_words_as_they_are(string assignment, string expected) =>
        Assert.Equal(expected, Load("a = 1", assignment).Root.Get("a", ConfigTypes.Text));

    [Fact]
    public void The_actor_system_gets_what_the_file_means()
    {
        var plan = Read($$"""
            akka {
              loglevel = ${?LEVEL_THAT_IS_NOT_SET}INFO
              actor.deployment { "/user/a.b/*" { dispatcher = ${variables.name} } }
              list = [x]
              list += ${akka.loglevel}
              time = 5 s
              x = "", y = null, "k.k" { z = 1 }
            }
            actors.transport { engine = zmtp, pollers = null }
            variables { name = "a dispatcher, with \"quotes\", ${no} and \\" }
            {{Roles}}
            """, "akka.log-dead-letters=on").System.WithFallback(HostDefaults.Read());

        Assert.Equal("INFO", plan.GetString("akka.loglevel"));
        Assert.Equal("a dispatcher, with \"quotes\", ${no} and \\", plan.GetString("akka.actor.deployment.\"/user/a.b/*\".dispatcher"));
        Assert.Equal(["x", "INFO"], plan.GetStringList("akka.list"));
        Assert.Equal(TimeSpan.FromSeconds(5), plan.GetTimeSpan("akka.time"));
        Assert.Equal("", plan.GetString("akka.x"));
        Assert.Equal(1, plan.GetInt("akka.\"k.k\".z"));
        Assert.Equal("zmtp", plan.GetString("actors.transport.engine"));
        Assert.True(plan.GetBoolean("akka.log-dead-letters"));
        Assert.False(plan.GetBoolean("akka.log-dead-letters-during-shutdown"));
        Assert.Equal("OFF", plan.GetString("akka.stdout-loglevel"));
    }
}
