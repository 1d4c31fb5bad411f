namespace Actors.Host.Configuration;

/// <summary>Where something stands in a configuration file, or on the command line.</summary>
/// <param name="File">As the user named it; <c>--set</c> for the command line.</param>
/// <param name="Line">Counted from 1; 0 where a line makes no sense.</param>
internal sealed record Origin(string File, int Line)
{
    public override string ToString() => Line > 0 ? $"{File}:{Line}" : File;
}

/// <summary>One mistake in a configuration: where, which key, what is wrong and what was expected.</summary>
internal sealed record ConfigError(Origin Origin, string? Key, string Fault)
{
    public override string ToString() => Key is null ? $"{Origin}: {Fault}" : $"{Origin}: {Key}: {Fault}";
}

/// <summary>A configuration cannot be used; nothing has been started.</summary>
internal sealed class ConfigException(IReadOnlyList<ConfigError> errors)
    : Exception(string.Join(Environment.NewLine, errors))
{
    public ConfigException(Origin origin, string? key, string fault)
        : this([new ConfigError(origin, key, fault)])
    {
    }

    /// <summary>At least one.</summary>
    public IReadOnlyList<ConfigError> Errors { get; } = errors;
}
