using Actors.Grains;

namespace Grains.Tests.Runtime;

/// <summary>Grains on three nodes in this process, of which one is cut off.</summary>
public sealed class CutOffNodeTests : GrainTests
{
    private static readonly string[] s_keys = [.. Enumerable.Range(0, 60).Select(n => $"k{n}")];

    protected override int Nodes => 3;

    [Fact]
    public async Task A_node_that_is_cut_off_cannot_write_over_the_others()
    {
        foreach (var key in s_keys) await Grains.Get<ICounter>(key).Add(1);
        var lost = Cluster.Nodes[2];
        var held = s_keys.Where(key => lost.IsActive("tally", key)).ToList();
        Assert.NotEmpty(held);
        await Cluster.PartitionAsync(lost);
        var calls = Task.WhenAll(held.Select(key => Grains.Get<ICounter>(key).Add(10)));
        await Pass(calls);
        Assert.All(await calls, count => Assert.Equal(11, count));
        // It still has its activations, or has ended itself.
        var late = await Task.WhenAll(held.Select(async key =>
        {
            try
            {
                return await lost.Grains.Get<ICounter>(key).Add(100);
            }
            catch (GrainException)
            {
                return -1;
            }
        }).Select(call => call.WaitAsync(Patience)));
        Assert.All(late, count => Assert.Equal(-1, count));
        foreach (var key in held) Assert.Equal(11, await Grains.Get<ICounter>(key).Get());
    }

    /// <summary>Waits for calls that may be sent again many times.</summary>
    private static async Task Pass(Task done)
    {
        await done.WaitAsync(TimeSpan.FromSeconds(90)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.True(done.IsCompleted, "the calls have not ended within 90 s");
        await done;
    }
}
