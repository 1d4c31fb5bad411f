global using Origin = Actors.Hocon.Origin;

namespace Actors.Hosting.Configuration;

/// <summary>One mistake in a configuration: where, which key, what is wrong and what was expected.</summary>
internal sealed record ConfigError(Origin Origin, string? Key, string Fault)
{
    public override string ToString() => Key is null ? $"{Origin}: {Fault}" : $"{Origin}: {Key}: {Fault}";
}

/// <summary>Something in a configuration that works, and is hardly what its author wanted.</summary>
/// <param name="Origin">Where it is.</param>
/// <param name="Key">Its key.</param>
/// <param name="Doubt">What is doubtful, and what would be clear.</param>
/// <param name="IsLogged">The start of a role logs the same by itself, so that only <c>check</c> says it.</param>
internal sealed record ConfigWarning(Origin Origin, string Key, string Doubt, bool IsLogged = false)
{
    public override string ToString() => $"{Origin}: warning: {Key}: {Doubt}";
}

/// <summary>What is found while a configuration is read. Reading goes on, so that everything is named at once.</summary>
internal sealed class Findings
{
    /// <summary>In the order in which they were found.</summary>
    public List<ConfigError> Errors { get; } = [];

    /// <summary>In the order in which they were found.</summary>
    public List<ConfigWarning> Warnings { get; } = [];
}

/// <summary>A configuration cannot be used; nothing has been started.</summary>
internal sealed class ConfigException(IReadOnlyList<ConfigError> errors, IReadOnlyList<ConfigWarning> warnings)
    : Exception(string.Join(Environment.NewLine, errors))
{
    public ConfigException(Origin origin, string? key, string fault)
        : this([new ConfigError(origin, key, fault)], [])
    {
    }

    /// <summary>At least one.</summary>
    public IReadOnlyList<ConfigError> Errors { get; } = errors;

    /// <summary>What was doubtful besides.</summary>
    public IReadOnlyList<ConfigWarning> Warnings { get; } = warnings;
}
