using System.Diagnostics.CodeAnalysis;

namespace Akka.Configuration;

public static class ConfigExtensions
{
    /// <summary>Puts a fallback behind a configuration that may be null or empty.</summary>
    public static Config SafeWithFallback(this Config? config, Config? fallback) =>
        config is null || config.IsNullOrEmpty() ? fallback ?? Config.Empty
        : fallback.IsNullOrEmpty() || ReferenceEquals(config, fallback) ? config
        : config.WithFallback(fallback);

    public static bool IsNullOrEmpty([NotNullWhen(false)] this Config? config) => config is null || config.IsEmpty;
}
