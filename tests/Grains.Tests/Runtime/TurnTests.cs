using Actors.Grains;

namespace Grains.Tests.Runtime;

public sealed class TurnTests : GrainTests
{
    [Fact]
    public async Task One_call_of_a_grain_runs_at_a_time()
    {
        var grain = Grains.Get<IStepper>("a");
        var first = grain.Step("first");
        await Stage.Wait("first begins");
        var second = grain.Step("second");
        // Another grain is not held up.
        Stage["other may end"].SetResult();
        await Grains.Get<IStepper>("b").Step("other");
        Assert.DoesNotContain("second begins", Stage.Told);
        Stage["first may end"].SetResult();
        Stage["second may end"].SetResult();
        await Task.WhenAll(first, second);
        Assert.Equal(["a active", "first begins", "b active", "other begins", "other ends", "first ends", "second begins", "second ends"], Stage.Told);
    }

    [Fact]
    public async Task Read_only_calls_run_beside_each_other_and_beside_no_other()
    {
        var grain = Grains.Get<IStepper>("a");
        var (one, two) = (grain.Look("one"), grain.Look("two"));
        await Stage.Wait("one begins");
        await Stage.Wait("two begins");
        var writer = grain.Step("writer");
        // It would overtake the writer.
        var three = grain.Look("three");
        Stage["one may end"].SetResult();
        await one;
        Assert.DoesNotContain("writer begins", Stage.Told);
        Stage["two may end"].SetResult();
        await Stage.Wait("writer begins");
        Assert.DoesNotContain("three begins", Stage.Told);
        Stage["writer may end"].SetResult();
        Stage["three may end"].SetResult();
        await Task.WhenAll(two, writer, three);
    }

    [Fact]
    public async Task Calls_of_a_reentrant_grain_run_beside_each_other_on_one_thread_at_a_time()
    {
        var grain = Grains.Get<IReentrantStepper>("a");
        var calls = Enumerable.Range(0, 20).Select(n => grain.Step($"{n}")).ToList();
        for (var n = 0; n < 20; n++) await Stage.Wait($"{n} begins");
        for (var n = 0; n < 20; n++) Stage[$"{n} may end"].SetResult();
        await Task.WhenAll(calls);
        Assert.DoesNotContain("two at once", Stage.Told);
    }

    [Fact]
    public async Task A_cycle_of_calls_fails_at_once_with_its_chain()
    {
        var failure = await Assert.ThrowsAsync<GrainException>(() => Grains.Get<ILink>("a").Follow("b,c,a,d").WaitAsync(Patience));
        Assert.Equal(GrainError.Cycle, failure.Error);
        Assert.Contains("link/a -> link/b -> link/c -> link/a", failure.Message);
    }

    [Fact]
    public async Task Activations_that_wait_for_each_other_are_a_cycle()
    {
        // "left" calls "right" while it is activated, and "right" calls "left": that call fails, and both go on.
        Assert.Equal("Cycle", await Grains.Get<IEarlyCaller>("right").Ask("").WaitAsync(Patience / 2));
    }

    [Fact]
    public async Task A_chain_of_more_than_128_grains_fails()
    {
        Assert.Equal(127, await Grains.Get<ILink>("k0").Follow(string.Join(',', Enumerable.Range(1, 127).Select(n => $"k{n}"))));
        var failure = await Assert.ThrowsAsync<GrainException>(() => Grains.Get<ILink>("k0").Follow(string.Join(',', Enumerable.Range(1, 200).Select(n => $"k{n}"))));
        Assert.Contains("129 grains wait for this call", failure.Message);
    }

    [Fact]
    public async Task A_cycle_of_read_only_calls_is_none() => Assert.Equal(4, await Grains.Get<ILink>("a").FollowReading("b,c,a,d"));

    [Fact]
    public async Task A_stateless_worker_runs_in_parallel_up_to_its_limit()
    {
        var worker = Grains.Get<IWorker>("any");
        var calls = Enumerable.Range(0, 6).Select(n => worker.Work($"{n}")).ToList();
        // The limit is 4: of six calls, one of the last two at least waits until another has ended.
        for (var n = 0; n < 4; n++) await Stage.Wait($"{n} begins");
        Assert.Equal(4, Stage.Told.Count);
        for (var n = 0; n < 6; n++) Stage[$"{n} may end"].SetResult();
        Assert.Equal(["0", "1", "2", "3", "4", "5"], await Task.WhenAll(calls));
    }

    [Fact]
    public async Task Ten_thousand_calls_that_wait_for_one_run_one_after_the_other()
    {
        var grain = Grains.Get<IStepper>("a");
        var first = grain.Step("first");
        await Stage.Wait("first begins");
        Stage["x may end"].SetResult();
        var waiting = Enumerable.Range(0, 10_000).Select(_ => grain.Nothing()).ToList();
        Stage["first may end"].SetResult();
        await first;
        await Task.WhenAll(waiting).WaitAsync(Patience);
    }

    [Fact]
    public async Task Calls_beyond_the_most_that_may_wait_are_refused_at_once()
    {
        var grain = Grains.Get<IStepper>("a");
        var first = grain.Step("first");
        await Stage.Wait("first begins");
        var calls = Enumerable.Range(0, 10_001).Select(_ => grain.Nothing()).ToList();
        var failure = await Assert.ThrowsAsync<GrainException>(async () => await (await Task.WhenAny(calls).WaitAsync(Patience)));
        Assert.Equal(GrainError.Overloaded, failure.Error);
        Stage["first may end"].SetResult();
        await first;
    }
}
