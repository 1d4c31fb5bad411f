using Actors.Grains;

namespace Grains.Tests.Runtime;

public sealed class ActivationTests : GrainTests
{
    protected override bool TimePasses => false;

    [Fact]
    public async Task An_idle_grain_is_deactivated_and_comes_back_when_it_is_called()
    {
        Stage["x may end"].SetResult();
        await Grains.Get<IStepper>("a").Step("x");
        Cluster.Time.Advance(TimeSpan.FromSeconds(119));
        Assert.True(Cluster.Nodes[0].IsActive("stepper", "a"));
        await Advance(TimeSpan.FromSeconds(1), until: "a Idle");
        await Grains.Get<IStepper>("a").Step("x");
        Assert.Equal(2, Stage.Told.Count(told => told == "a active"));
    }

    [Fact]
    public async Task A_grain_that_asks_for_its_end_comes_back_with_its_state()
    {
        var grain = Grains.Get<ICounter>("a");
        await grain.Add(3);
        var calls = Enumerable.Range(0, 100).Select(n => n % 10 == 5 ? Left() : grain.Add(1)).ToList();
        await Task.WhenAll(calls);
        Assert.Equal(93, await grain.Get());

        async Task<long> Left()
        {
            await grain.Leave();
            return 0;
        }
    }

    [Fact]
    public async Task A_timer_runs_again_and_again_and_ends_with_the_activation()
    {
        await Grains.Get<IStepper>("a").StartTimer(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        await Advance(TimeSpan.FromSeconds(1), until: "a tick 1");
        await Advance(TimeSpan.FromSeconds(1), until: "a tick 3");
        // A timer does not keep a grain active.
        await Advance(TimeSpan.FromSeconds(1), until: "a Idle");
        var ticks = Stage.Told.Count(told => told.StartsWith("a tick", StringComparison.Ordinal));
        Cluster.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(ticks, Stage.Told.Count(told => told.StartsWith("a tick", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_grain_that_is_made_by_hand_says_how_grains_are_called()
    {
        await Task.CompletedTask;
        Assert.Contains("expected a call by IGrains.Get", Assert.Throws<InvalidOperationException>(() => new Stepper(Stage)).Message);
    }
}
