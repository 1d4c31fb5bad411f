using System.Reflection;
using System.Xml.Linq;

namespace Packages.Tests;

/// <summary>
/// The packages that <c>dotnet pack src/Hosting</c> makes, in a folder of their own, and projects beside it that restore from
/// that folder and from the sources of this machine.
/// </summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private static readonly string s_repository = typeof(PackedPackages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "RepositoryRoot").Value!;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actors-packages-");

    // A version that no cache of packages has seen.
    private readonly string _version = $"0.0.1-test{Guid.NewGuid():N}";

    public async Task InitializeAsync()
    {
        // With artifacts of its own, because the repository is being built and tested at the same time.
        await DotNet.Run(s_repository, ["pack", "src/Hosting", "--artifacts-path", Path.Combine(_folder.FullName, "artifacts"), "-o", Path.Combine(_folder.FullName, "packages"), $"-p:Version={_version}"]);
        var user = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        // Our packages go into a cache that ends with the test; what was downloaded before is read where it is.
        new XDocument(new XElement(
            "configuration",
            new XElement("config", Add("globalPackagesFolder", "cache")),
            new XElement("packageSources", Add("packed", "packages")),
            new XElement("fallbackPackageFolders", Add("user", user)))).Save(Path.Combine(_folder.FullName, "nuget.config"));
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    public IEnumerable<string> Names => Directory.GetFiles(Path.Combine(_folder.FullName, "packages"), "*.nupkg").Select(file => Path.GetFileName(file).Replace($".{_version}.nupkg", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>Runs <c>dotnet VERB</c> on a sample that is copied beside the packages, and returns what it printed.</summary>
    public Task<string> Run(string sample, string verb, params string[] arguments)
    {
        var target = Directory.CreateDirectory(Path.Combine(_folder.FullName, sample));
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Samples", sample))) File.Copy(file, Path.Combine(target.FullName, Path.GetFileName(file)), overwrite: true);
        return DotNet.Run(target.FullName, [verb, $"-p:ActorsVersion={_version}", .. arguments]);
    }

    private static XElement Add(string key, string value) => new("add", new XAttribute("key", key), new XAttribute("value", value));
}
