using System.Text.RegularExpressions;

namespace Docs.Tests.Pages;

/// <summary>Each test that docs/promises.md names is a test of this repository.</summary>
public sealed partial class PromiseTests
{
    private const string Page = "docs/promises.md";

    [Fact]
    public void Each_test_that_is_named_exists()
    {
        var sources = Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText).ToList();
        var tests = sources.SelectMany(source => TestMethod().Matches(source)).Concat(sources.SelectMany(source => TestClass().Matches(source))).Select(match => match.Groups["name"].Value).ToHashSet();

        var named = NamesOfTests(Repository.Read(Page)).ToList();

        Assert.NotEmpty(named);
        var missing = named.Except(tests).ToList();
        Assert.True(missing.Count == 0, $"{Page} names tests that do not exist: {string.Join(", ", missing)}");
    }

    [Fact]
    public void Each_row_names_a_test()
    {
        foreach (var row in Rows(Repository.Read(Page))) Assert.True(Name().IsMatch(row[^1]), $"{Page} has a row without a test: {string.Join(" | ", row)}");
    }

    private static IEnumerable<string> NamesOfTests(string page) => Rows(page).SelectMany(row => Name().Matches(row[^1])).Select(name => name.Groups["name"].Value);

    /// <summary>The rows of those tables whose last column is headed "test".</summary>
    private static IEnumerable<string[]> Rows(string page)
    {
        var isOfTests = false;
        var head = true;
        foreach (var line in page.ReplaceLineEndings("\n").Split('\n'))
        {
            var isRow = line.StartsWith('|');
            if (isRow)
            {
                var cells = line.Trim('|', ' ').Split('|').Select(cell => cell.Trim()).ToArray();
                if (head) isOfTests = cells[^1] == "test";
                else if (isOfTests && !cells[0].StartsWith("--", StringComparison.Ordinal)) yield return cells;
            }
            head = !isRow;
        }
    }

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z0-9_]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"\[(?:Skippable)?(?:Fact|Theory|Property)[^\n]*\](?:\s*\[[^\n]*\])*\s+public (?:async )?[\w<>]+ (?<name>\w+)\(")]
    private static partial Regex TestMethod();

    [GeneratedRegex(@"class (?<name>\w+Tests)\b")]
    private static partial Regex TestClass();
}
