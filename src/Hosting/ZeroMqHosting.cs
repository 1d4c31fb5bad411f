using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Hosting;
using Akka.Hosting.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Actors.Hosting;

/// <summary>Adds the roles of ZeroMQ patterns to an actor system of Akka.Hosting.</summary>
public static class ZeroMqHosting
{
    // Several modules of an app may add roles to one actor system.
    private static readonly ConditionalWeakTable<AkkaConfigurationBuilder, ZeroMqBuilder> s_builders = [];

    /// <summary>
    /// Starts the roles with the host, which does not start when one of them cannot open its sockets; adds the health checks
    /// <c>zeromq.readiness</c> and <c>zeromq.liveness</c>; and stops the roles in order in <c>CoordinatedShutdown</c>, within the
    /// host's own timeout.
    /// </summary>
    /// <param name="akka">The actor system. Each call for the same one adds to the same roles.</param>
    /// <param name="configure">Names the roles.</param>
    /// <exception cref="Actors.Transport.SocketSettingsException">A setting of a role cannot work; the exception names the role and the setting.</exception>
    public static AkkaConfigurationBuilder WithZeroMq(this AkkaConfigurationBuilder akka, Action<ZeroMqBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(akka);
        ArgumentNullException.ThrowIfNull(configure);
        if (!s_builders.TryGetValue(akka, out var zmq))
        {
            zmq = new ZeroMqBuilder(akka);
            s_builders.Add(akka, zmq);
            Prepare(akka, zmq);
        }
        configure(zmq);
        return akka;
    }

    private static void Prepare(AkkaConfigurationBuilder akka, ZeroMqBuilder zmq)
    {
        akka.AddHocon(OrderlyStop.Phase, HoconAddMode.Prepend);
        akka.WithActors((ActorSystem system, IActorRegistry registry, IDependencyResolver resolver) => RolesStart.Run(system, registry, resolver, zmq));
        akka.WithHealthCheck("zeromq.readiness", (system, _, _) => Task.FromResult(RoleHealth.Readiness(ZeroMqRoles.Of(system))), HealthStatus.Unhealthy, ["zeromq", "readiness"]);
        akka.WithHealthCheck("zeromq.liveness", (system, _, _) => Task.FromResult(RoleHealth.Liveness(system, ZeroMqRoles.Of(system))), HealthStatus.Unhealthy, ["zeromq", "liveness"]);
    }
}
