namespace Actors.Hosting.Configuration;

/// <summary>Tells whether a database can be made or opened at a path.</summary>
internal static class DatabaseFile
{
    /// <summary>What is wrong with the path and what was expected; null when nothing is.</summary>
    public static string? Fault(string file)
    {
        if (Directory.Exists(file)) return $"\"{file}\" is a folder: expected the path of a database";
        return Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder) ? $"\"{file}\" cannot be made: there is no folder {folder}" : null;
    }
}
