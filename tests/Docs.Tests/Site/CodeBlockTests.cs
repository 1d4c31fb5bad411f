using System.Text.RegularExpressions;
using Docs.Tests.Pages;

namespace Docs.Tests.Site;

/// <summary>No page shows code that no test compiles or runs.</summary>
public sealed partial class CodeBlockTests
{
    /// <summary>The words behind a fence of what a reader would run. A host runs each HOCON block that says what it prints.</summary>
    private static readonly HashSet<string> Run = new(StringComparer.Ordinal)
    {
        "csharp", "cs", "c#", "hocon", "python", "py", "shell", "sh", "bash", "console", "powershell", "javascript", "js", "typescript", "ts", "java", "c", "cpp", "sql",
    };

    /// <summary>The words of what is printed, or stands in files of other programs.</summary>
    private static readonly HashSet<string> Shown = new(StringComparer.Ordinal) { "text", "json", "yaml", "xml", "ini", "diff", "mermaid" };

    [Fact]
    public void Each_block_of_code_is_a_region_of_a_test_or_run_by_the_host()
    {
        var regions = Regions();
        var uncovered = Blocks().Where(block => Run.Contains(block.Language) && !block.RunByHost && !regions.Contains(WithoutPorts(block.Text)))
            .Select(block => $"{block.Where}: this block of {block.Language} is no region of a file in tests or examples:\n{block.Text}").ToList();
        Assert.True(uncovered.Count == 0, string.Join("\n\n", uncovered));
    }

    [Fact]
    public void Each_block_says_its_language()
    {
        var unknown = Blocks().Where(block => !Run.Contains(block.Language) && !Shown.Contains(block.Language))
            .Select(block => $"{block.Where}: a block of '{block.Language}': expected one of {string.Join(", ", Run.Concat(Shown))}");
        Assert.True(!unknown.Any(), string.Join('\n', unknown));
    }

    /// <summary>The texts of all regions, and for each file that of all its regions, as a page shows a whole program.</summary>
    private static HashSet<string> Regions()
    {
        var regions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in new[] { "tests", "examples" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)))
        {
            if (!Source().IsMatch(file) || Built().IsMatch(file)) continue;
            var text = File.ReadAllText(file);
            if (!Region().IsMatch(text)) continue;
            var pieces = DocumentedCode.Regions(file, text.ReplaceLineEndings("\n").Split('\n'));
            regions.UnionWith(pieces.Select(piece => WithoutPorts(piece.Text)));
            regions.Add(WithoutPorts(string.Join("\n\n", pieces.Select(piece => piece.Text))));
        }
        Assert.NotEmpty(regions);
        return regions;
    }

    /// <summary>A page may name a port where the test lets the system choose one.</summary>
    private static string WithoutPorts(string code) => Port().Replace(code, ":0\"");

    private static List<Block> Blocks()
    {
        var blocks = new List<Block>();
        foreach (var page in Repository.Pages)
        {
            var text = Repository.Read(page).ReplaceLineEndings("\n");
            foreach (var fence in Fence().Matches(text).Cast<Match>())
            {
                var where = $"{page}:{text[..fence.Index].Count(c => c == '\n') + 1}";
                var language = fence.Groups["language"].Value;
                var byHost = language == "hocon" && Printed().IsMatch(text[(fence.Index + fence.Length)..]);
                blocks.Add(new Block(where, language, DocumentedCode.Trimmed(fence.Groups["code"].Value.Split('\n')), byHost));
            }
        }
        Assert.NotEmpty(blocks);
        return blocks;
    }

    [GeneratedRegex(@"^ *```(?<language>[^\n`]*)\n(?<code>.*?)^ *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    /// <summary>What <see cref="ConfigurationSampleTests"/> looks for behind a file that it runs.</summary>
    [GeneratedRegex(@"\A\n+prints\n+```text\n")]
    private static partial Regex Printed();

    [GeneratedRegex(":\\d+\"")]
    private static partial Regex Port();

    [GeneratedRegex(@"^\s*(//|--)?\s*#region \S", RegexOptions.Multiline)]
    private static partial Regex Region();

    [GeneratedRegex(@"\.(cs|py|sh|ps1|conf|js|mjs|ts|java|c|sql)$")]
    private static partial Regex Source();

    [GeneratedRegex(@"[\\/](bin|obj|node_modules)[\\/]")]
    private static partial Regex Built();

    private sealed record Block(string Where, string Language, string Text, bool RunByHost);
}
