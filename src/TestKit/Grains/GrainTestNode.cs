using Actors.Grains;
using Actors.Grains.Runtime;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using Akka.Remote;
using Akka.Remote.Transport;

namespace Actors.TestKit;

/// <summary>A node of a <see cref="GrainTestCluster"/>.</summary>
public sealed class GrainTestNode
{
    /// <summary>
    /// A node leaves in order only when it is asked to; the adapter lets the test cut connections; and a machine that is busy with
    /// other tests loses no node, and takes what it loses by one cut for one loss.
    /// </summary>
    private static readonly Config s_config = ConfigurationFactory.ParseString("""
        akka.loglevel = WARNING
        akka.stdout-loglevel = OFF
        akka.log-dead-letters = off
        akka.coordinated-shutdown.run-by-actor-system-terminate = off
        akka.coordinated-shutdown.run-by-clr-shutdown-hook = off
        akka.remote.zmq.applied-adapters = ["trttl"]
        akka.cluster.failure-detector.acceptable-heartbeat-pause = 10 s
        akka.cluster.failure-detector.expected-response-after = 5 s
        akka.cluster.split-brain-resolver.stable-after = 3 s
        """);

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly GrainRuntime _runtime;

    private GrainTestNode(GrainRuntime runtime) => _runtime = runtime;

    /// <summary>The node's actor system.</summary>
    public ActorSystem System => _runtime.System;

    /// <summary>The grains, called from this node.</summary>
    public IGrains Grains => _runtime;

    /// <summary>The number of activations on this node.</summary>
    public int Activations => _runtime.Hosts.Sum(host => host.Activations);

    /// <summary>Whether a grain is active on this node.</summary>
    public bool IsActive(string kind, string key) => _runtime.FindRoute(kind)?.Host?.Find(key) is not null;

    internal static async Task<GrainTestNode> StartAsync(GrainSettings settings, Config akka, string name, IServiceProvider services)
    {
        var config = akka.WithFallback(s_config).WithFallback(ConfigurationFactory.ParseString(GrainsConfig.Of(settings)));
        var system = ActorSystem.Create(name, config);
        return new GrainTestNode(await GrainsStart.Run(system, settings, services).ConfigureAwait(false));
    }

    /// <summary>Done when the coordinator of each kind knows the regions of so many nodes; it does not tell when, so it is asked.</summary>
    internal async Task TakesShardsAsync(int nodes)
    {
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        foreach (var host in _runtime.Hosts)
        {
            while ((await host.Route.Region.Ask<CurrentRegions>(GetCurrentRegions.Instance, s_patience).ConfigureAwait(false)).Regions.Count < nodes)
                await looks.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }

    internal Task StopAsync() => CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);

    internal async Task KillAsync()
    {
        _runtime.Stop();
        await System.Terminate().ConfigureAwait(false);
    }

    /// <summary>Tells this node that another has gone for good, as its failure detector would after a while.</summary>
    internal void Down(GrainTestNode other) => Cluster.Get(System).Down(Cluster.Get(other.System).SelfAddress);

    internal Task CutAsync(GrainTestNode other, bool isCut)
    {
        var mode = isCut ? (ThrottleMode)Blackhole.Instance : Unthrottled.Instance;
        return ((IRemoteActorRefProvider)((ExtendedActorSystem)System).Provider).Transport.ManagementCommand(
            new SetThrottle(Cluster.Get(other.System).SelfAddress, ThrottleTransportAdapter.Direction.Both, mode));
    }
}
