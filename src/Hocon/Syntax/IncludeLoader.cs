namespace Actors.Hocon.Syntax;

/// <summary>
/// What an include statement names: its identity for finding cycles, its name in errors, and its text, or
/// instead of that a tree that was already parsed and resolved.
/// </summary>
internal readonly record struct IncludedText(string Identity, string Source, string Text, Node? Parsed = null);

/// <summary>Finds the text of an include statement. Null when there is none.</summary>
internal delegate IncludedText? IncludeResolver(IncludeStatement statement, string? includingIdentity);

/// <summary>Loads and parses what include statements name, and refuses files that include each other.</summary>
internal sealed class IncludeLoader(IncludeResolver? resolve, string? rootIdentity)
{
    private readonly List<string> _open = rootIdentity is null ? [] : [rootIdentity];
    private int _followed;

    public ObjectNode? Load(IncludeStatement statement, string[]? path, int depth)
    {
        if (resolve is null)
        {
            throw new HoconParserException(
                statement.Origin,
                $"include \"{statement.Name}\" cannot be followed: the text was parsed without an include callback");
        }

        if (++_followed > Limits.Includes)
        {
            throw new HoconParserException(statement.Origin, $"there are more than {Limits.Includes} includes");
        }

        IncludedText? found;
        try
        {
            found = resolve(statement, _open.Count == 0 ? null : _open[^1]);
        }
        catch (Exception e) when (e is not (HoconParserException or HoconTokenizerException))
        {
            throw new HoconParserException(statement.Origin, $"include \"{statement.Name}\" failed: {e.Message}", e);
        }

        if (found is not { } included)
        {
            return statement.IsRequired
                ? throw new HoconParserException(statement.Origin, $"include required(\"{statement.Name}\"): there is no such text")
                : null;
        }

        if (_open.Contains(included.Identity))
        {
            throw new HoconParserException(
                statement.Origin,
                $"found an include that leads back to itself: {string.Join(" -> ", _open.SkipWhile(o => o != included.Identity))} -> {included.Identity}");
        }

        if (_open.Count >= Limits.IncludeDepth)
        {
            throw new HoconParserException(statement.Origin, $"files include each other more than {Limits.IncludeDepth} deep");
        }

        Node root;
        if (included.Parsed is not null)
        {
            // The including text may add to the objects, and what was parsed before may be shared.
            root = included.Parsed is ObjectNode shared ? shared.Copy() : included.Parsed;
        }
        else
        {
            _open.Add(included.Identity);
            root = DocumentParser.ParseIncluded(included.Text, included.Source, this, path, depth);
            _open.RemoveAt(_open.Count - 1);
        }

        return root as ObjectNode
            ?? throw new HoconParserException(statement.Origin, $"include \"{statement.Name}\": found an array at its root, expected an object");
    }
}
