using Actors.Grains;
using Actors.Grains.Storage;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Grains.Tests.Runtime;

/// <summary>A call by id is done once, and nothing of it is lost, also when calls interleave or go on behind their end.</summary>
public sealed class OnceTests : GrainTests
{
    [Fact]
    public async Task A_call_whose_commit_runs_is_known_though_more_calls_commit_than_are_kept()
    {
        var store = new MemoryGrainStore();
        await store.OpenAsync(default);
        await using var cluster = await GrainTestCluster.StartAsync(grains => grains.Add<Jar>(options => options.RecentCalls = 1).StoreIn.In(_ => new HeldStore(store, Stage)), 1, new GrainTestOptions { Services = services => services.AddSingleton(Stage) });
        await cluster.Grains.Get<IJar>("a").Get();
        var ids = Enumerable.Range(0, 3).Select(_ => CallId.From(Guid.NewGuid())).ToArray();
        var calls = ids.Select(id => cluster.Grains.With(new CallOptions { Id = id }).Get<IJar>("a").Add(1)).ToList();
        await Stage.Wait("a write begins");
        var repeat = cluster.Grains.With(new CallOptions { Id = ids[0] }).Get<IJar>("a").Add(1);
        await cluster.Grains.Get<IJar>("a").Get();
        Stage["writes may end"].SetResult();
        await Task.WhenAll(calls).WaitAsync(Patience);
        Assert.Equal(await calls[0], await repeat.WaitAsync(Patience));
        Assert.Equal(3, await cluster.Grains.Get<IJar>("a").Get());
    }

    [Fact]
    public async Task A_write_behind_the_end_of_a_call_by_id_is_made()
    {
        await Grains.With(new CallOptions { Id = CallId.From(Guid.NewGuid()) }).Get<IJar>("a").AddLater(5);
        Stage["jar may write"].SetResult();
        await Stage.Wait("jar has written");
        Assert.Equal(5, await Grains.Get<IJar>("a").Stored());
    }

    [Fact]
    public async Task A_call_behind_the_end_of_its_caller_has_its_own_time()
    {
        await Grains.Get<IJar>("a").CallLater();
        Cluster.Time.Advance(TimeSpan.FromSeconds(31));
        Stage["jar may call"].SetResult();
        await Stage.Wait("jar has called");
    }
}

/// <summary>A store whose writes wait for the test.</summary>
public sealed class HeldStore(IGrainStore store, Stage stage) : DelegatingGrainStore(store)
{
    public override async Task<bool> WriteAsync(string kind, string key, GrainRow row, CancellationToken cancel)
    {
        stage.Tell("a write begins");
        await stage["writes may end"].Task;
        return await base.WriteAsync(kind, key, row, cancel);
    }
}

[Grain("jar")]
public interface IJar
{
    Task<long> Add(long n);

    [ReadOnly]
    Task<long> Get();

    Task<long> Stored();

    Task AddLater(long n);

    Task CallLater();
}

[Reentrant]
public sealed class Jar(IState<CounterState> state, Stage stage) : Grain, IJar
{
    public async Task<long> Add(long n)
    {
        var count = state.Value.Count += n;
        await state.WriteAsync();
        return count;
    }

    public Task<long> Get() => Task.FromResult(state.Value.Count);

    public async Task<long> Stored()
    {
        await state.ReadAsync();
        return state.Value.Count;
    }

    public Task AddLater(long n)
    {
        _ = Later();
        return Task.CompletedTask;

        async Task Later()
        {
            await stage["jar may write"].Task;
            await Add(n);
            stage.Tell("jar has written");
        }
    }

    public Task CallLater()
    {
        _ = Later();
        return Task.CompletedTask;

        async Task Later()
        {
            await stage["jar may call"].Task;
            await Grains.Get<IJar>("b").Get();
            stage.Tell("jar has called");
        }
    }
}
