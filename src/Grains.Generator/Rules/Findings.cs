using Microsoft.CodeAnalysis;

namespace Actors.Grains.Generator;

/// <summary>Takes what the rules find in one type.</summary>
/// <param name="type">Where a finding is shown whose own place is in another assembly.</param>
/// <param name="compilation">Whose diagnostics these are.</param>
/// <param name="report">Takes diagnostics; null for who only asks whether there are errors.</param>
internal sealed class Findings(INamedTypeSymbol type, Compilation compilation, Action<Diagnostic>? report = null)
{
    /// <summary>Whether code can be generated.</summary>
    public bool HasErrors { get; private set; }

    public void Add(DiagnosticDescriptor rule, ISymbol at, params object[] arguments)
    {
        HasErrors |= rule.DefaultSeverity == DiagnosticSeverity.Error;
        report?.Invoke(Diagnostic.Create(rule, Place(at) ?? Place(type), arguments));
    }

    private Location? Place(ISymbol symbol) =>
        symbol.Locations.FirstOrDefault(location => location.SourceTree is { } tree && compilation.ContainsSyntaxTree(tree));
}
