using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests.Grains;

/// <summary>A cluster of three hosts on one machine, each with a file of its own, the states in one SQLite file.</summary>
public sealed class GrainsClusterTests(ITestOutputHelper log) : IDisposable
{
    private const int Keys = 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("grains-cluster").FullName;
    private readonly string[] _gateways = [.. Enumerable.Range(0, 3).Select(_ => HostProcess.FreeEndpoint())];
    private readonly int[] _ports = [.. Enumerable.Range(0, 3).Select(_ => new Uri(HostProcess.FreeEndpoint()).Port)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private HostProcess Start(int node)
    {
        EngineUnderTest.IsNoMatter("nodes of a cluster talk over Actors.Zmtp on both");
        var file = Path.Combine(_folder, $"node-{node}.conf");
        File.WriteAllText(file, $$"""
            akka.loglevel = INFO
            host.stop-timeout = 30s
            # Longer than the shipped one, so that a busy machine does not count as a dead one.
            akka.cluster.failure-detector.acceptable-heartbeat-pause = 6s
            grains {
              assemblies = ["Counter.dll"]
              store { type = sqlite, file = "{{_folder}}/grains.db" }
              cluster {
                name = shop
                nodes = 3
                seed-nodes = ["127.0.0.1:{{_ports[0]}}", "127.0.0.1:{{_ports[1]}}"]
                port = {{_ports[node]}}
              }
            }
            roles.gateway { pattern = gateway, bind = "{{_gateways[node]}}" }
            """);
        return HostProcess.Start(log, file);
    }

    private static async Task AreReady(params IEnumerable<HostProcess> hosts)
    {
        foreach (var host in hosts) await host.Expect("gateway: gateway on ");
    }

    [SkippableFact]
    public async Task The_others_answer_for_all_keys_when_one_of_three_hosts_is_killed_and_one_that_leaves_ends_with_0()
    {
        await using var first = Start(0);
        await using var second = Start(1);
        await using var third = Start(2);
        await AreReady(first, second, third);
        await using var client = PythonPeer.Connect(log, "grains_bare", _gateways[0]);

        await CallAll(client, "Add [1]", "00 1");
        await second.Kill();
        await CallAll(client, "Add [1]", "00 2");
        third.Terminate();
        Assert.Equal(0, (await third.End()).ExitCode);
        await CallAll(client, "Get []", "00 2");
    }

    [SkippableFact]
    public async Task A_host_that_is_shut_out_of_its_cluster_says_so_and_ends_with_1()
    {
        await using var first = Start(0);
        await using var second = Start(1);
        await using var third = Start(2);
        await AreReady(first, second, third);

        third.Signal("STOP");
        await first.Expect("is shut out: the cluster goes on without it");
        third.Signal("CONT");

        await third.Expect("grains: the cluster goes on without this node");
        Assert.Equal(1, (await third.End()).ExitCode);
    }

    /// <summary>A gateway repeats what has left for a node that is gone, so each call has one result.</summary>
    private static async Task CallAll(PythonPeer client, string call, string expected)
    {
        for (var key = 0; key < Keys; key++)
        {
            await client.WriteLine($"counter key-{key} {call}");
            Assert.Equal(expected, await client.Expect("0"));
        }
    }
}
