using System.Diagnostics;
using Actors.Transport;
using Akka;
using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace Actors.Hosting;

/// <summary>
/// Stops the roles of an actor system within a deadline that always holds: they work off what has come and send what waits,
/// then their sockets close and deliver what they have. What is lost all the same is logged.
/// </summary>
internal static class OrderlyStop
{
    /// <summary>Behind <c>service-unbind</c>, in which the app stops what sends, and before <c>service-requests-done</c>.</summary>
    public const string PhaseName = "zeromq-stop";

    /// <summary>The phase in HOCON. Its timeout is longer than any that a host has; the stop keeps its own deadline.</summary>
    public const string Phase =
        $$"""
        akka.coordinated-shutdown.phases {
          {{PhaseName}} {
            timeout = 24h
            depends-on = [service-unbind]
          }
          service-requests-done.depends-on = [service-unbind, {{PhaseName}}]
        }
        """;

    // Of the time, for the sockets to deliver in their linger time what the roles have given them.
    private const double ShareOfSockets = 0.3;

    // Of the time that the host keeps for itself, for actors that only stop.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(200);

    /// <param name="system">Whose roles stop.</param>
    /// <param name="roles">Their parent.</param>
    /// <param name="drops">Logs what is dropped.</param>
    /// <param name="log">The host's own, because the actor system's may end before it has written what it was told last.</param>
    /// <param name="most">The time for all.</param>
    public static async Task<Done> Run(ActorSystem system, IActorRef roles, IActorRef drops, ILogger log, TimeSpan most)
    {
        var begin = Stopwatch.GetTimestamp();
        TimeSpan Left() => Bounded(most - Stopwatch.GetElapsedTime(begin));
        ZeroMqRoles.Of(system).IsStopping = true;
        if (system.HasExtension<ZmqTransport>()) ZmqTransport.Of(system).LingerAtMost(() => Left());
        try
        {
            await StopRoles(roles, most, Left(), log).ConfigureAwait(false);
            if (system.HasExtension<ZmqTransport>())
            {
                var transport = ZmqTransport.Of(system);
                await transport.SocketsClosed().WaitAsync(Left()).ConfigureAwait(false);
                foreach (var late in await transport.Delivered(Left()).ConfigureAwait(false)) LogDropped(log, late.Source, late.Count, late.Reason);
            }
        }
        catch (TimeoutException)
        {
            log.LogWarning("The sockets did not deliver what they had within {Milliseconds} ms; how many messages are lost is not known", most.TotalMilliseconds);
        }
        // Roles say at their end what they drop, and what has not been logged yet is logged at this actor's end.
        foreach (var last in new[] { roles, drops })
        {
            last.Tell(PoisonPill.Instance);
            await ((Task)last.WatchAsync()).WaitAsync(Grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return Done.Instance;
    }

    /// <summary>Logs the sum of what a role or socket has dropped for one reason.</summary>
    public static void LogDropped(ILogger log, string source, long count, DropReason reason) => log.LogWarning("{Source}: dropped {Count} messages: {Reason}", source, count, reason);

    private static async Task StopRoles(IActorRef roles, TimeSpan most, TimeSpan left, ILogger log)
    {
        var ended = roles.WatchAsync();
        var asked = roles.Ask<RolesStopped>(new StopRoles(Bounded(most) * (1 - ShareOfSockets)), left + TimeSpan.FromSeconds(1));
        // A parent that has ended, because the start failed, does not answer.
        if (await Task.WhenAny(asked, ended).WaitAsync(left).ConfigureAwait(false) == asked)
        {
            foreach (var status in (await asked.ConfigureAwait(false)).Undelivered)
            {
                if (status.Waiting > 0) log.LogWarning("{Role}: {Count} messages were not delivered in the time that stopping may take", status.Role, status.Waiting);
                else log.LogWarning("{Role}: not known to have worked on all that its peers had sent in the time that stopping may take", status.Role);
            }
        }
        roles.Tell(PoisonPill.Instance);
        await ended.WaitAsync(left).ConfigureAwait(false);
    }

    /// <summary>Within what timers take.</summary>
    private static TimeSpan Bounded(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : time;
}
