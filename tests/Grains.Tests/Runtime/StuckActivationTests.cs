using Actors.Grains;
using Actors.Grains.Runtime;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Grains.Tests.Runtime;

/// <summary>What a grain or its services do wrong at an activation's end leaves the next call free.</summary>
public sealed class StuckActivationTests : GrainTests
{
    [Fact]
    public async Task An_activation_ends_though_its_scope_can_be_disposed_only_asynchronously()
    {
        await using var cluster = await GrainTestCluster.StartAsync(Configure, 1, new GrainTestOptions { Services = services => services.AddSingleton(Stage).AddScoped<LateService>() });
        var grain = cluster.Grains.Get<ITroubled>("scoped");
        await grain.Call().WaitAsync(Patience);
        GrainRuntime.Of(cluster.Nodes[0].System).FindRoute("troubled")!.Host!.Find("scoped")!.End(DeactivationReason.HandOff);
        await Stage.Wait("scope is left");
        await Pass(cluster, grain.Call());
    }

    [Fact]
    public async Task An_activation_ends_though_the_token_of_a_timer_throws()
    {
        var grain = Grains.Get<ITroubled>("timed");
        await grain.Call().WaitAsync(Patience);
        await Advance(TimeSpan.FromSeconds(1), until: "timed is registered");
        Find("troubled", "timed").End(DeactivationReason.HandOff);
        await Pass(Cluster, grain.Call());
    }

    [Fact]
    public async Task A_timer_that_waits_at_the_end_does_not_bring_its_grain_back()
    {
        var grain = Grains.Get<IStepper>("a");
        await grain.StartTimer(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        var call = grain.Step("x");
        await Stage.Wait("x begins");
        Cluster.Time.Advance(TimeSpan.FromSeconds(2));
        // Behind the timer in the inbox, so the timer's call waits.
        Find("stepper", "a").End(DeactivationReason.HandOff);
        Stage["x may end"].SetResult();
        await call.WaitAsync(Patience);
        await Stage.Wait("a HandOff");
        // Behind what the old activation has given back, on the same way.
        Stage["b may end"].SetResult();
        await Grains.Get<IStepper>("b").Step("b");
        for (var n = 0; n < 20; n++)
        {
            Cluster.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Grains.Get<IStepper>($"c{n}").Nothing().WaitAsync(Patience);
        }
        Assert.Single(Stage.Told, told => told == "a active");
    }

    [Fact]
    public async Task A_call_back_to_a_reentrant_grain_that_ends_is_no_cycle()
    {
        var call = Grains.Get<IBoomerang>("a").Throw("b");
        await Stage.Wait("a throws");
        Find("boomerang", "a").End(DeactivationReason.HandOff);
        Stage["a may throw"].SetResult();
        Assert.Equal("caught by a", await call.WaitAsync(Patience));
    }

    private Activation Find(string kind, string key) => GrainRuntime.Of(Cluster.Nodes[0].System).FindRoute(kind)!.Host!.Find(key)!;
}

/// <summary>Its key says what goes wrong.</summary>
[Grain("troubled")]
public interface ITroubled
{
    Task Call();
}

public sealed class LateService(Stage stage) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        stage.Tell("scope is left");
        return ValueTask.CompletedTask;
    }
}

public sealed class Troubled(Stage stage, IServiceProvider services) : Grain, ITroubled
{
    protected override async Task OnActivate(CancellationToken cancel)
    {
        stage.Tell($"{Key} is made");
        if (Key == "hangs") await stage["hangs may go on"].Task;
        if (Key == "scoped") services.GetRequiredService<LateService>();
        if (Key != "timed") return;
        RegisterTimer(
            ended =>
            {
                ended.Register(() => throw new InvalidOperationException("the token's callback"));
                stage.Tell("timed is registered");
                return Task.CompletedTask;
            },
            TimeSpan.FromSeconds(1),
            TimeSpan.Zero);
    }

    public Task Call() => Task.CompletedTask;
}

[Grain("boomerang")]
public interface IBoomerang
{
    Task<string> Throw(string by);

    Task<string> Return(string to);

    Task<string> Catch();
}

[Reentrant]
public sealed class Boomerang(Stage stage) : Grain, IBoomerang
{
    public async Task<string> Throw(string by)
    {
        stage.Tell($"{Key} throws");
        await stage[$"{Key} may throw"].Task;
        return await Grains.Get<IBoomerang>(by).Return(Key);
    }

    public Task<string> Return(string to) => Grains.Get<IBoomerang>(to).Catch();

    public Task<string> Catch() => Task.FromResult($"caught by {Key}");
}
