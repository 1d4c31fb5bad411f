namespace Packages.Tests;

/// <summary>The tool, from its package to a run.</summary>
[Collection(PackagesCollection.Name)]
public sealed class ToolTests(PackedPackages packages)
{
    [Fact]
    public async Task It_is_installed_from_a_folder_checks_the_file_of_its_README_and_runs_it()
    {
        using var package = packages.Open(Shipped.Tool);
        var sample = ReadmeSample.Of(package.Readme, "hocon");
        var file = packages.PathOf("sample.conf");
        await File.WriteAllTextAsync(file, sample.Text);

        await Shell.DotNet(packages.PathOf(), "tool", "install", Shipped.Tool, "--tool-path", packages.PathOf("tools"), "--version", packages.Version);
        Task<string> Actors(params string[] arguments) => Shell.Run(packages.PathOf("tools", OperatingSystem.IsWindows() ? "actors.exe" : "actors"), packages.PathOf(), arguments);

        Assert.Matches(@"^\d+\.\d+\.\d+", await Actors("--version"));
        Assert.Contains("server", await Actors("check", file), StringComparison.Ordinal);
        sample.Check(await Actors("run", file));
    }
}
