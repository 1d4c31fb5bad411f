global using Origin = Actors.Hocon.Origin;

namespace Actors.Host.Configuration;

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
