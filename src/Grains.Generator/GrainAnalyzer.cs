using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Actors.Grains.Generator;

/// <summary>Says what cannot be a grain. Beside the generator, because only an analyzer's warnings can be switched off where they occur.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GrainAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        InterfaceRules.Kind, InterfaceRules.SharedKind, InterfaceRules.GenericInterface, InterfaceRules.HiddenType, InterfaceRules.Member, InterfaceRules.Return,
        InterfaceRules.Stream, InterfaceRules.GenericMethod, InterfaceRules.Reference, InterfaceRules.Tokens, InterfaceRules.Overload, InterfaceRules.SharedName,
        InterfaceRules.Alias, InterfaceRules.NoJson, InterfaceRules.OpenJson,
        ClassRules.NoInterface, ClassRules.TwoInterfaces, ClassRules.Constructors, ClassRules.ConstructorParameter, ClassRules.TwoStates, ClassRules.Required,
        ClassRules.GenericClass, ClassRules.IdleAttribute, ClassRules.WorkerState, ClassRules.WorkerReminder, ClassRules.WorkerCount, ClassRules.StateJson,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var kinds = new ConcurrentBag<(string Kind, INamedTypeSymbol Type)>();
            start.RegisterSymbolAction(symbol => Check(symbol, kinds), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => Kinds(end, kinds));
        });
    }

    private static void Check(SymbolAnalysisContext context, ConcurrentBag<(string Kind, INamedTypeSymbol Type)> kinds)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind == TypeKind.Interface && Names.Attribute(type, Names.GrainAttribute) is { } attribute)
        {
            InterfaceCheck.Run(type, new Findings(type, context.Compilation, context.ReportDiagnostic));
            if (Names.Text(attribute) is { } kind) kinds.Add((kind, type));
        }
        else if (ClassReader.IsGrain(type))
        {
            ClassCheck.Run(type, new Findings(type, context.Compilation, context.ReportDiagnostic));
        }
    }

    private static void Kinds(CompilationAnalysisContext context, ConcurrentBag<(string Kind, INamedTypeSymbol Type)> kinds)
    {
        foreach (var same in kinds.GroupBy(found => found.Kind, StringComparer.Ordinal))
        {
            var types = same.Select(found => found.Type).OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal).ToArray();
            foreach (var type in types.Skip(1))
                new Findings(type, context.Compilation, context.ReportDiagnostic).Add(InterfaceRules.SharedKind, type, same.Key, type.ToDisplayString(), types[0].ToDisplayString());
        }
    }
}
