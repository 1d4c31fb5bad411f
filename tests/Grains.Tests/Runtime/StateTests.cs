using Actors.Grains;
using Actors.Grains.Runtime;
using Actors.Grains.Storage;
using Actors.TestKit;

namespace Grains.Tests.Runtime;

public class StateTests : GrainTests
{
    protected IGrainStore Store => GrainRuntime.Of(Cluster.Nodes[0].System).Store;

    [Fact]
    public async Task A_repeat_of_a_call_gets_the_first_result()
    {
        var id = CallId.From(Guid.NewGuid());
        Assert.Equal(5, await Once(id).Add(5));
        await Grains.Get<ICounter>("a").Add(1);
        Assert.Equal(5, await Once(id).Add(5));
        Assert.Equal(6, await Grains.Get<ICounter>("a").Get());
    }

    [Fact]
    public async Task A_repeat_after_a_new_activation_gets_the_first_result()
    {
        var id = CallId.From(Guid.NewGuid());
        Assert.Equal(5, await Once(id).Add(5));
        await Grains.Get<ICounter>("a").Leave();
        Assert.Equal(5, await Once(id).Add(5));
        Assert.Equal(5, await Grains.Get<ICounter>("a").Get());
    }

    [Fact]
    public async Task A_repeat_beside_the_first_try_is_not_run()
    {
        var id = CallId.From(Guid.NewGuid());
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Once(id).Add(5)));
        Assert.All(results, result => Assert.Equal(5, result));
        Assert.Equal(5, await Grains.Get<ICounter>("a").Get());
    }

    [Fact]
    public async Task A_state_that_was_cleared_is_new_and_its_version_goes_on()
    {
        await Grains.Get<ICounter>("a").Add(5);
        await Grains.Get<ICounter>("a").Clear();
        Assert.Equal(0, await Grains.Get<ICounter>("a").Get());
        Assert.Equal((2, null), await Row());
        Assert.Equal(1, await Grains.Get<ICounter>("a").Add(1));
        Assert.Equal(3, (await Row()).Version);
    }

    [Fact]
    public async Task A_write_that_finds_another_version_ends_the_activation_and_a_call_by_id_is_done_at_the_next()
    {
        await Grains.Get<ICounter>("a").Add(5);
        await WriteAsAnother("""{"count":100}""");
        Assert.Equal(101, await Once(CallId.From(Guid.NewGuid())).Add(1));
    }

    [Fact]
    public async Task A_write_that_finds_another_version_fails_a_call_without_id_as_fenced()
    {
        await Grains.Get<ICounter>("a").Add(5);
        await WriteAsAnother("""{"count":100}""");
        Assert.Equal(GrainError.Fenced, (await Assert.ThrowsAsync<GrainException>(() => Grains.Get<ICounter>("a").Add(1))).Error);
        Assert.Equal(101, await Grains.Get<ICounter>("a").Add(1));
    }

    [Fact]
    public async Task What_a_call_by_id_wrote_before_it_threw_stands_and_a_repeat_gets_the_same_failure()
    {
        var id = CallId.From(Guid.NewGuid());
        await Fails();
        await Fails();
        await Grains.Get<ICounter>("a").Leave();
        await Fails();
        Assert.Equal(5, await Grains.Get<ICounter>("a").Get());
        Assert.Equal("""{"count":5}""", (await Row()).Body);

        async Task Fails() => Assert.Equal("after the write", (await Assert.ThrowsAsync<GrainException>(() => Once(id).AddAndFail(5))).Message);
    }

    [Fact]
    public async Task A_state_is_JSON_in_camel_case()
    {
        await Grains.Get<ICounter>("a").Add(5);
        Assert.Equal("""{"count":5}""", (await Row()).Body);
    }

    private ICounter Once(CallId id) => Grains.With(new CallOptions { Id = id }).Get<ICounter>("a");

    private async Task<(long Version, string? Body)> Row()
    {
        var row = await Store.ReadAsync("tally", "a", default);
        return (row!.Version, row.Body is { } body ? System.Text.Encoding.UTF8.GetString(body.Span) : null);
    }

    private async Task WriteAsAnother(string body)
    {
        var row = (await Store.ReadAsync("tally", "a", default))!;
        Assert.True(await Store.WriteAsync("tally", "a", row with { Version = row.Version + 1, Body = System.Text.Encoding.UTF8.GetBytes(body) }, default));
    }

    [Fact]
    public async Task A_repeat_that_comes_while_the_result_is_written_is_not_told_it_before()
    {
        var store = new MemoryGrainStore();
        await store.OpenAsync(default);
        var mayWrite = new TaskCompletionSource();
        var slow = new SlowStore(store) { MayWrite = mayWrite.Task };
        await using var cluster = await GrainTestCluster.StartAsync(grains => grains.Add<Counter>(kind => kind.MaxWaiting = 1).StoreIn.In(_ => slow));
        var once = cluster.Grains.With(new CallOptions { Id = CallId.From(Guid.NewGuid()) }).Get<ICounter>("a");
        var others = cluster.Grains.Get<ICounter>("a");
        var first = once.Add(5);
        await slow.IsAboutToWrite.Task.WaitAsync(Patience);
        var repeat = once.Add(5);
        var waits = others.Get();
        // Refused at once: the repeat, which came before, has been looked at.
        Assert.Equal(GrainError.Overloaded, (await Assert.ThrowsAsync<GrainException>(() => others.Get().WaitAsync(Patience))).Error);
        Assert.False(repeat.IsCompleted);
        mayWrite.SetResult();
        Assert.Equal((5, 5, 5), (await first.WaitAsync(Patience), await repeat.WaitAsync(Patience), await waits.WaitAsync(Patience)));
    }

    [Fact]
    public async Task A_call_by_id_whose_node_has_closed_its_store_is_left_to_another_node_and_not_told_as_failed()
    {
        var store = new MemoryGrainStore();
        await store.OpenAsync(default);
        var mayWrite = new TaskCompletionSource();
        var slow = new SlowStore(store) { MayWrite = mayWrite.Task };
        await using var cluster = await GrainTestCluster.StartAsync(grains => grains.Add<Counter>().StoreIn.In(_ => slow));
        // From now on calls go straight to the activation.
        await cluster.Grains.Get<ICounter>("a").Get();
        var call = cluster.Grains.With(new CallOptions { Id = CallId.From(Guid.NewGuid()) }).Get<ICounter>("a").Add(5);
        await slow.IsAboutToWrite.Task.WaitAsync(Patience);
        GrainRuntime.Of(cluster.Nodes[0].System).Stop();
        mayWrite.SetException(new ObjectDisposedException("store"));
        Assert.Equal(GrainError.NoNode, (await Assert.ThrowsAsync<GrainException>(() => call.WaitAsync(Patience))).Error);
    }

    [Fact]
    public async Task A_call_by_id_waits_for_a_store_that_is_away()
    {
        var store = new MemoryGrainStore();
        await store.OpenAsync(default);
        var away = new SlowStore(store) { IsAway = true };
        await using var cluster = await GrainTestCluster.StartAsync(grains => grains.Add<Counter>().StoreIn.In(_ => away));
        var call = cluster.Grains.With(new CallOptions { Id = CallId.From(Guid.NewGuid()) }).Get<ICounter>("a").Add(5);
        await away.WasAsked.Task.WaitAsync(Patience);
        away.IsAway = false;
        for (var steps = 0; steps < 1_000 && !call.IsCompleted; steps++)
        {
            cluster.Time.Advance(TimeSpan.FromMilliseconds(100));
            await ((Task)call).WaitAsync(TimeSpan.FromMilliseconds(20)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        Assert.Equal(5, await call.WaitAsync(Patience));
    }
}

/// <summary>The same over a store that answers later, on another thread.</summary>
public sealed class SlowStoreStateTests : StateTests
{
    protected override void Configure(GrainsBuilder grains)
    {
        var store = new MemoryGrainStore();
        store.OpenAsync(default).GetAwaiter().GetResult();
        base.Configure(grains);
        grains.StoreIn.In(_ => new SlowStore(store));
    }
}
