using System.Globalization;
using Actors.Host.Control;

namespace Actors.Host.Reload;

/// <summary>Says what a reload or a drain has done, a line each.</summary>
internal static class ReloadText
{
    /// <summary>The lines of a reload.</summary>
    public static IEnumerable<string> Lines(ReloadReport done)
    {
        foreach (var warning in done.Warnings ?? []) yield return warning;
        if (done.Removed.Count > 0) yield return $"removed: {string.Join(", ", done.Removed)}";
        var rekeyed = done.KeyFiles ?? new Dictionary<string, IReadOnlyList<string>>();
        var reconfigured = done.Restarted.Where(role => !rekeyed.ContainsKey(role)).ToList();
        if (reconfigured.Count > 0) yield return $"restarted, because their configuration has changed: {string.Join(", ", reconfigured)}";
        foreach (var (role, files) in rekeyed) yield return $"restarted, because the content of {string.Join(" and ", files)} has changed: {role}";
        if (done.Started.Count > 0) yield return $"started: {string.Join(", ", done.Started)}";
        if (done.Settings is { Count: > 0 } settings) yield return $"in force from now on: {string.Join(", ", settings)}";
        if (done.Unchanged.Count > 0) yield return $"unchanged: {string.Join(", ", done.Unchanged)}";
        foreach (var role in done.Drained.Where(role => IsLoss(role))) yield return Line(role);
        foreach (var (role, cause) in done.Failures ?? new Dictionary<string, string>()) yield return $"{role}: not open: {cause}";
    }

    /// <summary>What became of a role that was drained.</summary>
    public static string Line(DrainReport role)
    {
        var time = string.Create(CultureInfo.InvariantCulture, $"{role.Milliseconds} ms");
        if (role.Failure is { } failure) return $"{role.Role}: {failure}";
        if (role.Undelivered > 0) return string.Create(CultureInfo.InvariantCulture, $"{role.Role}: has stopped; {role.Undelivered} messages were not delivered within {time}");
        return role.MayHaveUnread ? $"{role.Role}: has stopped; not known to have worked on all that its peers had sent within {time}" : $"{role.Role}: has drained within {time}, and stopped";
    }

    /// <summary>Whether something was lost, or may be.</summary>
    public static bool IsLoss(DrainReport role) => role.Undelivered > 0 || role.MayHaveUnread || role.Failure is not null;
}
