using Host.Tests.Running;

namespace Host.Tests.Grains;

/// <summary>What <c>check</c> and the start of a host with grains say, and how such a host ends.</summary>
[Collection(HostsInThisProcess.Name)]
public sealed class GrainsHostTests : IDisposable
{
    private readonly GrainsFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Check_lists_kinds_with_their_methods_and_settings()
    {
        var check = await HostCommand.Run("check", _file.Write($"grains {{ {GrainsFile.Counter}, {GrainsFile.Memory}, kinds.counter.idle-timeout = 90s }}\n{GrainsFile.Gateway}"));

        Assert.Equal(0, check.Code);
        Assert.Contains("""
            grains: counter; states in memory, until the host stops; a cluster of one
              counter: Examples.Counter of Counter.dll, with a state
                idle-timeout 90s, deactivation-timeout 10s, max-waiting 10000, recent-calls 128
                Add(long n) -> long
                Get() -> long, read-only
            gateway: gateway on tcp://127.0.0.1:0
            """.ReplaceLineEndings(), check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_with_grains_that_is_stopped_while_it_starts_ends_with_0()
    {
        var host = await HostCommand.CheckAndStart(_file.Write($"grains {{ {GrainsFile.Counter}, {GrainsFile.Memory} }}\n{GrainsFile.Gateway}"));

        Assert.Equal(0, host.Code);
    }

    [Fact]
    public async Task A_store_that_cannot_be_opened_names_its_key()
    {
        var file = _file.Write("this is no database, and long enough that nobody takes it for an empty one", "text.db");
        var host = await HostCommand.RunUntilEnd("run", _file.Write($"grains {{ {GrainsFile.Counter}\nstore {{ type = sqlite, file = \"{file}\" }} }}\n{GrainsFile.Gateway}"));

        Assert.Equal(2, host.Code);
        Assert.Contains(host.Errors, line => line.Contains("grains.conf:2: grains.store.file: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_of_the_node_that_is_taken_names_its_key()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var host = await HostCommand.RunUntilEnd("run", _file.Write($"grains {{ {GrainsFile.Counter}, {GrainsFile.Memory}, cluster {{ nodes = 3, seed-nodes = \"{taken.LocalEndpoint}\"\nport = {((System.Net.IPEndPoint)taken.LocalEndpoint).Port} }} }}\n{GrainsFile.Gateway}"));

        Assert.Equal(2, host.Code);
        Assert.Contains(host.Errors, line => line.Contains("grains.conf:2: grains.cluster.port: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_finds_a_setting_of_the_cluster_that_Akka_does_not_take()
    {
        var host = await HostCommand.CheckAndStart(_file.Write($"grains {{ {GrainsFile.Counter}, {GrainsFile.Memory} }}\n{GrainsFile.Gateway}\nakka.cluster.gossip-interval = often"));

        Assert.Equal(2, host.Code);
        Assert.Contains(host.Errors, line => line.Contains("grains.conf:3: akka: ", StringComparison.Ordinal));
    }
}
