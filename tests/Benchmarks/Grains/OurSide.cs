using Actors.Grains;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Grains;

/// <summary>One node of ours with default settings: a cluster of one.</summary>
internal sealed class OurSide : IGrainSide
{
    private readonly IHost _host;

    private OurSide(IHost host)
    {
        _host = host;
        Grains = host.Services.GetRequiredService<IGrains>();
    }

    public IGrains Grains { get; }

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    public static Task<OurSide> Start() => Start(grains => grains.Add<Counter>(Kept).Add<Relay>(Kept));

    /// <param name="configure">Adds the grains.</param>
    /// <param name="engine">Of the sockets of its roles.</param>
    public static async Task<OurSide> Start(Action<GrainsBuilder> configure, string engine = "zmtp")
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddGrains().AddAkka("benchmark", akka => akka
            .ConfigureLoggers(logging => logging.LogLevel = Akka.Event.LogLevel.WarningLevel)
            .AddHocon($"actors.transport.engine = {engine}", HoconAddMode.Prepend)
            .WithGrains(configure));
        var host = builder.Build();
        await host.StartAsync().ConfigureAwait(false);
        return new OurSide(host);
    }

    /// <summary>No grain becomes idle while it is measured.</summary>
    public static void Kept(GrainKindOptions options) => options.IdleTimeout = TimeSpan.FromHours(1);

    public Func<Task<long>> Counter(string key)
    {
        var counter = Grains.Get<ICounter>(key);
        return () => counter.Add(1);
    }

    public Func<Task<long>> Relay(string key)
    {
        var relay = Grains.Get<IRelay>(key);
        return () => relay.Add(1);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync().ConfigureAwait(false);
        _host.Dispose();
    }
}
