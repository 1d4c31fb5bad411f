using Actors.Grains.Clustering;
using Actors.Grains.Reminders;
using Akka.Actor;

namespace Actors.Grains.Runtime;

/// <summary>Starts and stops the grains of a node.</summary>
internal static class GrainsStart
{
    private static readonly TimeSpan s_callLook = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_activationLook = TimeSpan.FromSeconds(1);

    /// <summary>Ends when the node has joined its cluster and its regions take calls.</summary>
    /// <param name="system">The actor system, made with <see cref="GrainsConfig"/>.</param>
    /// <param name="settings">What the node hosts.</param>
    /// <param name="services">Where grains have their services from.</param>
    /// <param name="ended">See <see cref="ClusterStart.Join"/>.</param>
    /// <exception cref="GrainStoreException">The store cannot be opened.</exception>
    public static async Task<GrainRuntime> Run(ActorSystem system, GrainSettings settings, IServiceProvider services, Action<ClusterEnd>? ended = null)
    {
        var runtime = new GrainRuntime(system, settings, services);
        await runtime.Store.OpenAsync(CancellationToken.None);
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterShutdown, "grain-calls", () =>
        {
            runtime.Stop();
            return Task.FromResult(Akka.Done.Instance);
        });
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "grain-store", async () =>
        {
            await runtime.Store.DisposeAsync();
            return Akka.Done.Instance;
        });
        var cluster = ClusterStart.Join(system, settings.Cluster, ended);
        GrainRegions.StartHosts(runtime);
        await cluster.WhenReady;
        if (settings.HasReminders) ReminderDaemon.Start(runtime);
        Clock(runtime, s_callLook, runtime.LookAtCalls);
        Clock(runtime, s_activationLook, runtime.LookAtActivations);
        return runtime;
    }

    /// <summary>Looks again and again, until the node stops. A look that takes long does not meet the next.</summary>
    private static void Clock(GrainRuntime runtime, TimeSpan every, Action look)
    {
        var busy = 0;
        var timer = runtime.Time.CreateTimer(
            _ =>
            {
                if (Interlocked.Exchange(ref busy, 1) == 1) return;
                try
                {
                    look();
                }
                catch (Exception failure)
                {
                    // A fault at one call must not end the process, nor the others' clock.
                    runtime.Log.LookFailed(failure);
                }
                Volatile.Write(ref busy, 0);
            },
            null,
            every,
            every);
        runtime.Stopping.Register(timer.Dispose);
    }
}
