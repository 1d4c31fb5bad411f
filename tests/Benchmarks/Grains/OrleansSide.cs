using Actors.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Benchmarks.Grains;

/// <summary>One silo of Orleans as its documentation begins: localhost clustering, and calls from the silo's own process.</summary>
internal sealed class OrleansSide : IGrainSide
{
    private readonly IHost _host;

    private OrleansSide(IHost host)
    {
        _host = host;
        Factory = host.Services.GetRequiredService<IGrainFactory>();
    }

    public IGrainFactory Factory { get; }

    public static async Task<OrleansSide> Start()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort.Next(), FreePort.Next())
            .Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromHours(1)));
        var host = builder.Build();
        await host.StartAsync().ConfigureAwait(false);
        return new OrleansSide(host);
    }

    public Func<Task<long>> Counter(string key)
    {
        var counter = Factory.GetGrain<IOrleansCounter>(key);
        return () => counter.Add(1);
    }

    public Func<Task<long>> Relay(string key)
    {
        var relay = Factory.GetGrain<IOrleansRelay>(key);
        return () => relay.Add(1);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync().ConfigureAwait(false);
        _host.Dispose();
    }
}
