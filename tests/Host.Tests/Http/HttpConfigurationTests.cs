using System.Net;
using System.Net.Sockets;
using Actors.Host.Grains;
using Actors.Host.Http;
using Actors.Hosting.Configuration;
using Host.Tests.Configuration;
using Host.Tests.Running;

namespace Host.Tests.Http;

/// <summary>The section host.http is checked with the rest of the file.</summary>
[Collection(HostsInThisProcess.Name)]
public sealed class HttpConfigurationTests : IDisposable
{
    private const string Token = "0123456789abcdef";

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    private string Write(string http, string role = "tcp://127.0.0.1:0") =>
        _files.Write("host.conf", $"\n\nhost.http {{ {http} }}\nactors.transport.engine = zmtp\nroles {{ sink {{ pattern = pull, bind = \"{role}\", handler {{ type = console }} }} }}");

    private HttpPlan? Read(string file) => ProgramExtras.Of(HostConfiguration.Read(file, [], [], TextWriter.Null, new GrainsPart())).Http;

    [Theory]
    [InlineData("bind = \"0.0.0.0:9464\"", "host.http.bind", "which other machines may reach: expected host.http.token beside it, or 127.0.0.1")]
    [InlineData("bind = \"*:9464\"", "host.http.bind", "expected host.http.token beside it")]
    [InlineData("bind = \"10.1.2.3:9464\"", "host.http.bind", "expected host.http.token beside it")]
    [InlineData("bind = \"[::]:9464\"", "host.http.bind", "expected host.http.token beside it")]
    [InlineData("bind = \"9464\"", "host.http.bind", "is \"9464\": expected ADDRESS:PORT, for example 127.0.0.1:9464")]
    [InlineData("bind = \"127.0.0.1\"", "host.http.bind", "expected ADDRESS:PORT")]
    [InlineData("bind = \"127.0.0.1:70000\"", "host.http.bind", "expected ADDRESS:PORT")]
    [InlineData("bind = \"::1:9464\"", "host.http.bind", "expected ADDRESS:PORT")]
    [InlineData("bind = \"http://127.0.0.1:9464\"", "host.http.bind", "expected ADDRESS:PORT")]
    [InlineData("bind = [\"127.0.0.1:9464\"]", "host.http.bind", "expected a text")]
    [InlineData("token = \"0123456789abcdef\"", "host.http.bind", "is missing")]
    [InlineData("bind = \"*:9464\", token = short", "host.http.token", "has 5 characters: expected 16 or more")]
    [InlineData("bind = \"*:9464\", token = \"0123456789 abcdef\"", "host.http.token", "expected letters, digits and signs of ASCII without spaces")]
    [InlineData("bind = \"127.0.0.1:9464\", allowed-hosts = \"ops.example.com:443\"", "host.http.allowed-hosts", "expected the name of a host without port and path")]
    [InlineData("bind = \"127.0.0.1:9464\", tokn = x", "host.http.tokn", "did you mean \"token\"?")]
    public async Task A_mistake_is_found_by_the_check_and_by_the_start(string http, string key, string expected)
    {
        var file = Write(http);

        var found = await HostCommand.CheckAndStart(file);

        Assert.Equal(2, found.Code);
        var error = Assert.Single(found.Errors);
        Assert.StartsWith($"{file}:3: {key}: ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_error_repeats_the_token()
    {
        var found = await HostCommand.CheckAndStart(Write("bind = \"*:9464\", token = \"s3cret with spaces\""));

        Assert.DoesNotContain("s3cret", Assert.Single(found.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain(Token, $"{Read(Write($"bind = \"*:9464\", token = \"{Token}\""))}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1:9464", "127.0.0.1")]
    [InlineData("localhost:9464", "127.0.0.1")]
    [InlineData("[::1]:9464", "::1")]
    public void A_loopback_address_needs_no_token(string bind, string address) =>
        Assert.Equal(new IPEndPoint(IPAddress.Parse(address), 9464), Read(Write($"bind = \"{bind}\""))!.Bind);

    [Fact]
    public void All_addresses_are_bound_with_a_token()
    {
        var plan = Read(Write($"bind = \"*:9464\", token = \"{Token}\", allowed-hosts = [ops.example.com]"))!;

        Assert.Equal((IPAddress.Any, Token, "ops.example.com"), (plan.Bind.Address, plan.Token, Assert.Single(plan.AllowedHosts)));
    }

    [Fact]
    public void A_file_without_the_section_serves_nothing() =>
        Assert.Null(Read(_files.Write("host.conf", "roles { sink { pattern = pull, bind = \"tcp://127.0.0.1:0\", handler { type = console } } }")));

    [Fact]
    public void A_role_cannot_bind_the_same_port()
    {
        var mistakes = Assert.Throws<ConfigException>(() => Read(Write("bind = \"127.0.0.1:9464\"", "tcp://127.0.0.1:9464")));

        Assert.Contains("host.http.bind", Assert.Single(mistakes.Errors).ToString(), StringComparison.Ordinal);
    }
}
