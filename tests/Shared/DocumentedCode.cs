using System.Text;

/// <summary>
/// Checks that the code blocks of a page are code that a test compiles or runs. The code stands in files of the test project,
/// between lines with <c>#region NAME</c> and <c>#endregion</c>, which C#, HOCON and Python all take.
/// </summary>
internal static class DocumentedCode
{
    /// <summary>The folder of Actors.sln.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>
    /// Fails unless each block of that language on the page equals a region of the files, and each region is on the page. The
    /// indentation that all lines of a region share does not count.
    /// </summary>
    /// <param name="page">The path of the page from <see cref="Repository"/>: <c>docs/testing.md</c>.</param>
    /// <param name="language">The word behind the fence of the blocks that count: <c>csharp</c>, <c>hocon</c>.</param>
    /// <param name="files">The paths of the files from <see cref="Repository"/>.</param>
    public static void Check(string page, string language, params string[] files)
    {
        var regions = files.SelectMany(file => Regions(file, Lines(file))).ToList();
        var faults = Faults(page, Blocks(page, language, Lines(page)), regions);
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    /// <summary>Says of each block that no region equals, and of each region that no block equals, where it is.</summary>
    internal static List<string> Faults(string page, IReadOnlyList<Piece> blocks, IReadOnlyList<Piece> regions)
    {
        var faults = new List<string>();
        if (blocks.Count == 0) faults.Add($"{page} has no code block");
        foreach (var block in blocks)
            if (!regions.Any(region => region.Text == block.Text)) faults.Add($"{block.Where} equals no region of the samples:{Environment.NewLine}{block.Text}");
        foreach (var region in regions)
            if (!blocks.Any(block => block.Text == region.Text)) faults.Add($"{region.Where} is not on {page}:{Environment.NewLine}{region.Text}");
        return faults;
    }

    /// <summary>The blocks between a fence with the language and the next fence.</summary>
    internal static List<Piece> Blocks(string page, string language, IReadOnlyList<string> lines) =>
        Between(page, lines, line => line == $"```{language}", line => line == "```");

    internal static List<Piece> Regions(string file, IReadOnlyList<string> lines) =>
        Between(file, lines, line => line.Contains("#region ", StringComparison.Ordinal), line => line.Contains("#endregion", StringComparison.Ordinal));

    private static List<Piece> Between(string file, IReadOnlyList<string> lines, Func<string, bool> begins, Func<string, bool> ends)
    {
        var pieces = new List<Piece>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (!begins(lines[i].Trim())) continue;
            var first = i + 1;
            while (++i < lines.Count && !ends(lines[i].Trim()))
            {
            }
            if (i == lines.Count) throw new InvalidDataException($"{file}:{first} begins a piece of code that does not end");
            pieces.Add(new Piece($"{file}:{first}", Trimmed([.. lines.Skip(first).Take(i - first)])));
        }
        return pieces;
    }

    /// <summary>The lines without the indentation that all share, and without empty ones at both ends.</summary>
    internal static string Trimmed(string[] lines)
    {
        var indent = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        var text = new StringBuilder();
        foreach (var line in lines) text.Append(line.Length > indent ? line[indent..].TrimEnd() : "").Append('\n');
        return text.ToString().Trim('\n');
    }

    private static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Repository, path));

    private static string FindRepository()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Actors.sln"))) return folder;
        throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} has Actors.sln");
    }

    /// <param name="Where">The file and the line that it begins at.</param>
    /// <param name="Text">The code without the indentation that its lines share.</param>
    internal sealed record Piece(string Where, string Text);
}
