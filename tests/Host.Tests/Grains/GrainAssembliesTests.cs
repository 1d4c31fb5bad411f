using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Actors.Host.Grains;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;

namespace Host.Tests.Grains;

/// <summary><c>grains.assemblies</c>: where the files are looked for, and what is said of one that has no grains for this host.</summary>
public sealed class GrainAssembliesTests : IDisposable
{
    private readonly GrainsFile _file = new();

    public void Dispose() => _file.Dispose();

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);

    private string Folder => Path.GetDirectoryName(_file.Write(""))!;

    private string Fault(string assemblies)
    {
        var errors = _file.Errors($"grains {{ {GrainsFile.Memory}\nassemblies = {assemblies}\n}}");
        var error = Assert.Single(errors, one => one.Key == "grains.assemblies");
        Assert.Equal(2, error.Origin.Line);
        return error.Fault;
    }

    [Fact]
    public void An_assembly_is_found_relative_to_the_file_that_names_it()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "own"));
        File.Copy(Beside("Counter.dll"), Path.Combine(Folder, "own", "mine.dll"));

        var plan = _file.Read($"grains {{ {GrainsFile.Memory}, assemblies = own/mine.dll }}");

        Assert.Equal(["own/mine.dll"], ((GrainsPlan)plan.Part!).Files);
    }

    [Fact]
    public void A_missing_assembly_names_the_places_where_it_was_looked_for()
    {
        var fault = Fault("[\"Countr.dll\"]");

        Assert.Contains("\"Countr.dll\" does not exist", fault, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(Folder, "Countr.dll"), fault, StringComparison.Ordinal);
        Assert.Contains(Beside("Countr.dll"), fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_a_list_names_the_line_of_its_item()
    {
        var error = _file.Error($"grains {{ {GrainsFile.Memory}\nassemblies = [\n\"Counter.dll\"\n\"none.dll\"\n] }}");

        Assert.Equal(4, error.Origin.Line);
    }

    [Fact]
    public void A_file_that_is_no_assembly_is_told()
    {
        _file.Write("text", "text.dll");

        Assert.Contains("\"text.dll\" is no .NET assembly", Fault("text.dll"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_without_grains_is_told() => Assert.Contains("\"Actors.Host.dll\" has no class of grains: expected one that implements an interface with [Grain(\"...\")]", Fault("Actors.Host.dll"), StringComparison.Ordinal);

    [Fact]
    public void An_assembly_for_another_version_of_Actors_Grains_is_told()
    {
        File.WriteAllBytes(Path.Combine(Folder, "later.dll"), ForVersion(0, 99));

        Assert.Contains("\"later.dll\" was built for Actors.Grains 0.99.0.0, and this host has 0.1.0.0", Fault("later.dll"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_kind_of_two_assemblies_is_told_with_both()
    {
        var errors = _file.Errors($"grains {{ {GrainsFile.Memory}, assemblies = [\"Counter.dll\", \"Host.Tests.dll\"] }}");

        Assert.Contains(errors, error => error.Fault == "\"Host.Tests.dll\" has the kind \"counter\", Host.Tests.Grains.OtherCounter, which \"Counter.dll\" has as Examples.Counter already: expected one class for a kind");
    }

    [Fact]
    public void An_assembly_that_is_named_twice_is_told() => Assert.Contains("\"Counter.dll\" is there already: expected each assembly once", Fault("[\"Counter.dll\", \"Counter.dll\"]"), StringComparison.Ordinal);

    [Fact]
    public void A_grain_that_asks_for_a_service_that_the_host_has_not_is_told_before_it_is_called()
    {
        var errors = _file.Errors($"grains {{ {GrainsFile.Memory}, assemblies = [\"Host.Tests.dll\"] }}");

        Assert.Contains(errors, error => error.Fault.StartsWith("\"Host.Tests.dll\" has Host.Tests.Grains.Needy, whose constructor asks for \"client\", System.Net.Http.HttpClient, which this host does not have", StringComparison.Ordinal));
    }

    [Fact]
    public void A_grain_takes_services_that_a_startup_of_its_assembly_adds()
    {
        var errors = _file.Errors($"grains {{ {GrainsFile.Memory}, assemblies = [\"Host.Tests.dll\"] }}");
        Assert.DoesNotContain(errors, error => error.Fault.Contains(nameof(Greeter), StringComparison.Ordinal));

        using var system = ActorSystem.Create("startups");
        using var services = GrainServices.For(system, [new SampleStartup()]);
        Assert.Equal("Hello", services.GetRequiredService<Greeting>().Text);
    }

    [Fact]
    public void A_startup_that_fails_is_told_with_its_assembly()
    {
        var errors = _file.Errors($"grains {{ {GrainsFile.Memory}, assemblies = [\"Host.Tests.dll\"] }}");

        Assert.Contains(errors, error => error.Fault == "\"Host.Tests.dll\" has Host.Tests.Grains.FailingStartup, which failed to add services: InvalidOperationException: no connection string");
    }

    [Fact]
    public void Grains_share_Actors_Grains_with_the_host_and_nothing_else_of_their_own()
    {
        var plan = (GrainsPlan)_file.Read($"grains {{ {GrainsFile.Memory}, {GrainsFile.Counter} }}").Part!;
        var grain = Assert.Single(plan.Settings.Kinds).Class.Type;

        Assert.Same(typeof(Actors.Grains.Grain), grain.BaseType);
        Assert.Equal("grains", System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(grain.Assembly)!.Name);
    }

    /// <summary>The sample as if it was built for another version of Actors.Grains.</summary>
    private static byte[] ForVersion(ushort major, ushort minor)
    {
        var bytes = File.ReadAllBytes(Beside("Counter.dll"));
        using var image = new PEReader(new MemoryStream(bytes));
        var metadata = image.GetMetadataReader();
        var row = metadata.AssemblyReferences.Single(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name) == "Actors.Grains");
        var at = image.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef) + (MetadataTokens.GetRowNumber(row) - 1) * metadata.GetTableRowSize(TableIndex.AssemblyRef);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), major);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at + 2), minor);
        return bytes;
    }
}
