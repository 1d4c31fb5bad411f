namespace Actors.Hosting.Configuration;

/// <summary>Reads a file and the overrides of the command line to a plan.</summary>
internal static class HostConfiguration
{
    /// <param name="file">A path, relative to the working directory.</param>
    /// <param name="overrides">KEY=VALUE each.</param>
    /// <param name="roles">The roles to take; all when empty.</param>
    /// <param name="output">Where handlers and sources print.</param>
    /// <param name="part">What the program adds to the file; null for none.</param>
    /// <exception cref="ConfigException">There are mistakes; all of them are named, each with the file or the override that it is in.</exception>
    public static HostPlan Read(string file, IReadOnlyList<string> overrides, IReadOnlyList<string> roles, TextWriter output, ConfigurationPart? part = null)
    {
        try
        {
            return Plan(overrides);
        }
        catch (ConfigException mistakes) when (overrides.Count > 0 && mistakes.Errors.Any(error => !ConfigFile.IsOverride(error.Origin)))
        {
            // What the file alone does not have is a mistake of the command line, wherever it shows.
            var ofFile = MistakesWithout();
            throw new ConfigException([.. mistakes.Errors.Select(error => ofFile.Contains(error.Key ?? error.Fault) ? error : Blame(error))], mistakes.Warnings);
        }

        HostPlan Plan(IReadOnlyList<string> assignments) => PlanReader.Read(ConfigFile.Load(file, assignments), roles, output, part: part);

        HashSet<string> MistakesWithout()
        {
            try
            {
                Plan([]);
                return [];
            }
            catch (ConfigException mistakes)
            {
                return [.. mistakes.Errors.Select(error => error.Key ?? error.Fault)];
            }
        }

        ConfigError Blame(ConfigError error) => ConfigFile.IsOverride(error.Origin) || error.Origin.Source == "--role"
            ? error
            : error with { Origin = new Origin(ConfigFile.Named(overrides.MaxBy(one => Common(one, error.Key ?? ""))!), 0) };
    }

    private static int Common(string assignment, string key) => assignment.AsSpan().CommonPrefixLength(key);
}
