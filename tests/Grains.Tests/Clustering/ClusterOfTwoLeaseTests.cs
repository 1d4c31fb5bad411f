namespace Grains.Tests.Clustering;

/// <summary>Two nodes, of which the one that holds the lease dies.</summary>
public sealed class ClusterOfTwoLeaseTests : ClusterOfTwo
{
    [SkippableFact]
    public async Task A_node_goes_on_also_when_the_one_that_won_the_last_decision_crashes_with_the_lease()
    {
        await using var first = await TestNode.StartAsync(Settings);
        await using var second = await TestNode.StartAsync(Settings, first);
        await first.CrashAsync();
        await second.AskAllAsync(100);
        await using var third = await TestNode.StartAsync(Settings, second);
        await third.AskUntilSpreadAsync(100, 2);
        Assert.Equal(1, await OwnersAsync("select count(*) from grain_leases where until > clock_timestamp()"));
        Assert.True(await OwnersAsync($"select count(*) from grain_leases where owner like '%:{second.Address.Port}'") == 1, "the survivor does not hold the lease");

        // Terminate ends leases in order only where a node leaves: this one still has it.
        await second.CrashAsync();

        Assert.All(await third.AskAllAsync(100), node => Assert.Equal(third.Address.ToString(), node));
        Assert.Null(third.Ended);
    }
}
