using Actors.Hosting.Configuration;
using Host.Tests.Running;

namespace Host.Tests.Configuration;

/// <summary>What works and is hardly meant is said by the check and by the start, and both go on.</summary>
[Collection(HostsInThisProcess.Name)]
public sealed class ConfigurationWarningTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    private async Task<string> WarningOf(string text, params string[] more)
    {
        var found = await HostCommand.CheckAndStart([_files.Write("host.conf", $"{text}\nactors.transport.engine = zmtp"), .. more]);
        Assert.Equal(0, found.Code);
        return Assert.Single(found.Errors);
    }

    private IReadOnlyList<ConfigWarning> Warnings(string text, params string[] overrides) =>
        HostConfiguration.Read(_files.Write("host.conf", text), overrides, [], TextWriter.Null).Warnings;

    [Fact]
    public async Task A_key_that_is_set_twice_names_both_lines()
    {
        var warning = await WarningOf("roles { sink {\npattern = pull\nlinger = 1s\nbind = \"tcp://127.0.0.1:0\"\nlinger = 2s\nhandler { type = console } } }");

        Assert.Matches("host.conf:5: warning: roles.sink.linger: .*host.conf:3", warning);
    }

    [Fact]
    public async Task A_role_that_is_defined_twice_names_both_lines()
    {
        var warning = await WarningOf("roles {\nsink { pattern = pull, bind = \"tcp://127.0.0.1:0\", handler { type = console } }\n\nsink { linger = 2s }\n}");

        Assert.Matches("host.conf:4: warning: roles.sink: .*host.conf:2", warning);
    }

    [Fact]
    public async Task A_role_that_is_defined_twice_in_two_sections_names_both_lines()
    {
        var warning = await WarningOf("roles { sink { pattern = pull, bind = \"tcp://127.0.0.1:0\", handler { type = console } } }\nroles { sink { linger = 2s } }");

        Assert.Matches("host.conf:2: warning: roles.sink: .*host.conf:1", warning);
    }

    [Theory]
    [InlineData("")]
    [InlineData("topics = []")]
    public async Task A_subscriber_without_topics_receives_nothing(string topics) =>
        Assert.Contains("roles.s.topics: is empty, so the role receives nothing", await WarningOf($"roles {{ s {{ pattern = subscribe, connect = \"inproc://p\", handler {{ type = console }}, {topics} }} }}"), StringComparison.Ordinal);

    [Fact]
    public void What_replaces_an_include_or_a_variable_is_meant()
    {
        _files.Write("base.conf", "roles { sink { pattern = pull, linger = 1s, bind = \"tcp://127.0.0.1:1\", handler { type = console } } }");

        Assert.Empty(Warnings("include \"base.conf\"\nroles { sink { linger = 2s } }\nroles.sink.bind = ${?NO_SUCH_VARIABLE}\nroles.sink.connect = \"tcp://a:1\"", "roles.sink.linger=3s"));
    }

    [Fact]
    public void A_substitution_behind_a_default_is_meant() =>
        Assert.Empty(Warnings("variables.a = 1s\nvariables.a = ${?NO_SUCH_VARIABLE}\nroles.sink { pattern = pull, bind = \"tcp://127.0.0.1:1\" }\nroles.sink.linger = ${variables.a}\nroles.sink.handler.type = console"));
}
