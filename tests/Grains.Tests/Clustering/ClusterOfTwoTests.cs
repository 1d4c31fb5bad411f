using Actors.Grains.Clustering;

namespace Grains.Tests.Clustering;

public sealed class ClusterOfTwoTests : ClusterOfTwo
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Keys_of_a_crashed_node_answer_on_the_other_whichever_it_was(bool oldestCrashes)
    {
        await using var oldest = await TestNode.StartAsync(Settings);
        await using var youngest = await TestNode.StartAsync(Settings, oldest);
        await youngest.AskUntilSpreadAsync(200, 2);
        var (crashes, stays) = oldestCrashes ? (oldest, youngest) : (youngest, oldest);

        await crashes.CrashAsync();

        Assert.All(await stays.AskAllAsync(200), node => Assert.Equal(stays.Address.ToString(), node));
        Assert.Null(stays.Ended);
    }

    [SkippableFact]
    public async Task With_a_lease_for_each_shard_a_node_answers_only_for_shards_whose_lease_it_holds()
    {
        var settings = Settings with { LeasePerShard = true, Shards = 10 };
        await using var oldest = await TestNode.StartAsync(settings);
        await using var youngest = await TestNode.StartAsync(settings, oldest);
        await youngest.AskUntilSpreadAsync(200, 2);
        Assert.Equal(10, await OwnersAsync("select count(*) from grain_leases where name like '%shard%'"));
        Assert.Equal(2, await OwnersAsync("select count(distinct owner) from grain_leases where name like '%shard%'"));

        await youngest.CrashAsync();

        // The shards of the dead node wait for its leases to end.
        Assert.All(await oldest.AskAllAsync(200), node => Assert.Equal(oldest.Address.ToString(), node));
        Assert.Equal(1, await OwnersAsync("select count(distinct owner) from grain_leases where name like '%shard%'"));
    }
}
