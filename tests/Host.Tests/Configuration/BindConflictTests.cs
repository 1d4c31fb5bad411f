using Actors.Hosting.Configuration;

namespace Host.Tests.Configuration;

/// <summary>Two sockets of one host cannot bind one endpoint.</summary>
public sealed class BindConflictTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    private HostPlan Read(string first, string second, string[]? roles = null, params string[] overrides) => HostConfiguration.Read(
        _files.Write("host.conf", $"roles {{\na {{ pattern = pull, bind = {first}, handler {{ type = console }} }}\nb {{ pattern = push, bind = {second} }}\n}}"),
        [.. overrides, "actors.transport.engine=zmtp"],
        roles ?? [],
        TextWriter.Null);

    private ConfigError Error(string first, string second, params string[] overrides) => Assert.Single(Assert.Throws<ConfigException>(() => Read(first, second, null, overrides)).Errors);

    [Theory]
    [InlineData("\"tcp://*:5555\"", "\"tcp://*:5555\"")]
    [InlineData("\"tcp://*:5555\"", "\"tcp://127.0.0.1:5555\"")]
    [InlineData("\"tcp://127.0.0.1:5555\"", "\"tcp://0.0.0.0:5555\"")]
    [InlineData("\"tcp://localhost:5555\"", "\"tcp://127.0.0.1:5555\"")]
    [InlineData("\"tcp://[::1]:5555\"", "\"tcp://[0:0:0:0:0:0:0:1]:5555\"")]
    [InlineData("\"tcp://*:5555\"", "\"ws://*:5555/path\"")]
    [InlineData("\"ipc:///tmp/x\"", "\"ipc:///tmp/../tmp/x\"")]
    [InlineData("\"inproc://x\"", "\"inproc://x\"")]
    [InlineData("[\"tcp://*:1\", \"tcp://*:2\"]", "[\"tcp://*:3\", \"tcp://127.0.0.1:2\"]")]
    public void Roles_that_bind_one_endpoint_are_told_with_both_lines(string first, string second)
    {
        var error = Error(first, second);

        Assert.Equal(("roles.b.bind", 3), (error.Key, error.Origin.Line));
        Assert.Matches("as roles.a.bind \\(.*host.conf:2\\) does", error.Fault);
    }

    [Theory]
    [InlineData("\"tcp://*:0\"", "\"tcp://*:0\"")]
    [InlineData("\"tcp://*:*\"", "\"tcp://*:*\"")]
    [InlineData("\"tcp://127.0.0.1:5555\"", "\"tcp://127.0.0.2:5555\"")]
    [InlineData("\"tcp://127.0.0.1:5555\"", "\"tcp://[::1]:5555\"")]
    [InlineData("\"tcp://*:5555\"", "\"tcp://*:5556\"")]
    [InlineData("\"ipc://*\"", "\"ipc://*\"")]
    [InlineData("\"ipc:///tmp/x\"", "\"inproc:///tmp/x\"")]
    public void Roles_that_bind_different_endpoints_start(string first, string second) => Assert.Equal(2, Read(first, second).Roles.Count);

    [Fact]
    public void A_role_that_is_not_started_binds_nothing() => Assert.Single(Read("\"tcp://*:5555\"", "\"tcp://*:5555\"", ["b"]).Roles);

    [Fact]
    public void A_role_that_binds_an_endpoint_twice_is_told() => Assert.Equal("roles.b.bind", Error("\"tcp://*:1\"", "[\"tcp://*:2\", \"tcp://127.0.0.1:2\"]").Key);

    [Fact]
    public void A_conflict_that_comes_of_an_override_is_one_of_the_command_line() =>
        Assert.Equal("--set roles.a.bind=tcp://*:2", Error("\"tcp://*:1\"", "\"tcp://*:2\"", "roles.a.bind=tcp://*:2").Origin.ToString());
}
