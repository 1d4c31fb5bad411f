#region grain
using Actors.Grains;
using Actors.TestKit;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kitchen;

[Grain("egg-timer")]
public interface IEggTimer
{
    Task Start(TimeSpan time);
}

/// <summary>Tells the kitchen when the eggs are done.</summary>
public sealed class EggTimer(IActorRef kitchen) : Grain, IEggTimer
{
    public Task Start(TimeSpan time)
    {
        RegisterTimer(Ring, due: time, period: TimeSpan.Zero);
        return Task.CompletedTask;
    }

    private Task Ring(CancellationToken cancel)
    {
        kitchen.Tell($"{Key} eggs are done");
        return Task.CompletedTask;
    }
}
#endregion

#region grain-test
public sealed class EggTimerTests : TestKit
{
    [Fact]
    public async Task Quail_eggs_are_done_after_90_s()
    {
        var options = new GrainTestOptions { Services = services => services.AddSingleton(TestActor) };
        await using var cluster = await GrainTestCluster.StartAsync(grains => grains.Add<EggTimer>(), options: options);
        await cluster.Grains.Get<IEggTimer>("quail").Start(TimeSpan.FromSeconds(90));

        cluster.Time.Advance(TimeSpan.FromSeconds(89));
        await ExpectNoMsgAsync(TimeSpan.Zero);
        cluster.Time.Advance(TimeSpan.FromSeconds(1));

        await ExpectMsgAsync("quail eggs are done");
    }
}
#endregion

#region grain-cluster
[Grain("pantry")]
public interface IPantry
{
    Task<int> Put(int jars);
}

public sealed class Shelf
{
    public int Jars { get; set; }
}

public sealed class Pantry(IState<Shelf> shelf) : Grain, IPantry
{
    public async Task<int> Put(int jars)
    {
        shelf.Value.Jars += jars;
        await shelf.WriteAsync();
        return shelf.Value.Jars;
    }
}

public sealed class PantryTests
{
    [Fact]
    public async Task A_pantry_outlives_the_node_that_it_is_on()
    {
        await using var cluster = await GrainTestCluster.StartAsync(grains => grains.Add<Pantry>(), nodes: 3);
        await cluster.Grains.Get<IPantry>("cellar").Put(2);

        await cluster.KillAsync(cluster.Nodes.Single(node => node.IsActive("pantry", "cellar")));
        var jars = cluster.Grains.Get<IPantry>("cellar").Put(3);
        await cluster.AdvanceUntilAsync(jars);

        Assert.Equal(5, await jars);
    }
}
#endregion
