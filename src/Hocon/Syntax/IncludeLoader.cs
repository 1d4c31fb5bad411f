namespace Actors.Hocon.Syntax;

/// <summary>Reads and parses files and what they include, and refuses files that include each other.</summary>
internal sealed class IncludeLoader(Func<string, string?> readFile)
{
    private readonly List<FileName> _open = [];
    private int _followed;

    /// <summary>Parses a file that is no include.</summary>
    /// <returns>The target, or the array that the file is.</returns>
    public Node LoadMain(string path, ObjectNode target)
    {
        var file = new FileName(Path.GetFullPath(path), path);
        var at = new Origin(path, 0);
        var text = Read(file, at, "cannot be read") ?? throw new HoconFormatException(at, $"there is no file \"{file.Path}\"");
        return Parse(file, text, open => DocumentParser.ParseDocument(open, this, target));
    }

    /// <summary>Parses what a statement includes into the object that it stands in.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="including">The text that the statement stands in.</param>
    /// <param name="target">The object.</param>
    /// <param name="place">The path of the object and its depth.</param>
    public void Load(IncludeStatement statement, SourceText including, ObjectNode target, IncludePlace place)
    {
        var fault = $"cannot include \"{statement.Name}\"";
        if (++_followed > Limits.Includes)
        {
            throw new HoconFormatException(statement.Origin, $"{fault}: there are more than {Limits.Includes} includes");
        }

        if (statement.Name.Contains('\0', StringComparison.Ordinal))
        {
            throw new HoconFormatException(statement.Origin, "cannot include a file whose name has a NUL character");
        }

        var named = Named(statement, including, fault);
        var found = TryLoad(named);
        if (!found && statement.IsHeuristic && !Path.HasExtension(statement.Name))
        {
            found = TryLoad(WithExtension(named, ".json")) | TryLoad(WithExtension(named, ".conf"));
        }

        if (!found && statement.IsRequired)
        {
            throw new HoconFormatException(statement.Origin, $"{fault}: there is no file \"{named.Path}\"");
        }

        bool TryLoad(FileName file)
        {
            if (Read(file, statement.Origin, fault) is not { } text)
            {
                return false;
            }

            CheckOpen(file, statement.Origin, fault);
            return Parse(file, text, open => DocumentParser.ParseIncluded(open, this, target, place)) is ObjectNode
                ? true
                : throw new HoconFormatException(statement.Origin, $"{fault}: found an array at its root, expected an object");
        }
    }

    private static FileName Named(IncludeStatement statement, SourceText including, string fault)
    {
        if (including.File is { } file)
        {
            return new FileName(
                Path.GetFullPath(statement.Name, Path.GetDirectoryName(file.Path)!),
                Path.Combine(Path.GetDirectoryName(file.Shown) ?? "", statement.Name));
        }

        return Path.IsPathFullyQualified(statement.Name)
            ? new FileName(Path.GetFullPath(statement.Name), statement.Name)
            : throw new HoconFormatException(statement.Origin, $"{fault}: a text that is no file has no folder, expected an absolute path");
    }

    private static FileName WithExtension(FileName file, string extension) => new(file.Path + extension, file.Shown + extension);

    private string? Read(FileName file, Origin at, string fault)
    {
        try
        {
            return readFile(file.Path);
        }
        catch (NotUtf8Exception cause)
        {
            throw new HoconFormatException(new Origin(file.Shown, cause.Line), cause.Fault, cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new HoconFormatException(at, $"{fault}: {cause.Message}", cause);
        }
    }

    private void CheckOpen(FileName file, Origin at, string fault)
    {
        var first = _open.FindIndex(open => open.Path == file.Path);
        if (first >= 0)
        {
            var chain = string.Join(" -> ", _open.Skip(first).Append(file).Select(static open => open.Shown));
            throw new HoconFormatException(at, $"{fault}: the file includes itself: {chain}");
        }

        if (_open.Count >= Limits.IncludeDepth)
        {
            throw new HoconFormatException(at, $"{fault}: files include each other more than {Limits.IncludeDepth} deep");
        }
    }

    private Node Parse(FileName file, string text, Func<SourceText, Node> parse)
    {
        _open.Add(file);
        try
        {
            return parse(new SourceText(text, file.Shown) { File = file });
        }
        finally
        {
            _open.RemoveAt(_open.Count - 1);
        }
    }
}

/// <summary>Where an include statement stands.</summary>
/// <param name="Path">The path of the object around it; null inside an array, where nothing has a path.</param>
/// <param name="Depth">The levels of nesting around it.</param>
internal readonly record struct IncludePlace(string[]? Path, int Depth);
