namespace Actors.Remoting.Settings;

/// <summary>Reads a file with a secret key of CURVE: a line <c>secret-key = "..."</c>, or nothing but the key and comments.</summary>
internal static class SecretKeyFile
{
    private const string Name = "secret-key";

    /// <exception cref="Akka.Configuration.ConfigurationException">The file cannot be read, or has no key.</exception>
    public static string Read(SettingCheck check, string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw check.Fault("curve.secret-key-file", $"is \"{path}\", which cannot be read ({error.Message})", "a file with a secret key, or curve.secret-key");
        }
        string? bare = null;
        foreach (var line in lines.Select(line => line.Trim()))
        {
            if (line.StartsWith(Name, StringComparison.Ordinal) && line[Name.Length..].TrimStart() is ['=', .. var value]) return value.Trim().Trim('"');
            if (line.Length > 0 && line[0] != '#') bare ??= line;
        }
        return bare ?? throw check.Fault("curve.secret-key-file", $"is \"{path}\", which has no key", $"a line {Name} = \"...\", or the key alone");
    }
}
