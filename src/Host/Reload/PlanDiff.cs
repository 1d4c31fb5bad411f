using Actors.Hocon;
using Actors.Hosting.Configuration;

namespace Actors.Host.Reload;

/// <summary>How a plan differs from another.</summary>
/// <param name="Refused">What only a new start can change: a sentence each, with file, line and key.</param>
/// <param name="Changed">Roles that both have, and that are configured otherwise.</param>
/// <param name="Added">Roles that only the new one has.</param>
/// <param name="Removed">Roles that only the old one has.</param>
/// <param name="Settings">Keys of the host that differ and that hold at once.</param>
internal sealed record PlanDiff(IReadOnlyList<string> Refused, IReadOnlyList<string> Changed, IReadOnlyList<string> Added, IReadOnlyList<string> Removed, IReadOnlyList<string> Settings)
{
    // A key below host that is not here belongs to what is made once, at the start.
    private static readonly Key[] s_atOnce = [Keys.StartTimeout, Keys.ReadyTimeout, Keys.StopTimeout, Keys.StopWhenDone];

    /// <summary>Roles that are configured alike and whose key files have another content, each with those files.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Rekeyed { get; private init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Key files that have another content, and that only a new start of the host reads again: a sentence each.</summary>
    public IReadOnlyList<string> Unread { get; private init; } = [];

    /// <summary>The roles to restart.</summary>
    public IReadOnlyList<string> Restarted => [.. Changed, .. Rekeyed.Keys];

    /// <param name="old">The plan in force.</param>
    /// <param name="oldKeys">What was in its key files when they were read.</param>
    /// <param name="now">The plan to come.</param>
    /// <param name="keys">What is in its key files.</param>
    public static PlanDiff Of(HostPlan old, KeyFiles oldKeys, HostPlan now, KeyFiles keys)
    {
        var diff = Of(old, now);
        var files = keys.ChangedSince(oldKeys).ToList();
        var unchanged = old.Roles.Select(role => role.Name).Intersect(now.Roles.Select(role => role.Name)).Except(diff.Changed);
        return diff with
        {
            Rekeyed = unchanged
                .Select(role => (Role: role, Files: (IReadOnlyList<string>)[.. files.Where(one => IsBelow(one.Key, ConfigPath.Format(Keys.Roles.Name, role))).Select(one => one.File).Distinct()]))
                .Where(role => role.Files.Count > 0)
                .ToDictionary(role => role.Role, role => role.Files),
            Unread =
            [
                .. files.Where(one => !IsBelow(one.Key, Keys.Roles.Name) && !IsBelow(one.Key, Keys.Variables.Name))
                    .Select(one => $"{now.File.OriginOf(one.Key)}: warning: {one.Key}: the content of {one.File} has changed, which only a new start of the host can bring into force"),
            ],
        };
    }

    public static PlanDiff Of(HostPlan old, HostPlan now)
    {
        var (before, after) = (old.Roles.Select(role => role.Name).ToList(), now.Roles.Select(role => role.Name).ToList());
        return new PlanDiff(
            [.. Refusals(old.File, now.File)],
            [.. before.Intersect(after).Where(role => Differ(old.File, now.File, ConfigPath.Format(Keys.Roles.Name, role)))],
            [.. after.Except(before)],
            [.. before.Except(after)],
            [.. s_atOnce.Select(key => $"{Keys.Host.Name}.{key.Name}").Where(key => Differ(old.File, now.File, key))]);
    }

    private static bool IsBelow(string key, string section) => key.StartsWith($"{section}.", StringComparison.Ordinal);

    private static IEnumerable<string> Refusals(ConfigFile old, ConfigFile now)
    {
        var host = Names(old, Keys.Host.Name).Union(Names(now, Keys.Host.Name)).Except(s_atOnce.Select(key => key.Name)).Select(name => ConfigPath.Format(Keys.Host.Name, name));
        // What is neither a role nor a variable is of the actor system or of its node.
        var sections = Names(old, null).Union(Names(now, null)).Except([Keys.Host.Name, Keys.Roles.Name, Keys.Variables.Name]);
        foreach (var path in sections.Select(name => ConfigPath.Format(name)).Concat(host))
        {
            foreach (var key in Differences(old.Root.FieldAt(path)?.Value, now.Root.FieldAt(path)?.Value, path))
                yield return $"{(now.Root.FieldAt(key) is null ? old : now).OriginOf(key)}: {key}: has changed, which only a new start of the host can bring into force";
        }
    }

    private static IEnumerable<string> Names(ConfigFile file, string? section) =>
        (section is null ? file.Root : file.Root.FieldAt(section)?.Value as ConfigObject)?.Fields.Where(field => !field.Value.IsNull).Select(field => field.Name) ?? [];

    private static bool Differ(ConfigFile old, ConfigFile now, string path) => Differences(old.Root.FieldAt(path)?.Value, now.Root.FieldAt(path)?.Value, path).Any();

    /// <summary>The paths of the values that differ. The order of keys does not count, and null is as good as absent.</summary>
    private static IEnumerable<string> Differences(ConfigValue? old, ConfigValue? now, string path)
    {
        if (old is { IsNull: true }) old = null;
        if (now is { IsNull: true }) now = null;
        switch (old, now)
        {
            case (null, null):
                break;
            case (ConfigObject before, ConfigObject after):
                foreach (var name in before.Fields.Select(field => field.Name).Union(after.Fields.Select(field => field.Name)))
                    foreach (var key in Differences(before.Field(name)?.Value, after.Field(name)?.Value, $"{path}.{ConfigPath.Format(name)}"))
                        yield return key;
                break;
            case (ConfigArray before, ConfigArray after) when before.Items.Count == after.Items.Count:
                if (before.Items.Zip(after.Items).Any(pair => Differences(pair.First, pair.Second, path).Any())) yield return path;
                break;
            case (ConfigScalar before, ConfigScalar after) when before.Text == after.Text:
                break;
            default:
                yield return path;
                break;
        }
    }
}
