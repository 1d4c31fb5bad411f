using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Actors.Grains.Generator;

/// <summary>Writes proxies, calls and registrations of grains at build time, so that no call needs reflection.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class GrainGenerator : IIncrementalGenerator
{
    internal const string InterfaceStep = "GrainInterfaces";
    internal const string ClassStep = "GrainClasses";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var interfaces = context.SyntaxProvider.ForAttributeWithMetadataName(
                Names.GrainAttribute,
                static (node, _) => node is InterfaceDeclarationSyntax,
                static (found, _) => InterfaceReader.Read((INamedTypeSymbol)found.TargetSymbol, found.SemanticModel.Compilation))
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(InterfaceStep);
        context.RegisterSourceOutput(interfaces, static (output, model) => output.AddSource(model.File, Text(InterfaceWriter.Write(model))));

        var classes = context.SyntaxProvider.CreateSyntaxProvider(
                static (node, _) => node is ClassDeclarationSyntax { BaseList: not null },
                static (found, cancel) => found.SemanticModel.GetDeclaredSymbol((ClassDeclarationSyntax)found.Node, cancel) is INamedTypeSymbol type ? ClassReader.Read(type, found.SemanticModel.Compilation) : null)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(ClassStep);

        var proxies = interfaces.Select(static (model, _) => model.FullProxy).Collect();
        var name = context.CompilationProvider.Select(static (compilation, _) => Names.Registration(compilation.AssemblyName));
        context.RegisterSourceOutput(proxies.Combine(classes.Collect()).Combine(name), static (output, all) => Register(output, all.Left.Left, all.Left.Right, all.Right));
    }

    private static void Register(SourceProductionContext output, ImmutableArray<string> proxies, ImmutableArray<ClassModel> classes, string name)
    {
        if (proxies.IsEmpty && classes.IsEmpty) return;
        // A class in parts is found once for each part that names a base.
        output.AddSource($"{Names.Root}.{name}.g.cs", Text(RegistrationWriter.Write(name, proxies.OrderBy(proxy => proxy, StringComparer.Ordinal), classes.Distinct().OrderBy(grain => grain.Type, StringComparer.Ordinal))));
    }

    private static SourceText Text(string code) => SourceText.From(code, Encoding.UTF8);
}
