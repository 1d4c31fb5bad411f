using Actors.Hocon;

namespace Actors.Hosting.Configuration;

/// <summary>A configuration file with its includes and the overrides of the command line. Each key and value knows its origin.</summary>
internal sealed class ConfigFile
{
    private const string CommandLine = "--set";

    private static readonly string[] s_secrets = [SecurityKeys.Password.Name, "secret-key"];

    private ConfigFile(string file, ConfigObject root)
    {
        File = file;
        Root = root;
    }

    /// <summary>The file as the user named it.</summary>
    public string File { get; }

    /// <summary>Everything, substitutions resolved.</summary>
    public ConfigObject Root { get; }

    /// <summary>Reads and parses.</summary>
    /// <param name="file">A path, relative to the working directory.</param>
    /// <param name="overrides">KEY=VALUE each, set over the file in this order.</param>
    /// <exception cref="ConfigException">A file is missing or is not HOCON, or an override is malformed.</exception>
    public static ConfigFile Load(string file, IReadOnlyList<string> overrides)
    {
        if (file.Length == 0) throw new ConfigException(new Origin("file", 0), null, "is an empty name: expected the path of a HOCON file");
        try
        {
            var document = new HoconDocument().AddFile(file);
            foreach (var assignment in overrides) Override(document, assignment);
            return new ConfigFile(file, document.ResolveObject());
        }
        catch (HoconFormatException mistake)
        {
            throw new ConfigException(mistake.Origin, null, mistake.Fault);
        }
    }

    /// <summary>A document that is in no file.</summary>
    /// <param name="document">Its parts.</param>
    /// <param name="name">What it is called in errors.</param>
    /// <exception cref="ConfigException">A substitution cannot be resolved.</exception>
    public static ConfigFile Of(HoconDocument document, string name)
    {
        try
        {
            return new ConfigFile(name, document.ResolveObject());
        }
        catch (HoconFormatException mistake)
        {
            throw new ConfigException(mistake.Origin, null, mistake.Fault);
        }
    }

    /// <summary>Where the key was last set; for an absent key, where the nearest section around it was.</summary>
    public Origin OriginOf(string key) => Root.OriginOf(key);

    /// <summary>The texts that the key holds, alone or in a list; none where it holds anything else.</summary>
    public IReadOnlyList<string> Texts(string key) => Root.FieldAt(key) is { Value.IsNull: false } field && KeyType.Texts.Read(field.Value, out var texts) ? texts : [];

    /// <summary>Whether a place is on the command line.</summary>
    public static bool IsOverride(Origin origin) => origin.Source?.StartsWith(CommandLine, StringComparison.Ordinal) == true && origin.Line == 0;

    /// <summary>How an override is named in an origin: without the value, where that is or has a password or a key.</summary>
    public static string Named(string assignment) =>
        s_secrets.Any(secret => assignment.Contains(secret, StringComparison.OrdinalIgnoreCase)) ? $"{CommandLine} {assignment.Split('=')[0]}=..." : $"{CommandLine} {assignment}";

    private static void Override(HoconDocument document, string assignment)
    {
        var cut = assignment.IndexOf('=', StringComparison.Ordinal);
        if (cut <= 0) throw new ConfigException(new Origin(CommandLine, 0), null, $"\"{assignment}\" is not an override: expected KEY=VALUE");
        var value = assignment[(cut + 1)..].Trim();
        // Words such as tcp://*:5555 need quotes in HOCON; lists, objects, quoted strings and null are HOCON already.
        var isHocon = value == "null" || value.StartsWith('[') || value.StartsWith('{') || value.StartsWith('"');
        document.Set(assignment[..cut].Trim(), isHocon ? value : HoconWriter.Quote(value), Named(assignment));
    }
}
