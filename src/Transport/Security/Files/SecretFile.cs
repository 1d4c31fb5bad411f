using System.Text;

namespace Actors.Transport;

/// <summary>Files that only their owner should read.</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Writes a file with mode 0600 beside the place and then moves it there, so that nobody ever sees a part of it.</summary>
    /// <exception cref="IOException">The file is there and is not to be overwritten, or it cannot be written.</exception>
    public static void Write(string path, string text, bool overwrite)
    {
        var beside = $"{path}.{Guid.NewGuid():N}.new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        try
        {
            using (var stream = new FileStream(beside, options))
            {
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Says that others may read or write the file; null where they may not, and where the system has no modes.</summary>
    public static string? Doubt(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path)) return null;
        var mode = File.GetUnixFileMode(path);
        return (mode & Others) == 0 ? null : $"names {path}, which has the mode {Convert.ToString((int)mode, 8).PadLeft(4, '0')}, so that others may use what is secret in it: expected 0600";
    }
}
