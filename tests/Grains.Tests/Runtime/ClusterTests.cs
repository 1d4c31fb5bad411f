using Actors.Grains;
using Actors.TestKit;

namespace Grains.Tests.Runtime;

/// <summary>Grains on three nodes in this process.</summary>
public sealed class ClusterTests : GrainTests
{
    private static readonly string[] s_keys = [.. Enumerable.Range(0, 60).Select(n => $"k{n}")];

    protected override int Nodes => 3;

    [Fact]
    public async Task A_grain_is_active_on_one_node_and_called_from_all()
    {
        foreach (var node in Cluster.Nodes)
        {
            foreach (var key in s_keys) await node.Grains.Get<ICounter>(key).Add(1);
        }
        foreach (var key in s_keys) Assert.Equal(3, await Grains.Get<ICounter>(key).Get());
        foreach (var key in s_keys) Assert.Single(Cluster.Nodes, node => node.IsActive("tally", key));
        Assert.All(Cluster.Nodes, node => Assert.True(node.Activations > 0));
    }

    [Fact]
    public async Task A_failure_on_another_node_is_as_one_here()
    {
        foreach (var key in s_keys)
        {
            var failure = await Assert.ThrowsAsync<GrainException>(() => Grains.Get<IStepper>(key).Fail("broken"));
            Assert.Equal((GrainError.Failed, "broken"), (failure.Error, failure.Message));
        }
    }

    [Fact]
    public async Task The_token_of_a_call_from_another_node_ends_when_its_time_is_up()
    {
        var key = await KeyOfAnotherNode();
        var call = Grains.With(new CallOptions { Timeout = TimeSpan.FromSeconds(2) }).Get<IStepper>(key).Step("x");
        await Stage.Wait("x begins");
        Assert.Equal(GrainError.Timeout, (await Assert.ThrowsAsync<GrainException>(() => call.WaitAsync(Patience))).Error);
        // Its method has ended with its token, and the grain is free.
        Stage["y may end"].SetResult();
        await Grains.Get<IStepper>(key).Step("y").WaitAsync(Patience / 2);

        async Task<string> KeyOfAnotherNode()
        {
            foreach (var known in s_keys) await Grains.Get<IStepper>(known).Nothing();
            return s_keys.First(known => !Cluster.Nodes[0].IsActive("stepper", known));
        }
    }

    [Fact]
    public async Task An_argument_or_result_that_is_no_JSON_fails_its_call_at_once()
    {
        foreach (var key in s_keys[..12])
        {
            var call = Grains.Get<ICounter>(key).Half(double.PositiveInfinity).WaitAsync(Patience);
            if (Cluster.Nodes[0].IsActive("tally", key)) Assert.Equal(double.PositiveInfinity, await call);
            else Assert.Contains(((await Assert.ThrowsAsync<GrainException>(() => call))).Error, new[] { GrainError.BadArguments, GrainError.Failed });
        }
    }

    [Fact]
    public async Task A_cycle_over_nodes_fails_at_once()
    {
        var failure = await Assert.ThrowsAsync<GrainException>(() => Grains.Get<ILink>("k0").Follow(string.Join(',', s_keys[1..20]) + ",k5").WaitAsync(Patience));
        Assert.Equal(GrainError.Cycle, failure.Error);
        Assert.Contains("link/k5 -> link/k6", failure.Message);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_is_cancelled_on_its_node()
    {
        foreach (var key in s_keys[..10])
        {
            using var cancel = new CancellationTokenSource();
            var call = Grains.Get<IStepper>(key).Step(key, cancel.Token);
            await Stage.Wait($"{key} begins");
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Patience));
            // The grain is free again.
            Stage[$"{key} again may end"].SetResult();
            await Grains.Get<IStepper>(key).Step($"{key} again").WaitAsync(Patience);
        }
    }

    [Fact]
    public async Task A_worker_without_identity_runs_on_the_node_that_calls()
    {
        foreach (var node in Cluster.Nodes)
        {
            var name = $"of {node.System.Name} {Guid.NewGuid()}";
            Stage[$"{name} may end"].SetResult();
            Assert.Equal(name, await node.Grains.Get<IWorker>("any").Work(name));
        }
    }
}
