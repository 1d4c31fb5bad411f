using Actors.Grains;

namespace Grains.Tests.Runtime;

public sealed class FilterTests : GrainTests
{
    protected override void Configure(GrainsBuilder grains)
    {
        base.Configure(grains);
        grains.FilterCalls(new Told(Stage, "caller 1")).FilterCalls(new Told(Stage, "caller 2")).FilterGrains(new Told(Stage, "grain"));
    }

    [Fact]
    public async Task Filters_stand_around_a_call_at_the_caller_and_at_the_grain()
    {
        Assert.Equal(5, await Grains.Get<ICounter>("a").Add(5));
        Assert.Equal(
            ["caller 1 before tally/a Add", "caller 2 before tally/a Add", "grain before tally/a Add", "grain after", "caller 2 after", "caller 1 after"],
            Stage.Told);
    }

    [Fact]
    public async Task A_filter_that_throws_fails_the_call()
    {
        var failure = await Assert.ThrowsAsync<GrainException>(() => Grains.Get<ICounter>("refused").Add(5));
        Assert.Equal((GrainError.Failed, "grain refuses"), (failure.Error, failure.Message));
        Assert.Equal(0, await Grains.Get<ICounter>("refused").Get());
    }

    [Fact]
    public async Task A_filter_that_ends_a_call_without_a_result_is_named()
    {
        await using var cluster = await Actors.TestKit.GrainTestCluster.StartAsync(grains => grains.Add<Counter>().FilterCalls(new Silent()));
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.Grains.Get<ICounter>("a").Add(5).WaitAsync(Patience));
        Assert.Contains("expected that it awaits next()", failure.Message);
    }

    [Fact]
    public async Task A_filter_that_goes_on_twice_is_named()
    {
        await using var cluster = await Actors.TestKit.GrainTestCluster.StartAsync(grains => grains.Add<Counter>().FilterGrains(new Twice()));
        var failure = await Assert.ThrowsAsync<GrainException>(() => cluster.Grains.Get<ICounter>("a").Add(5).WaitAsync(Patience));
        Assert.Contains("called next() twice", failure.Message);
        Assert.Equal(5, await cluster.Grains.Get<ICounter>("a").Get());
    }

    private sealed class Twice : ICallFilter
    {
        public async Task Invoke(ICallContext call, Func<Task> next)
        {
            await next();
            if (call.Method == "Add") await next();
        }
    }

    private sealed class Silent : ICallFilter
    {
        public Task Invoke(ICallContext call, Func<Task> next) => Task.CompletedTask;
    }

    private sealed class Told(Stage stage, string name) : ICallFilter
    {
        public async Task Invoke(ICallContext call, Func<Task> next)
        {
            if (name == "grain" && call.Grain.Key == "refused" && call.Method == "Add") throw new InvalidOperationException("grain refuses");
            stage.Tell($"{name} before {call.Grain} {call.Method}");
            await next();
            stage.Tell($"{name} after");
        }
    }
}
