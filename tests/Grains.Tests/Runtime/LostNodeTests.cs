using Actors.Grains;

namespace Grains.Tests.Runtime;

/// <summary>Grains on three nodes in this process, of which one stops or is killed.</summary>
public sealed class LostNodeTests : GrainTests
{
    private static readonly string[] s_keys = [.. Enumerable.Range(0, 60).Select(n => $"k{n}")];

    protected override int Nodes => 3;

    [Fact]
    public async Task Calls_go_on_while_a_node_stops_and_each_is_done_once()
    {
        using var stopped = new CancellationTokenSource();
        var callers = s_keys.Select(key => Call(key, stopped.Token)).ToList();
        await Pass(StopAddStop());
        await stopped.CancelAsync();
        await Pass(Task.WhenAll(callers));
        var counts = Task.WhenAll(s_keys.Select(key => Grains.Get<ICounter>(key).Get()));
        await Pass(counts);
        Assert.Equal(await Task.WhenAll(callers), await counts);

        async Task StopAddStop()
        {
            await Cluster.StopAsync(Cluster.Nodes[2]);
            await Cluster.AddNodeAsync();
            await Cluster.StopAsync(Cluster.Nodes[1]);
        }

        async Task<long> Call(string key, CancellationToken until)
        {
            var done = 0L;
            for (; !until.IsCancellationRequested; done++)
            {
                Assert.Equal(done + 1, await Grains.Get<ICounter>(key).Add(1));
                // Sixty callers without a pause would leave the nodes, which are in this process too, no thread.
                await Task.Delay(5, CancellationToken.None);
            }
            return done;
        }
    }

    [Fact]
    public async Task Grains_of_a_killed_node_answer_from_the_others_with_their_state()
    {
        foreach (var key in s_keys) await Grains.Get<ICounter>(key).Add(1);
        await Cluster.KillAsync(Cluster.Nodes[2]);
        var calls = Task.WhenAll(s_keys.Select(key => Grains.Get<ICounter>(key).Add(1)));
        await Pass(calls);
        Assert.All(await calls, count => Assert.Equal(2, count));
    }

    [Fact]
    public async Task A_reminder_fires_although_the_node_that_set_it_is_killed()
    {
        await Cluster.Nodes[2].Grains.Get<ISleeper>("a").Remind("tea", TimeSpan.FromHours(1), TimeSpan.Zero);
        await Cluster.KillAsync(Cluster.Nodes[2]);
        Cluster.Time.Advance(TimeSpan.FromHours(1));
        await Advance(TimeSpan.FromMilliseconds(200), until: "a tea at 01:00:00");
    }

    /// <summary>Waits for calls that may be sent again many times.</summary>
    private static async Task Pass(Task done)
    {
        await done.WaitAsync(TimeSpan.FromSeconds(90)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.True(done.IsCompleted, "the calls have not ended within 90 s");
        await done;
    }
}
