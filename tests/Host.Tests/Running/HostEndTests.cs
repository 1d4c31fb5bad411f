using System.Text.RegularExpressions;
using Host.Tests.Configuration;

namespace Host.Tests.Running;

/// <summary>What a host that ends by itself leaves: its exit code, and what it said where.</summary>
public sealed partial class HostEndTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    private Task<(int Code, string Output, string Errors)> Run(string text) => StartedHost.Run(_files.Write("host.conf", text));

    [Theory]
    [InlineData("netmq")]
    [InlineData("zmtp")]
    public async Task A_host_that_stops_when_done_and_whose_only_request_failed_ends_with_1(string engine)
    {
        var (code, output, errors) = await Run($$"""
            host.stop-when-done = on
            actors.transport.engine = {{engine}}
            roles.client { pattern = request, connect = "tcp://127.0.0.1:1", timeout = 200ms, linger = 0s, handler { type = console }, source { type = ticker, text = x, count = 1 } }
            """);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("failed: ", errors, StringComparison.Ordinal);
        Assert.Contains("client: 1 of 1 requests failed", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_the_log_has_date_offset_and_role()
    {
        var (_, _, errors) = await Run("""
            host.stop-when-done = on
            akka.loglevel = INFO
            roles.client { pattern = publish, bind = "tcp://127.0.0.1:0", source { type = ticker, text = x, count = 1 } }
            """);

        Assert.Matches(LogLine(), errors);
    }

    [GeneratedRegex(@"(?m)^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d info \[client\] client is open: ")]
    private static partial Regex LogLine();
}
