using Actors.Transport;
using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Hosting;

/// <summary>Starts the roles with the actor system.</summary>
internal static class RolesStart
{
    /// <summary>Ends when all sockets are open.</summary>
    /// <exception cref="RoleStartException">A role could not open its sockets. No role runs any more, and no socket is open.</exception>
    public static async Task Run(ActorSystem system, IActorRegistry registry, IDependencyResolver resolver, ZeroMqBuilder zmq)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = ((ILoggerFactory)resolver.GetService(typeof(ILoggerFactory))).CreateLogger(typeof(ZeroMqHosting).Namespace!);
        foreach (var warning in zmq.Warnings) log.LogWarning("{Warning}", warning);
        Action<string, long, DropReason> write = (source, count, reason) => OrderlyStop.LogDropped(log, source, count, reason);
        var drops = system.ActorOf(Props.Create(() => new DropLog(write)), "zeromq-drops");
        var roles = system.ActorOf(Props.Create(() => new RolesActor(zmq.Roles, zmq.StartTimeout, registry, resolver, started)), "zeromq");
        var stopTimeout = StopTimeoutOf(zmq, resolver);
        CoordinatedShutdown.Get(system).AddTask(OrderlyStop.PhaseName, "stop-zeromq-roles", () => OrderlyStop.Run(system, roles, drops, log, stopTimeout));
        try
        {
            await started.Task.ConfigureAwait(false);
        }
        catch (RoleStartException)
        {
            // The caller may try again, on the same ports.
            await roles.WatchAsync().ConfigureAwait(false);
            if (system.HasExtension<ZmqTransport>()) await ZmqTransport.Of(system).SocketsClosed().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A fifth of the host's timeout is left for what else the host stops.</summary>
    private static TimeSpan StopTimeoutOf(ZeroMqBuilder zmq, IDependencyResolver resolver)
    {
        var host = (resolver.GetService(typeof(IOptions<HostOptions>)) as IOptions<HostOptions>)?.Value ?? new HostOptions();
        var most = host.ShutdownTimeout == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : host.ShutdownTimeout * 0.8;
        return zmq.StopTimeout is { } own && own < most ? own : most;
    }
}
