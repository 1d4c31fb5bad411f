using Actors.Hosting.Configuration;

namespace Actors.Host.Running;

/// <summary>What to say of a role that a host does not have.</summary>
internal static class RoleNames
{
    public static string Unknown(HostPlan plan, string role) =>
        $"there is no role {role}{Nearest.Hint(role, plan.Roles.Select(known => known.Name))}; the host has {(plan.Roles.Count == 0 ? "none" : string.Join(", ", plan.Roles.Select(known => known.Name)))}";
}
