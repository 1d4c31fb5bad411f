using Actors.Hosting;
using Actors.Hosting.Configuration;
using Actors.Hosting.Sources;
using Actors.Host.Control;
using Akka.Actor;

namespace Actors.Host.Running;

/// <summary>To the host actor: stop, delivering what waits.</summary>
internal sealed record StopHost
{
    public static StopHost Instance { get; } = new();
}

/// <summary>To the host actor: stop, and wait for nothing.</summary>
internal sealed record StopHostNow
{
    public static StopHostNow Instance { get; } = new();
}

/// <summary>All roles are ready and all sources run.</summary>
internal sealed record HostStarted;

/// <summary>A role could not open its sockets, or what comes before the roles did not start; nothing goes on.</summary>
/// <param name="Role">Null for what comes before the roles.</param>
/// <param name="Cause">Why.</param>
internal sealed record HostStartFailed(string? Role, Exception Cause);

/// <summary>The host has ended.</summary>
/// <param name="Undelivered">The roles whose messages no peer took in time.</param>
/// <param name="Unexpected">Whether it ended because every role had stopped by itself.</param>
internal sealed record HostEnded(IReadOnlyList<RoleStatus> Undelivered, bool Unexpected)
{
    /// <summary>The plan in force at the end; null when the actor system ended by itself.</summary>
    public HostPlan? Plan { get; init; }

    /// <summary>Whose requests did not all end in a reply: of a host that stops when its sources have ended all, otherwise those in flight when it stopped.</summary>
    public IReadOnlyList<RequestsFailed> FailedRequests { get; init; } = [];
}

/// <summary>To the host actor: have this role drain and stop. Answered by <see cref="RolesChanged"/>.</summary>
internal sealed record DrainRoleOfHost(string Role);

/// <summary>To the host actor: from now on this plan is in force. Answered by <see cref="RolesChanged"/>.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Leaving">The names of the roles to stop: those that the plan does not have, and those that it has otherwise.</param>
internal sealed record ApplyPlan(HostPlan Plan, IReadOnlySet<string> Leaving);

/// <summary>The roles have been changed, or nothing has.</summary>
/// <param name="Drained">The roles that have stopped.</param>
/// <param name="Started">The roles that have been started, each with the cause why it is not open, or null.</param>
internal sealed record RolesChanged(IReadOnlyList<DrainReport> Drained, IReadOnlyDictionary<string, string?> Started)
{
    /// <summary>Why nothing was changed; null when it was.</summary>
    public ControlError? Refusal { get; init; }

    public static RolesChanged Refused(string code, string message) => new([], new Dictionary<string, string?>()) { Refusal = new ControlError(code, message) };
}

/// <summary>Between the host actor and its <see cref="RoleChange"/>: start a role, whose actor <see cref="RoleStartedAnew"/> tells.</summary>
internal sealed record StartRoleAnew(RolePlan Plan);

/// <summary>The host actor to its <see cref="RoleChange"/>.</summary>
internal sealed record RoleStartedAnew(RolePlan Plan, IActorRef Role);

/// <summary>The host actor to its <see cref="RoleChange"/>: a role that leaves has ended, and its name is free.</summary>
internal sealed record RoleLeft(IActorRef Role);

/// <summary>A <see cref="RoleChange"/> to the host actor: start the sources of these roles.</summary>
internal sealed record StartSourcesOf(IReadOnlyList<IActorRef> Roles);
