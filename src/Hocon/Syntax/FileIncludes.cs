namespace Actors.Hocon.Syntax;

/// <summary>
/// Include statements of files: a relative name is looked for beside the file that says it. A name that does not say
/// file(...) may leave out its extension: what is there of name.json and name.conf is taken, the latter over the former.
/// </summary>
internal static class FileIncludes
{
    public static IncludedText? Resolve(IncludeStatement statement, string? including)
    {
        if (statement.Type != HoconCallbackType.File)
        {
            throw new NotSupportedException($"a file can include only files, found {statement.Type.ToString().ToLowerInvariant()}(\"{statement.Name}\")");
        }

        var path = Path.GetFullPath(statement.Name, Path.GetDirectoryName(including) is { Length: > 0 } folder ? folder : Environment.CurrentDirectory);
        if (File.Exists(path))
        {
            return Read(path);
        }

        if (!statement.IsHeuristic || Path.HasExtension(path))
        {
            return null;
        }

        var found = Array.FindAll([path + ".json", path + ".conf"], File.Exists);
        return found.Length switch
        {
            0 => null,
            1 => Read(found[0]),

            // The two files are read as if a text included one after the other.
            _ => new IncludedText(path, path, $"include file({Quoting.Quote(found[0])})\ninclude file({Quoting.Quote(found[1])})"),
        };
    }

    private static IncludedText Read(string path) => new(path, path, File.ReadAllText(path));
}
