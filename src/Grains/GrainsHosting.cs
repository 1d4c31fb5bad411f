using Actors.Grains.Runtime;
using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Grains;

/// <summary>Adds grains to an actor system of Akka.Hosting.</summary>
public static class GrainsHosting
{
    /// <summary>Makes <see cref="IGrains"/> a service of the app. It works as soon as the host has started.</summary>
    /// <remarks>Akka.Hosting configures an actor system when the app's services are complete, so <see cref="WithGrains"/> cannot add it.</remarks>
    public static IServiceCollection AddGrains(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<IGrains, GrainsService>();
        return services;
    }

    /// <summary>
    /// Hosts grains and calls them. The host has started when this node is a member of its cluster; without settings, this process is a
    /// cluster of one that opens no port.
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
        akka.AddStartup(async (system, _) => await GrainsStart.Run(system, settings, DependencyResolver.For(system).Resolver.GetService<IServiceProvider>()));
        return akka;
    }

    /// <summary>The grains of an actor system, for code without dependency injection.</summary>
    /// <exception cref="InvalidOperationException">The actor system has no grains.</exception>
    public static IGrains Grains(this ActorSystem system) => GrainRuntime.Of(system);

    /// <summary>Finds the actor system when it is first used, because services are made before it has started.</summary>
    private sealed class GrainsService(IServiceProvider services) : IGrains
    {
        private IGrains? _grains;

        private IGrains Started => _grains ??= GrainRuntime.Of(services.GetRequiredService<ActorSystem>());

        public TGrain Get<TGrain>(string key) where TGrain : class => Started.Get<TGrain>(key);

        public TGrain Get<TGrain>(long key) where TGrain : class => Started.Get<TGrain>(key);

        public TGrain Get<TGrain>(Guid key) where TGrain : class => Started.Get<TGrain>(key);

        public IGrains With(CallOptions options) => Started.With(options);
    }
}
