using System.Text;
using System.Text.RegularExpressions;

namespace Docs.Tests.Pages;

/// <summary>Links between the pages lead somewhere, also behind the '#'.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Each_link_to_a_file_leads_to_one()
    {
        var broken = new List<string>();
        foreach (var page in Repository.Pages)
        {
            var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
            foreach (var target in TargetsOf(Repository.Read(page)))
            {
                var (path, anchor) = target.Split('#', 2) is [var file, var heading] ? (file, heading) : (target, null);
                var full = path.Length == 0 ? Path.Combine(Repository.Root, page) : Path.GetFullPath(Path.Combine(folder, path));
                if (!File.Exists(full) && !Directory.Exists(full)) broken.Add($"{page}: there is no {target}");
                else if (anchor is not null && !AnchorsOf(File.ReadAllText(full)).Contains(anchor)) broken.Add($"{page}: {path} has no heading for #{anchor}");
            }
        }
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    /// <summary>Where the links of a page lead, but for those into the web.</summary>
    internal static IEnumerable<string> TargetsOf(string page) =>
        Link().Matches(page).Select(link => link.Groups["target"].Value).Where(target => !target.Contains("://", StringComparison.Ordinal));

    /// <summary>The anchors of the headings of a page, in their order.</summary>
    internal static IEnumerable<string> AnchorsOf(string page) => Heading().Matches(page).Select(heading => AnchorOf(heading.Groups["text"].Value));

    /// <summary>The anchor of a heading: lower case, letters, digits and hyphens only, and a hyphen for each space.</summary>
    private static string AnchorOf(string heading)
    {
        var anchor = new StringBuilder();
        foreach (var c in heading.Trim())
        {
            if (c == ' ') anchor.Append('-');
            else if (char.IsLetterOrDigit(c) || c is '-' or '_') anchor.Append(char.ToLowerInvariant(c));
        }
        return anchor.ToString();
    }

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
