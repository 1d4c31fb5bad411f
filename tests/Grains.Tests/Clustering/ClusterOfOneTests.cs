using System.Diagnostics;
using Actors.Grains.Clustering;

namespace Grains.Tests.Clustering;

[Collection(AloneCollection.Name)]
public sealed class ClusterOfOneTests
{
    [Fact]
    public async Task A_cluster_of_one_answers_and_opens_no_port()
    {
        var before = Listeners();
        await using var node = await TestNode.StartAsync(new ClusterSettings());
        Assert.Equal(node.Address.ToString(), await node.AskAsync("alice"));
        Assert.Equal(before, Listeners());
    }

    [Fact]
    public async Task A_cluster_of_one_leaves_in_order_within_its_hand_over_timeout()
    {
        var node = await TestNode.StartAsync(new ClusterSettings());
        await node.AskAllAsync(100);
        var began = Stopwatch.GetTimestamp();
        await node.Start.LeaveAsync().WaitAsync(TestNode.Limit);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, node.Settings.HandOverTimeout);
        Assert.Equal(ClusterEnd.Left, await node.Start.WhenEnded.WaitAsync(TestNode.Limit));
        Assert.Equal(ClusterEnd.Left, node.Ended);
    }

    [Fact]
    public async Task An_actor_system_of_another_name_is_refused()
    {
        var fault = await Assert.ThrowsAsync<ClusterSettingsException>(() => TestNode.StartAsync(new ClusterSettings { Name = "other" }));
        Assert.Equal("grains.cluster.name is \"other\", but the actor system is called \"test\": expected the same name on all nodes", fault.Message);
    }

    /// <summary>The TCP sockets of this process that listen, by local address.</summary>
    private static string[] Listeners()
    {
        var inodes = Directory.GetFiles("/proc/self/fd").Select(file => new FileInfo(file).LinkTarget ?? "")
            .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal)).Select(target => target[8..^1]).ToHashSet();
        return new[] { "/proc/self/net/tcp", "/proc/self/net/tcp6" }.Where(File.Exists).SelectMany(File.ReadAllLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 9 && fields[3] == "0A" && inodes.Contains(fields[9])).Select(fields => fields[1]).Order().ToArray();
    }
}

/// <summary>Tests that count what the whole process has open.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
