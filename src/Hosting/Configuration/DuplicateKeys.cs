using Actors.Hocon;

namespace Actors.Hosting.Configuration;

/// <summary>
/// Notes a warning for each key that one file sets twice, and for each role, and section of a role, that it has twice. What
/// an include or the command line sets is meant to be replaced.
/// </summary>
internal sealed class DuplicateKeys(ConfigFile file, Findings findings)
{
    public void Note() => Note(file.Root, [], inRoles: false);

    private void Note(ConfigObject section, IReadOnlyList<string> path, bool inRoles)
    {
        foreach (var field in section.Fields)
        {
            IReadOnlyList<string> key = [.. path, field.Name];
            if (field.Overrode is { } before && IsSameFile(before, field.Origin))
                Warn(field, key, $"is set a second time; this value takes the place of that of {before}: expected each key once");
            else if (inRoles && field.Merged is { } first && IsSameFile(first, field.Origin))
                Warn(field, key, $"is there a second time, and is merged with that of {first}: expected one section");
            if (field.Value is ConfigObject below) Note(below, key, inRoles || (path.Count == 0 && field.Name == Keys.Roles.Name));
        }
    }

    private void Warn(ConfigField field, IReadOnlyList<string> key, string doubt) =>
        findings.Warnings.Add(new ConfigWarning(field.Origin, ConfigPath.Format(key), doubt));

    private static bool IsSameFile(Origin one, Origin other) => one.Source == other.Source && one.Line > 0 && one != other;
}
