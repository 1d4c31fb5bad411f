using System.Runtime.CompilerServices;
using Actors.Grains.Runtime;
using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains;

/// <summary>Adds grains to an actor system of Akka.Hosting.</summary>
public static class GrainsHosting
{
    /// <summary>
    /// Hosts grains and calls them: <see cref="IGrains"/> becomes a service of the app, and works as soon as the host has started.
    /// Without a cluster, this process is a cluster of one that opens no port.
    /// </summary>
    /// <param name="akka">The actor system.</param>
    /// <param name="configure">Names kinds and store.</param>
    /// <exception cref="ArgumentException">A setting cannot work; the message names it.</exception>
    public static AkkaConfigurationBuilder WithGrains(this AkkaConfigurationBuilder akka, Action<GrainsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(akka);
        ArgumentNullException.ThrowIfNull(configure);
        var grains = new GrainsBuilder();
        configure(grains);
        var settings = grains.Build();
        akka.AddHocon(GrainsConfig.Of(settings), HoconAddMode.Prepend);
        Services(akka).AddSingleton<IGrains>(provider => GrainRuntime.Of(provider.GetRequiredService<ActorSystem>()));
        akka.AddStartup(async (system, _) => await GrainsStart.Run(system, settings, DependencyResolver.For(system).Resolver.GetService<IServiceProvider>()));
        return akka;
    }

    /// <summary>The builder keeps the app's services to itself, and has no other way to add one.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "ServiceCollection")]
    private static extern ref IServiceCollection Services(AkkaConfigurationBuilder akka);
}
