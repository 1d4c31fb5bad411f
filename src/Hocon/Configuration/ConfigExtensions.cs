using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Actors.Hocon;

public static class ConfigExtensions
{
    /// <summary>Puts a fallback behind a configuration that may be null or empty.</summary>
    public static Config SafeWithFallback(this Config? config, Config? fallback) =>
        config is null || config.IsEmpty ? fallback ?? Config.Empty
        : fallback.IsNullOrEmpty() || ReferenceEquals(config, fallback) ? config
        : config.WithFallback(fallback);

    public static bool IsNullOrEmpty([NotNullWhen(false)] this Config? config) => config is null || config.IsEmpty;
}

public static class DebuggingExtensions
{
    /// <summary>The configuration and, one by one, what is behind it.</summary>
    public static string DumpConfig(this Config c, bool dumpAsFallbacks = true)
    {
        ArgumentNullException.ThrowIfNull(c);
        if (!dumpAsFallbacks)
        {
            return c.ToString(true);
        }

        var text = new StringBuilder("------------\n").Append(c.ToString(false)).Append('\n');
        for (var i = 0; i < c.Fallbacks.Count; i++)
        {
            text.Append("------------ fallback ").Append(i + 1).Append('\n').Append(new HoconRoot(c.Fallbacks[i])).Append('\n');
        }

        return text.Append("------------").ToString();
    }
}
