using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Actors.Grains.Generator.Tests;

/// <summary>A project of an app, in memory.</summary>
internal sealed class Compiled
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Actors.Grains;

        """;

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var file && !file.StartsWith("Grains.Generator.Tests", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private Compiled(CSharpCompilation source, CSharpCompilation result, GeneratorDriver driver)
    {
        Source = source;
        Result = result;
        Driver = driver;
    }

    /// <summary>Without what was generated.</summary>
    public CSharpCompilation Source { get; }

    /// <summary>With what was generated.</summary>
    public CSharpCompilation Result { get; }

    public GeneratorDriver Driver { get; }

    /// <summary>Compiles one file, and lets the generator run.</summary>
    public static Compiled From(string code, string assembly = "App", params MetadataReference[] more)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var source = CSharpCompilation.Create(
            assembly,
            [CSharpSyntaxTree.ParseText(Usings, options, "Usings.cs"), CSharpSyntaxTree.ParseText(code, options, "App.cs")],
            [.. s_references, .. more],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true, warningLevel: 9999));
        var driver = CSharpGeneratorDriver.Create([new GrainGenerator().AsSourceGenerator()], parseOptions: options, driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true))
            .RunGeneratorsAndUpdateCompilation(source, out var result, out var faults);
        Assert.Empty(faults);
        return new Compiled(source, (CSharpCompilation)result, driver);
    }

    /// <summary>The text of the generated file of a name.</summary>
    public string File(string name) =>
        Driver.GetRunResult().Results[0].GeneratedSources.Single(file => file.HintName == name).SourceText.ToString();

    public IEnumerable<string> Files => Driver.GetRunResult().Results[0].GeneratedSources.Select(file => file.HintName);

    /// <summary>What the compiler says, without the hidden and the informative.</summary>
    public ImmutableArray<Diagnostic> Complaints => [.. Result.GetDiagnostics().Where(found => found.Severity >= DiagnosticSeverity.Warning)];

    /// <summary>What the rules say.</summary>
    public async Task<ImmutableArray<Diagnostic>> Check() =>
        await Result.WithAnalyzers([new GrainAnalyzer()]).GetAnalyzerDiagnosticsAsync();

    /// <summary>The assembly, loaded. Fails when the compiler has anything to say.</summary>
    public Assembly Load()
    {
        Assert.Empty(Complaints);
        using var image = Emit();
        return new AssemblyLoadContext(Result.AssemblyName, isCollectible: true).LoadFromStream(image);
    }

    /// <summary>For another compilation to refer to.</summary>
    public MetadataReference Reference()
    {
        Assert.Empty(Complaints);
        using var image = Emit();
        return MetadataReference.CreateFromStream(image);
    }

    private MemoryStream Emit()
    {
        var image = new MemoryStream();
        var emitted = Result.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        image.Position = 0;
        return image;
    }
}
