using Actors.Grains;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Docs.Tests.Roles;

/// <summary>The grain of README.md.</summary>
public sealed class GrainSample
{
    [Fact]
    public async Task The_grain_counts()
    {
        #region app
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddGrains();
        builder.Services.AddAkka("app", akka => akka.WithGrains(grains => grains.Add<Visits>()));
        using var host = builder.Build();
        await host.StartAsync();
        var visits = await host.Services.GetRequiredService<IGrains>().Get<IVisits>("alice").Add(1);
        #endregion

        Assert.Equal(1, visits);
        await host.StopAsync();
    }
}

#region grain
[Grain("visits")]
public interface IVisits
{
    Task<long> Add(long n);
}

public sealed class Visits : Grain, IVisits
{
    private long _count;

    public Task<long> Add(long n) => Task.FromResult(_count += n);
}
#endregion
