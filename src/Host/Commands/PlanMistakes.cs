using Actors.Hocon;
using Actors.Hosting.Configuration;

namespace Actors.Host.Commands;

/// <summary>Where the mistakes of a file are said.</summary>
internal interface IPlanMistakes
{
    /// <summary>Something works, and is hardly what the author of the file wanted.</summary>
    void Warning(ConfigWarning warning);

    /// <summary>Something is wrong, so that nothing starts.</summary>
    void Error(ConfigError error);
}

/// <summary>A line each.</summary>
internal sealed class MistakeLines(TextWriter errors) : IPlanMistakes
{
    public void Warning(ConfigWarning warning) => errors.WriteLine(warning);

    public void Error(ConfigError error) => errors.WriteLine(error);
}

/// <summary>A mistake or a doubt in JSON.</summary>
/// <param name="File">The file, the option of the command line or the variable that it is in; null for text without a name.</param>
/// <param name="Line">From 1; null where there are no lines.</param>
/// <param name="Column">From 1; null where it is not known.</param>
/// <param name="Key">The key; null where it is about none.</param>
/// <param name="Message">What is wrong and what was expected.</param>
internal sealed record PlanMistake(string? File, int? Line, int? Column, string? Key, string Message)
{
    public static PlanMistake Of(ConfigError error) => Of(error.Origin, error.Key, error.Fault);

    public static PlanMistake Of(ConfigWarning warning) => Of(warning.Origin, warning.Key, warning.Doubt);

    private static PlanMistake Of(Origin at, string? key, string message) => new(at.Source, at.Line > 0 ? at.Line : null, at.Column > 0 ? at.Column : null, key, message);
}
