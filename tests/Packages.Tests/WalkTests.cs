using Actors.Shared;
using Xunit.Abstractions;

namespace Packages.Tests;

/// <summary>The walk of a stranger, who has the folder of packages and nothing of the repository but one script.</summary>
[Collection(PackagesCollection.Name)]
public sealed class WalkTests(PackedPackages packages, ITestOutputHelper log)
{
    [SkippableFact]
    public async Task A_stranger_comes_from_the_folder_of_packages_to_a_pipeline_with_its_page_in_a_browser_within_five_minutes()
    {
        Skip.If(Chromium.Missing is not null, Chromium.Missing);

        // The script itself fails when a step does, or when its limit of 300 seconds is over.
        var printed = await Shell.Run("bash", packages.PathOf(), Path.Combine(Shipped.Repository, "examples", "walk.sh"), packages.PathOf("packages"));

        log.WriteLine(printed);
        Assert.Contains("pipeline – Actors: tasks, worker, results; results received ", printed, StringComparison.Ordinal);
        Assert.Matches(@"\ntotal +\d+\.\d s\n", printed);
    }
}
