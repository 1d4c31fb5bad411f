using System.Xml.Linq;

namespace Packages.Tests;

/// <summary>
/// All that ships, packed into one folder, and projects of strangers beside it, which restore from that folder only; what others
/// publish is read where the build of this repository has put it. All of them are built at once.
/// </summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actors-packages-");

    /// <summary>A version that no cache of packages has seen.</summary>
    public string Version { get; } = $"0.0.1-test{Guid.NewGuid():N}";

    public IEnumerable<string> Names => Directory.GetFiles(PathOf("packages"), "*.nupkg").Select(file => Path.GetFileName(file).Replace($".{Version}.nupkg", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>The programs of the READMEs, by package.</summary>
    internal IReadOnlyDictionary<string, ReadmeSample> Readmes { get; private set; } = new Dictionary<string, ReadmeSample>();

    public string PathOf(params string[] names) => Path.Combine([_folder.FullName, .. names]);

    internal Package Open(string name) => new(PathOf("packages", $"{name}.{Version}.nupkg"));

    internal Package OpenSymbols(string name) => new(PathOf("packages", $"{name}.{Version}.snupkg"));

    /// <summary>Runs the program that a project below <c>projects</c> was built to.</summary>
    internal Task<string> Run(string folder, string name, params string[] arguments) =>
        Shell.DotNet(_folder.FullName, [PathOf("projects", folder, "bin", "Debug", "net10.0", $"{name}.dll"), .. arguments]);

    /// <summary>Runs the tests of a project or solution below <c>projects</c>.</summary>
    internal Task<string> Test(string path) => Shell.DotNet(_folder.FullName, "test", PathOf("projects", path), "--no-build");

    public async Task InitializeAsync()
    {
        await Shell.DotNet(Shipped.Repository, "pack", "build/pack.proj", "--no-build", "-c", Shipped.Configuration, "-o", PathOf("packages"), $"-p:PackageVersion={Version}");
        var user = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        new XDocument(new XElement(
            "configuration",
            new XElement("config", Add("globalPackagesFolder", "cache")),
            new XElement("packageSources", new XElement("clear"), Add("packed", "packages")),
            new XElement("fallbackPackageFolders", Add("user", user)))).Save(PathOf("nuget.config"));

        CopySamples();
        Readmes = Shipped.Libraries.ToDictionary(name => name, WriteReadme);
        await MakeFromTemplates();
        var projects = Directory.GetFiles(PathOf("projects"), "*.csproj", SearchOption.AllDirectories);
        new XDocument(new XElement("Solution", projects.Select(path => new XElement("Project", new XAttribute("Path", path))))).Save(PathOf("projects", "all.slnx"));
        await Shell.DotNet(PathOf("projects"), "build", "all.slnx", $"-p:ActorsVersion={Version}", "-v", "q");
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private static XElement Add(string key, string value) => new("add", new XAttribute("key", key), new XAttribute("value", value));

    private void CopySamples()
    {
        var samples = Path.Combine(AppContext.BaseDirectory, "Samples");
        foreach (var file in Directory.GetFiles(samples, "*", SearchOption.AllDirectories))
        {
            var target = PathOf("projects", Path.GetRelativePath(samples, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>A project with nothing but one package, and the program of its README.</summary>
    private ReadmeSample WriteReadme(string name)
    {
        using var package = Open(name);
        var sample = ReadmeSample.Of(package.Readme, "csharp");
        var folder = Directory.CreateDirectory(PathOf("projects", $"{name}.Readme")).FullName;
        File.WriteAllText(Path.Combine(folder, "Program.cs"), sample.Text);
        File.WriteAllText(Path.Combine(folder, $"{name}.Readme.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{name}" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        return sample;
    }

    private async Task MakeFromTemplates()
    {
        // Templates of this machine's user stay as they are.
        string[] own = ["--debug:custom-hive", PathOf("templates")];
        await Shell.DotNet(_folder.FullName, ["new", "install", PathOf("packages", $"{Shipped.Templates}.{Version}.nupkg"), .. own]);
        await Shell.DotNet(PathOf("projects"), ["new", "actors-host", "-o", "my-shop", "--engine", "zmtp", .. own]);
        await Shell.DotNet(PathOf("projects"), ["new", "actors-grains", "-o", "Bank", .. own]);
    }
}

/// <summary>The tests that share one packing.</summary>
[CollectionDefinition(Name)]
public sealed class PackagesCollection : ICollectionFixture<PackedPackages>
{
    public const string Name = "packages";
}
