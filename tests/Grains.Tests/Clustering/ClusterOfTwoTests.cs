using Actors.Grains.Clustering;
using Actors.Shared;
using Npgsql;

namespace Grains.Tests.Clustering;

[Collection(AloneCollection.Name)]
public sealed class ClusterOfTwoTests : IDisposable
{
    private readonly PostgresServer? _server = PostgresServer.Missing is null ? PostgresServer.Start() : null;

    private ClusterSettings Settings
    {
        get
        {
            Skip.If(_server is null, PostgresServer.Missing);
            return new ClusterSettings { Nodes = 2, Lease = _server!.ConnectionString };
        }
    }

    public void Dispose() => _server?.Dispose();

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

    [SkippableFact]
    public async Task Of_two_nodes_that_are_cut_apart_exactly_one_goes_on()
    {
        await using var one = await TestNode.StartAsync(Settings, extra: TestNode.CanBeCut);
        await using var two = await TestNode.StartAsync(Settings, one, TestNode.CanBeCut);
        await two.AskUntilSpreadAsync(200, 2);

        await one.CutAsync(two);

        var ended = await Task.WhenAny(one.Start.WhenEnded, two.Start.WhenEnded).WaitAsync(TestNode.Limit);
        Assert.Equal(ClusterEnd.Downed, await ended);
        var stays = ended == one.Start.WhenEnded ? two : one;
        Assert.All(await stays.AskAllAsync(200), node => Assert.Equal(stays.Address.ToString(), node));
        Assert.Null(stays.Ended);
    }

    [SkippableFact]
    public async Task Two_nodes_that_are_cut_apart_while_the_database_is_down_both_end()
    {
        await using var one = await TestNode.StartAsync(Settings, extra: TestNode.CanBeCut);
        await using var two = await TestNode.StartAsync(Settings, one, TestNode.CanBeCut);
        await two.AskUntilSpreadAsync(200, 2);
        _server!.Kill();

        await one.CutAsync(two);

        Assert.Equal([ClusterEnd.Downed, ClusterEnd.Downed], await Task.WhenAll(one.Start.WhenEnded, two.Start.WhenEnded).WaitAsync(TestNode.Limit));
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

    private async Task<long> OwnersAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_server!.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
