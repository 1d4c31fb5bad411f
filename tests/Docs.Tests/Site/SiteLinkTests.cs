using System.Text.Json;
using Docs.Tests.Pages;
using Microsoft.Extensions.FileSystemGlobbing;

namespace Docs.Tests.Site;

/// <summary>A link that works among the files of the repository also works on the site, which has not all of them.</summary>
public sealed class SiteLinkTests
{
    [Fact]
    public void Each_link_of_a_page_leads_to_a_file_that_the_site_has()
    {
        var carried = Carried();
        var broken = new List<string>();
        foreach (var page in Repository.Pages.Where(page => page.StartsWith("docs", StringComparison.Ordinal)))
        {
            var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
            foreach (var target in LinkTests.TargetsOf(Repository.Read(page)))
            {
                var path = target.Split('#')[0];
                if (path.Length > 0 && !carried.Contains(Path.GetFullPath(Path.Combine(folder, path)))) broken.Add($"{page}: {target} is no file that docs/docfx.json puts on the site");
            }
        }
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    /// <summary>The pages and the resources that docs/docfx.json names, by their whole paths.</summary>
    private static HashSet<string> Carried()
    {
        using var settings = JsonDocument.Parse(Repository.Read("docs/docfx.json"));
        var build = settings.RootElement.GetProperty("build");
        var carried = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in build.GetProperty("content").EnumerateArray().Concat(build.GetProperty("resource").EnumerateArray()))
        {
            var from = group.TryGetProperty("src", out var src) ? src.GetString()! : ".";
            var matcher = new Matcher(StringComparison.Ordinal);
            foreach (var pattern in group.GetProperty("files").EnumerateArray()) matcher.AddInclude(pattern.GetString()!);
            carried.UnionWith(matcher.GetResultsInFullPath(Path.GetFullPath(Path.Combine(Repository.Root, "docs", from))));
        }
        Assert.NotEmpty(carried);
        return carried;
    }
}
