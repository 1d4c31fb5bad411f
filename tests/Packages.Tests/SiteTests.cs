namespace Packages.Tests;

/// <summary>The pages of docs and the public API become a site. A link or an entry of the contents that leads nowhere ends the build of it.</summary>
/// <remarks>In the collection of the packages, because both read what the projects of src were built to.</remarks>
[Collection(PackagesCollection.Name)]
public sealed class SiteTests
{
    [Fact]
    public async Task The_site_is_built_without_a_warning_and_has_the_API_of_each_library()
    {
        await Shell.DotNet(Shipped.Repository, "build", "build/docs.proj", $"-p:Configuration={Shipped.Configuration}", "-v", "q");

        var site = Path.Combine(Shipped.Repository, "site");
        Assert.Contains("roles/pipeline.html#push", File.ReadAllText(Path.Combine(site, "contents", "toc.html")), StringComparison.Ordinal);
        var api = File.ReadAllText(Path.Combine(site, "api", "toc.html"));
        foreach (var library in Shipped.Libraries)
        {
            Assert.Contains($"href=\"{library}.html\"", api, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(site, "api", $"{library}.html")), $"the site has no page of the namespace {library}");
        }
    }
}
