using System.Security.Cryptography;
using Actors.Hocon;
using Actors.Host.Grains;
using Actors.Hosting.Configuration;

namespace Actors.Host.Reload;

/// <summary>
/// The files with keys that a host reads once, when a role or its node starts, each with the hash of what was in it when its plan was read.
/// Lists of clients and of users are not among them: the sockets read those again by themselves.
/// </summary>
internal sealed class KeyFiles
{
    private static readonly string[] s_names = [SecurityKeys.KeyFile.Name, SecurityKeys.ServerKey.Name, ClusterKeys.SecretKeyFile.Name];

    // By the path of the key that names the file; null where it cannot be read.
    private readonly Dictionary<string, (string File, string? Hash)> _files = new(StringComparer.Ordinal);

    private KeyFiles()
    {
    }

    /// <summary>The full paths.</summary>
    public IEnumerable<string> Paths => _files.Values.Select(one => Path.GetFullPath(one.File));

    /// <summary>Those that a file names, as they are now.</summary>
    public static KeyFiles Of(ConfigFile file)
    {
        var found = new KeyFiles();
        found.Add(file.Root, "");
        return found;
    }

    /// <summary>The keys whose files have another content than they had before, each with its file. A key that names another file is not among them.</summary>
    public IEnumerable<(string Key, string File)> ChangedSince(KeyFiles before) =>
        _files.Where(now => before._files.TryGetValue(now.Key, out var old) && old.File == now.Value.File && old.Hash != now.Value.Hash).Select(now => (now.Key, now.Value.File));

    private void Add(ConfigObject section, string path)
    {
        foreach (var field in section.Fields)
        {
            var key = path.Length == 0 ? ConfigPath.Format(field.Name) : $"{path}.{ConfigPath.Format(field.Name)}";
            if (field.Value is ConfigObject below) Add(below, key);
            // A server key is the key itself, or a file that has it.
            else if (s_names.Contains(field.Name) && field.Value is ConfigScalar { IsNull: false } name && File.Exists(name.Text)) _files[key] = (name.Text, HashOf(name.Text));
        }
    }

    private static string? HashOf(string file)
    {
        try
        {
            return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
