using Actors.Hosting.Configuration;
using Akka.Actor;

namespace Actors.Host.Status;

/// <summary>To the status actor: the host has come to another state.</summary>
internal sealed record HostStateChanged(HostState State);

/// <summary>To the status actor: these are the roles of the host, in this order; those of others are forgotten.</summary>
internal sealed record PlanInForce(HostPlan Plan);

/// <summary>To the status actor: the role was started.</summary>
internal sealed record RoleStarted(RolePlan Plan, IActorRef Role);

/// <summary>To the status actor: the role was asked to drain.</summary>
internal sealed record RoleDraining(IActorRef Role);

/// <summary>To the status actor: answer with a <see cref="CollectedStatus"/>.</summary>
internal sealed record CollectStatus
{
    public static CollectStatus Instance { get; } = new();
}

/// <summary>To the status actor: answer with a <see cref="CollectedStatus"/> when it knows the endpoints of each role that is open.</summary>
internal sealed record CollectOpenStatus
{
    public static CollectOpenStatus Instance { get; } = new();
}

/// <summary>What the status actor knows.</summary>
internal sealed record CollectedStatus(HostState State, IReadOnlyList<RoleReport> Roles);
