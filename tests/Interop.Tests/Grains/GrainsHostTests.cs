using System.Text.Json;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests.Grains;

/// <summary>The host with config/grains.conf, as a user starts it, called by real peers.</summary>
public sealed class GrainsHostTests(ITestOutputHelper log) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grains").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(HostProcess Host, string Endpoint)> Start()
    {
        // The log is written beside the lines that tell what was started, so the endpoint is not taken from there.
        var endpoint = HostProcess.FreeEndpoint();
        var host = HostProcess.Start(log, HostProcess.Config("grains.conf"), "--set", "akka.loglevel=INFO", "--set", "host.stop-timeout=30s", "--set", $"host.control.directory={_folder}/control", "--set", $"grains.store.file={_folder}/grains.db", "--set", $"roles.gateway.bind={endpoint}");
        await host.Expect("gateway: gateway on ");
        return (host, endpoint);
    }

    private async Task<string> Call(string endpoint, string call)
    {
        await using var client = PythonPeer.Connect(log, "grains_bare", endpoint);
        await client.WriteLine(call);
        return await client.Expect("0");
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_shipped_counter_keeps_its_count_over_a_stop_and_a_kill_of_the_host(bool isKilled)
    {
        var (first, endpoint) = await Start();
        await using (first)
        {
            Assert.Equal("00 5", await Call(endpoint, "counter alice Add [5]"));
            Assert.Equal("00 12", await Call(endpoint, "counter alice Add [7]"));
            if (isKilled)
            {
                await first.Kill();
            }
            else
            {
                first.Terminate();
                Assert.Equal(0, (await first.End()).ExitCode);
            }
        }

        var (second, again) = await Start();
        await using (second)
            Assert.Equal("00 12", await Call(again, "counter alice Get []"));
    }

    [SkippableFact]
    public async Task Ps_tells_the_activations_and_shards_of_a_host_with_grains()
    {
        var (host, endpoint) = await Start();
        await using var _ = host;
        Assert.Equal("00 5", await Call(endpoint, "counter alice Add [5]"));

        var ps = await ToolRun.Of(log, "ps", "--directory", Path.Combine(_folder, "control"), "--output", "json");

        var grains = JsonDocument.Parse(ps.Lines.Single(line => line.StartsWith('{'))).RootElement.GetProperty("hosts")[0].GetProperty("grains");
        Assert.Equal("up", Assert.Single(grains.GetProperty("nodes").EnumerateArray()).GetProperty("status").GetString());
        var counter = grains.GetProperty("kinds").EnumerateArray().Single(kind => kind.GetProperty("kind").GetString() == "counter");
        Assert.Equal(1, counter.GetProperty("activations").GetInt64());
        var shards = Assert.Single(counter.GetProperty("shards").EnumerateObject());
        Assert.Equal((grains.GetProperty("address").GetString(), 1), (shards.Name, shards.Value.GetInt32()));
    }

    [SkippableFact]
    public async Task A_kind_that_no_node_has_is_told_by_its_code()
    {
        var (host, endpoint) = await Start();
        await using (host)
            Assert.StartsWith("01 unknown-kind no node of the cluster has grains of kind \"countr\"", await Call(endpoint, "countr alice Get []"), StringComparison.Ordinal);
    }
}
