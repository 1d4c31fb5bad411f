using System.CommandLine;

namespace Actors.Host.Commands.Options;

/// <summary>Options that several verbs have, so that they read and check alike.</summary>
internal static class CommonOptions
{
    /// <summary><c>--count</c>: how many messages; without it, there is no end.</summary>
    public static Option<long?> Count(string description)
    {
        var count = new Option<long?>("--count", "-n") { Description = description, HelpName = "N" };
        count.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.Tokens.Count == 0) return;
            if (result.GetValueOrDefault<long?>() is <= 0 and { } value) result.AddError($"--count is {value}: expected 1 or more");
        });
        return count;
    }

    /// <summary><c>--rate</c>: messages a second; without it, as fast as the peers take them.</summary>
    public static Option<double?> Rate(string description = "Messages a second. Default: as fast as the peers take them.")
    {
        var rate = new Option<double?>("--rate") { Description = description, HelpName = "N" };
        rate.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.Tokens.Count == 0) return;
            if (result.GetValueOrDefault<double?>() is { } value && !(value > 0 && double.IsFinite(value))) result.AddError($"--rate is {value}: expected messages a second, more than 0");
        });
        return rate;
    }

    /// <summary><c>--quiet</c>: no progress and no summary.</summary>
    public static Option<bool> Quiet() => new("--quiet", "-q") { Description = "Neither progress nor a summary on standard error." };
}
