using Akka;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;

namespace Actors.Grains.Clustering;

/// <summary>Makes an actor system a member of its cluster, from its joining to its end.</summary>
internal sealed class ClusterStart
{
    private readonly ActorSystem _system;
    private readonly Cluster _cluster;
    private readonly ILoggingAdapter _log;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ClusterEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ClusterStart(ActorSystem system)
    {
        _system = system;
        _cluster = Cluster.Get(system);
        _log = Logging.GetLogger(system, "cluster");
    }

    /// <summary>Done when this node is a member that is up; fails when the actor system ends before.</summary>
    public Task WhenReady => _ready.Task;

    /// <summary>Done when the actor system has ended, with the reason.</summary>
    public Task<ClusterEnd> WhenEnded => _ended.Task;

    /// <summary>Begins to join. The actor system was made with the configuration of <see cref="ClusterConfig.Of"/>.</summary>
    /// <param name="system">The actor system of the node.</param>
    /// <param name="settings">The settings that its configuration was made of.</param>
    /// <param name="ended">Told once, on any thread, why the node's membership ends, before the actor system ends; a program takes its exit code from it.</param>
    /// <exception cref="ClusterSettingsException">The actor system bears another name than the cluster.</exception>
    public static ClusterStart Join(ActorSystem system, ClusterSettings settings, Action<ClusterEnd>? ended = null)
    {
        if (settings.Name is { } name && name != system.Name)
            throw new ClusterSettingsException("name", $"is \"{name}\", but the actor system is called \"{system.Name}\": expected the same name on all nodes");
        var start = new ClusterStart(system);
        start.Begin(settings, ended);
        return start;
    }

    /// <summary>
    /// Leaves in order: shards are handed over, the others take note, and the actor system ends. Done when it has ended.
    /// A hand-over that takes longer than <see cref="ClusterSettings.HandOverTimeout"/> is cut short.
    /// </summary>
    public Task LeaveAsync() => CoordinatedShutdown.Get(_system).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);

    private void Begin(ClusterSettings settings, Action<ClusterEnd>? ended)
    {
        ((ExtendedActorSystem)_system).SystemActorOf(Props.Create(() => new MembershipLog()), "membership-log");
        ((ExtendedActorSystem)_system).SystemActorOf(Props.Create(() => new QuarantineWatch()), "quarantine-watch");
        CoordinatedShutdown.Get(_system).AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "grains-cluster-end", () =>
        {
            Ending(ended);
            return Task.FromResult(Done.Instance);
        });
        _system.WhenTerminated.ContinueWith(_ => Ended(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _cluster.RegisterOnMemberUp(() => _ready.TrySetResult());
        if (settings.Nodes == 1) _cluster.Join(_cluster.SelfAddress);
        else _cluster.JoinSeedNodes(settings.SeedNodes.Select(Address));
    }

    private Address Address(string seed)
    {
        var (host, port) = ClusterCheck.SeedNode(seed);
        return new Address(_cluster.SelfAddress.Protocol, _system.Name, host, port);
    }

    private ClusterEnd Reason => CoordinatedShutdown.Get(_system).ShutdownReason switch
    {
        CoordinatedShutdown.ClusterDowningReason => ClusterEnd.Downed,
        CoordinatedShutdown.ClusterJoinUnsuccessfulReason => ClusterEnd.NotJoined,
        _ => ClusterEnd.Left,
    };

    private void Ending(Action<ClusterEnd>? ended)
    {
        var reason = Reason;
        if (reason == ClusterEnd.Downed)
            _log.Error("{0}", $"This node, {_cluster.SelfAddress}, was shut out of the cluster and ends: the others could not reach it, or it could " +
                "not reach enough of them. Its grains are activated elsewhere. Start it again to have it join anew.");
        else if (reason == ClusterEnd.NotJoined)
            _log.Error("{0}", $"This node, {_cluster.SelfAddress}, was let in by no seed node and ends.");
        ended?.Invoke(reason);
    }

    private void Ended()
    {
        _ready.TrySetException(new InvalidOperationException($"The actor system {_system.Name} ended before it was a member of its cluster."));
        _ = _ready.Task.Exception;
        _ended.TrySetResult(Reason);
    }
}
