#region first
using Actors.Grains;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
#endregion

namespace Docs.Tests.Grains.First;

/// <summary>The first steps of docs/grains.md: a grain in memory.</summary>
public sealed class FirstGrainSamples
{
    [Fact]
    public async Task A_grain_is_started_and_called()
    {
        #region start
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddGrains();
        builder.Services.AddAkka("app", akka => akka.WithGrains(grains => grains.Add<Counter>()));
        using var app = builder.Build();
        await app.StartAsync();
        #endregion

        #region call
        var grains = app.Services.GetRequiredService<IGrains>();
        Console.WriteLine(await grains.Get<ICounter>("alice").Add(5));
        #endregion

        Assert.Equal(5, await grains.Get<ICounter>("alice").Get());
        Assert.Equal(0, await grains.Get<ICounter>("bob").Get());

        #region keys
        var alice = grains.Get<ICounter>("alice");
        var order = grains.Get<ICounter>(42);
        var device = grains.Get<ICounter>(Guid.NewGuid());
        var visits = grains.Get<ICounter>("https://example.com/?page=1");
        #endregion

        Assert.Equal(grains.Get<ICounter>("42"), order);
        long[] counts = [await order.Add(1), await device.Add(1), await alice.Add(1), await visits.Add(1)];
        Assert.Equal([1, 1, 6, 1], counts);
        await app.StopAsync();
    }
}

#region counter
[Grain("counter")]
public interface ICounter
{
    Task<long> Add(long n);

    [ReadOnly]
    Task<long> Get();
}

public sealed class Counter : Grain, ICounter
{
    private long _count;

    public Task<long> Add(long n) => Task.FromResult(_count += n);

    public Task<long> Get() => Task.FromResult(_count);
}
#endregion
