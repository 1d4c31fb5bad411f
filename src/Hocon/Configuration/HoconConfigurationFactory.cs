using System.Reflection;
using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>Makes configurations from texts, files and resources.</summary>
public static class HoconConfigurationFactory
{
    public static Config Empty => Config.Empty;

    /// <inheritdoc cref="HoconParser.Parse"/>
    public static Config ParseString(string hocon) => new(HoconParser.Parse(hocon));

    /// <inheritdoc cref="HoconParser.Parse"/>
    public static Config ParseString(string hocon, HoconIncludeCallbackAsync? includeCallback) => new(HoconParser.Parse(hocon, includeCallback));

    /// <summary>
    /// Parses a file. It may include other files, by names relative to itself; an include of a file that is not there is
    /// ignored, as HOCON has it, unless it says <c>required(...)</c>.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <inheritdoc cref="HoconParser.Parse"/>
    public static Config FromFile(string filePath)
    {
        ArgumentNullException.ThrowIfNull(filePath);
        return new Config(ModelTree.ToRoot(HoconDocument.Parse(File.ReadAllText(filePath), filePath, FileIncludes.Resolve, Path.GetFullPath(filePath))));
    }

    /// <summary>The configuration of the host application: <c>app.conf</c> or <c>app.hocon</c> beside the program, or else <see cref="Empty"/>.</summary>
    public static Config Load() => Default();

    /// <inheritdoc cref="Load"/>
    public static Config Default()
    {
        string[] candidates = [Path.Combine(AppContext.BaseDirectory, "app.conf"), Path.Combine(AppContext.BaseDirectory, "app.hocon")];
        return Array.Find(candidates, File.Exists) is { } found ? FromFile(found) : Empty;
    }

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
        return new Config(ModelTree.ToRoot(HoconDocument.Parse(reader.ReadToEnd(), resourceName)));
    }
}
