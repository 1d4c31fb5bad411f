using System.Text.RegularExpressions;
using Docs.Tests.Pages;

namespace Docs.Tests.Site;

/// <summary>The contents of the site lead to each page, and to each role by its name.</summary>
public sealed partial class ContentsTests
{
    [Fact]
    public void Each_entry_leads_to_a_page_and_a_heading_on_it()
    {
        var broken = new List<string>();
        foreach (var entry in Contents.Read())
        {
            var path = $"docs/{entry.Page}";
            if (!File.Exists(Path.Combine(Repository.Root, path))) broken.Add($"{entry.Where}: there is no {path}");
            else if (entry.Anchor is not null && !LinkTests.AnchorsOf(Repository.Read(path)).Contains(entry.Anchor)) broken.Add($"{entry.Where}: {path} has no heading for #{entry.Anchor}");
        }
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    [Fact]
    public void Each_page_has_an_entry()
    {
        var listed = Contents.Read().Select(entry => $"docs/{entry.Page}").ToHashSet(StringComparer.Ordinal);
        var missing = Repository.Pages.Select(page => page.Replace('\\', '/')).Where(page => page.StartsWith("docs/", StringComparison.Ordinal) && !listed.Contains(page));
        Assert.True(!missing.Any(), $"{Contents.File} has no entry for {string.Join(", ", missing)}");
    }

    [Fact]
    public void Each_pattern_of_a_role_has_an_entry_with_its_name_that_leads_to_a_heading_with_it()
    {
        // The page is what the host prints of its keys; another test holds it against them.
        var patterns = Pattern().Matches(Repository.Read("docs/configuration.md")).Select(match => match.Groups["pattern"].Value).ToList();
        Assert.Contains("gateway", patterns);

        var roles = Contents.Read().Where(entry => entry.Section == "Roles").ToList();
        var faults = new List<string>();
        foreach (var pattern in patterns)
        {
            var entry = roles.Find(role => role.Name.Equals(pattern, StringComparison.OrdinalIgnoreCase));
            if (entry is null) faults.Add($"{Contents.File} has no entry \"{pattern}\" among the roles");
            else if ((entry.Anchor ?? LinkTests.AnchorsOf(Repository.Read($"docs/{entry.Page}")).First()) != pattern) faults.Add($"{entry.Where}: \"{entry.Name}\" leads to a heading of another name, {entry.Page}#{entry.Anchor}");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [GeneratedRegex(@"^## roles\.NAME, pattern = (?<pattern>\S+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Pattern();
}
