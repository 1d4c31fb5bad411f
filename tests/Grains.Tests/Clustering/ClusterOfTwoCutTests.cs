using Actors.Grains.Clustering;

namespace Grains.Tests.Clustering;

/// <summary>Two nodes that cannot reach each other.</summary>
public sealed class ClusterOfTwoCutTests : ClusterOfTwo
{
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
        Server!.Kill();

        await one.CutAsync(two);

        Assert.Equal([ClusterEnd.Downed, ClusterEnd.Downed], await Task.WhenAll(one.Start.WhenEnded, two.Start.WhenEnded).WaitAsync(TestNode.Limit));
    }
}
