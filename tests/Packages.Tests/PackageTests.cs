using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Packages.Tests;

/// <summary>What is in the packages.</summary>
[Collection(PackagesCollection.Name)]
public sealed class PackageTests(PackedPackages packages)
{
    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static TheoryData<string> Names => [.. Shipped.Names];

    public static TheoryData<string> Libraries => [.. Shipped.Libraries];

    [Fact]
    public void What_is_packed_is_what_the_page_lists() => Assert.Equal(Shipped.Names, packages.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_package_says_what_it_is(string name)
    {
        using var package = packages.Open(name);

        Assert.False(string.IsNullOrWhiteSpace(package["description"]) || package["description"] == "Package Description", $"{name} has no description");
        Assert.False(string.IsNullOrWhiteSpace(package["tags"]), $"{name} has no tags");
        Assert.Equal("Apache-2.0", package["license"]);
        Assert.StartsWith("# ", package.Readme, StringComparison.Ordinal);
        Assert.Equal("README.md", package["readme"]);
        var icon = package.Read(package["icon"]!);
        Assert.Equal("PNG"u8, icon.AsSpan(1, 3));
        Assert.Equal((128, 128), (BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20))));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_depends_on_its_siblings_in_its_own_version(string name)
    {
        using var package = packages.Open(name);

        var siblings = package.Metadata("dependencies")?.Descendants().Where(element => element.Attribute("id") is { } id && Shipped.Names.Contains(id.Value)) ?? [];
        Assert.All(siblings, sibling => Assert.Equal(packages.Version, sibling.Attribute("version")!.Value));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_has_its_documentation_and_was_built_deterministically(string name)
    {
        using var package = packages.Open(name);

        using var assembly = new PEReader(new MemoryStream(package.Read($"lib/net10.0/{name}.dll")));
        Assert.Contains(assembly.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        Assert.Contains("<member name=", System.Text.Encoding.UTF8.GetString(package.Read($"lib/net10.0/{name}.xml")), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_symbols_of_a_library_carry_its_sources(string name)
    {
        using var package = packages.OpenSymbols(name);

        using var symbols = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(package.Read($"lib/net10.0/{name}.pdb")));
        var reader = symbols.GetMetadataReader();
        var without = reader.Documents.Where(document => !reader.GetCustomDebugInformation(document).Any(information => reader.GetGuid(reader.GetCustomDebugInformation(information).Kind) == s_embeddedSource));
        Assert.Empty(without.Select(document => reader.GetString(reader.GetDocument(document).Name)));
    }

    [Fact]
    public void Grains_have_their_code_generator_inside()
    {
        using var package = packages.Open("Actors.Grains");

        Assert.Contains("analyzers/dotnet/cs/Actors.Grains.Generator.dll", package.Files);
    }
}
