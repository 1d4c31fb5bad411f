using Actors.Grains;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GrainSamples;

/// <summary>A cluster of one node with counters.</summary>
public sealed class GrainNode : IAsyncDisposable
{
    private static int s_last;

    private readonly IHost _host;

    private GrainNode(IHost host) => _host = host;

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    public IGrains Grains => _host.Services.GetRequiredService<IGrains>();

    /// <summary>Starts a node; its grains can be called when it is there.</summary>
    /// <param name="hocon">More configuration of the actor system.</param>
    public static async Task<GrainNode> Start(string hocon = "")
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddAkka($"node{Interlocked.Increment(ref s_last)}", akka => akka
            .AddHocon("akka.loglevel = WARNING\n" + hocon, HoconAddMode.Prepend)
            .WithGrains(grains => grains.Add<Counter>().StoreIn.Memory()));
        builder.Services.AddGrains();
        var host = builder.Build();
        await host.StartAsync();
        return new GrainNode(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
