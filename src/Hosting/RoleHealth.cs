using Akka.Actor;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Actors.Hosting;

/// <summary>What the health checks answer. The data of each result has the condition of every role, under its name.</summary>
internal static class RoleHealth
{
    /// <summary>Whether every role can do its work.</summary>
    public static HealthCheckResult Readiness(ZeroMqRoles roles)
    {
        var all = roles.All;
        if (roles.IsStopping) return HealthCheckResult.Unhealthy("the roles are being stopped", data: DataOf(all));
        var unready = all.Where(role => role.Condition != RoleCondition.Ready).ToList();
        return unready.Count == 0
            ? HealthCheckResult.Healthy($"{all.Count} roles are ready", DataOf(all))
            : HealthCheckResult.Unhealthy($"not ready: {Named(unready)}", data: DataOf(all));
    }

    /// <summary>Whether the actor system runs and no role has given up.</summary>
    public static HealthCheckResult Liveness(ActorSystem system, ZeroMqRoles roles)
    {
        var all = roles.All;
        if (system.WhenTerminated.IsCompleted) return HealthCheckResult.Unhealthy($"the actor system {system.Name} has ended", data: DataOf(all));
        var ended = roles.IsStopping ? [] : all.Where(role => role.Condition == RoleCondition.Stopped).ToList();
        return ended.Count == 0
            ? HealthCheckResult.Healthy($"{all.Count} roles run", DataOf(all))
            : HealthCheckResult.Unhealthy($"stopped: {Named(ended)}", data: DataOf(all));
    }

    private static string Named(IEnumerable<HostedRole> roles) => string.Join("; ", roles.Select(role => $"{role.Name} ({role.Reason})"));

    private static Dictionary<string, object> DataOf(IEnumerable<HostedRole> roles) =>
        roles.ToDictionary(role => role.Name, role => (object)(role.Reason is null ? $"{role.Condition}" : $"{role.Condition}: {role.Reason}"));
}
