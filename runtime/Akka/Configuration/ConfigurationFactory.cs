using System.Reflection;
using System.Text.Json;
using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>Makes configurations from texts, resources and objects.</summary>
public class ConfigurationFactory
{
    private const string ReferenceResource = "Akka.Configuration.reference.conf";

    private static readonly Lazy<Config> Reference = new(static () => FromResource(ReferenceResource, typeof(ConfigurationFactory).Assembly));

    public static Config Empty => Config.Empty;

    /// <summary>Parses a HOCON text. Its substitutions see this text and environment variables.</summary>
    /// <exception cref="ConfigurationException">The text is not HOCON; the message says line, column, found and expected.</exception>
    public static Config ParseString(string hocon) => ParseString(hocon, null);

    /// <param name="hocon">The text.</param>
    /// <param name="includeCallback">Delivers what include statements name; null from it ignores a statement that is not <c>required</c>.</param>
    /// <inheritdoc cref="ParseString(string)"/>
    public static Config ParseString(string hocon, Func<string, HoconRoot?>? includeCallback) =>
        HoconTree.Parse(hocon, null, includeCallback);

    /// <summary>The configuration of the host application. Without an <c>app.config</c> section that is <see cref="Empty"/>.</summary>
    public static Config Load() => Empty;

    /// <summary>The settings of the library with their defaults.</summary>
    public static Config Default() => Reference.Value;

    /// <summary>Parses a resource of the assembly of <paramref name="instanceInAssembly"/> (an object, a type or an assembly).</summary>
    public static Config FromResource(string resourceName, object instanceInAssembly)
    {
        ArgumentNullException.ThrowIfNull(instanceInAssembly);
        return FromResource(resourceName, instanceInAssembly switch
        {
            Assembly assembly => assembly,
            Type type => type.Assembly,
            _ => instanceInAssembly.GetType().Assembly,
        });
    }

    public static Config FromResource<TAssembly>(string resourceName) => FromResource(resourceName, typeof(TAssembly).Assembly);

    /// <exception cref="ConfigurationException">There is no such resource; the message lists those that there are.</exception>
    public static Config FromResource(string resourceName, Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        ArgumentNullException.ThrowIfNull(assembly);
        using var stream = assembly.GetManifestResourceStream(resourceName)
            ?? throw new ConfigurationException(
                $"There is no resource '{resourceName}' in {assembly.GetName().Name}, expected one of: {string.Join(", ", assembly.GetManifestResourceNames())}");
        using var reader = new StreamReader(stream);
        return HoconTree.Parse(reader.ReadToEnd(), resourceName, null);
    }

    /// <summary>Makes a configuration with the public properties of an object.</summary>
    public static Config FromObject(object source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ParseString(JsonSerializer.Serialize(source, source.GetType()));
    }
}
