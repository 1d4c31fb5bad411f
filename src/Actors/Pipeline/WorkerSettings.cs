using Actors.Transport;
using Akka.Actor;
using Akka.Routing;

namespace Actors;

/// <summary>How the pool of a <see cref="WorkerRole"/> shares out its tasks.</summary>
public enum WorkerPool
{
    /// <summary>To each worker in turn.</summary>
    RoundRobin,

    /// <summary>To the worker with the fewest tasks waiting.</summary>
    SmallestMailbox,

    /// <summary>To any worker.</summary>
    Random,
}

/// <summary>The settings of a <see cref="WorkerRole"/>.</summary>
public sealed record WorkerSettings : RoleSettings
{
    // Each is an actor with a mailbox, made when the role starts.
    private const int MostWorkers = 10_000;

    /// <summary>Where the tasks come from.</summary>
    public required SocketSettings Pull { get; init; }

    /// <summary>Where the results go.</summary>
    public required SocketSettings Push { get; init; }

    /// <summary>The number of workers that share the tasks, at most 10,000. Default 1.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>How the workers share the tasks. Default in turn.</summary>
    public WorkerPool Pool { get; init; } = WorkerPool.RoundRobin;

    /// <summary>
    /// The tasks in the workers' hands beyond which the pushers are held back. Default 1,000. An
    /// <see cref="AcknowledgedSettings.Credit"/> stands in its place.
    /// </summary>
    public int InboundWindow { get; init; } = 1000;

    /// <summary>
    /// The results that wait while no peer takes them. By default 1,000 wait, and while they do, no more tasks are taken. An
    /// acknowledged role bounds its results by <see cref="AcknowledgedSettings.Credit"/> instead.
    /// </summary>
    public OutboundSettings Outbound { get; init; } = new(1000, OverflowRule.Backpressure);

    /// <summary>Acknowledges a task when every result of it was acknowledged: docs/protocols/pipeline.md. Default null.</summary>
    public AcknowledgedSettings? Acknowledged { get; init; }

    internal SocketSpec PlainPullSocket => SocketOf(Pull, SocketKind.Pull, "pull");

    internal SocketSpec PlainPushSocket => SocketOf(Push, SocketKind.Push, "push");

    internal IEnumerable<SocketSpec> AcknowledgedPullSockets => AcknowledgedSettings.SocketsOf(SocketOf(Pull, SocketKind.Router, "pull"));

    internal IEnumerable<SocketSpec> AcknowledgedPushSockets => AcknowledgedSettings.SocketsOf(SocketOf(Push, SocketKind.Router, "push"));

    /// <inheritdoc/>
    public override RoleContract Contract => Acknowledged is null
        ? new RoleContract(
            $"each task goes to one of {Workers} handlers, and their results are pushed on; while results wait, no more tasks are taken",
            "tasks and results in this host when it dies; results that a peer was sent when that dies",
            "tasks that a handler failed on, results refused or dropped at a full queue, what its sockets held for a peer whose connection ended, or had received when they were closed")
        : new RoleContract(
            $"a task is acknowledged when every result of it was; each goes to one of {Workers} handlers",
            "nothing: what was in this host when it dies is sent again by its source, and may be worked on twice",
            "tasks received, repeats dropped, and of the results accepted = acknowledged + outstanding + dead-lettered");

    /// <inheritdoc/>
    public override void Validate()
    {
        PlainPullSocket.Validate("pull.");
        PlainPushSocket.Validate("push.");
        Outbound.Validate(Check);
        Check.AtLeast("workers", Workers, 1);
        Check.AtMost("workers", Workers, MostWorkers);
        Check.AtLeast("inbound-window", InboundWindow, 1);
        Acknowledged?.Validate(Check);
    }

    /// <summary>The workers as an Akka router.</summary>
    internal Props InPool(Props worker) => worker.WithRouter(Pool switch
    {
        WorkerPool.SmallestMailbox => new SmallestMailboxPool(Workers),
        WorkerPool.Random => new RandomPool(Workers),
        _ => (Pool)new RoundRobinPool(Workers),
    });
}
