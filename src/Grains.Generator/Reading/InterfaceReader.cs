using Microsoft.CodeAnalysis;

namespace Actors.Grains.Generator;

/// <summary>Reads a grain interface.</summary>
internal static class InterfaceReader
{
    /// <summary>The model of an interface; null for one that nothing can be written for.</summary>
    public static InterfaceModel? Read(INamedTypeSymbol type, Compilation compilation)
    {
        var findings = new Findings(type, compilation);
        InterfaceCheck.Run(type, findings);
        if (findings.HasErrors || Names.Text(Names.Attribute(type, Names.GrainAttribute)) is not { } kind) return null;
        var methods = new List<MethodModel>();
        var stems = new HashSet<string>(StringComparer.Ordinal);
        foreach (var method in Methods(type))
        {
            if (Read(method, stems) is not { } model) return null;
            methods.Add(model);
        }
        var grains = Names.Attribute(type, Names.GrainAttribute)!.AttributeClass!.ContainingAssembly;
        return new InterfaceModel(
            kind,
            Names.Full(type),
            Names.ForPeople(type),
            Names.Namespace(type),
            Names.Proxy(type),
            SymbolEqualityComparer.Default.Equals(grains, compilation.Assembly) || grains.GivesAccessTo(compilation.Assembly),
            new EquatableArray<MethodModel>([.. methods]));
    }

    /// <summary>The interface and those that it inherits.</summary>
    public static IEnumerable<INamedTypeSymbol> Owners(INamedTypeSymbol type) => [type, .. type.AllInterfaces];

    /// <summary>The methods that a grain has to have: own ones, then those of the interfaces that it inherits.</summary>
    public static IEnumerable<IMethodSymbol> Methods(INamedTypeSymbol type)
    {
        foreach (var owner in Owners(type))
        {
            foreach (var member in owner.GetMembers())
            {
                if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false } method && (method.IsAbstract || method.IsVirtual)) yield return method;
            }
        }
    }

    private static MethodModel? Read(IMethodSymbol method, HashSet<string> stems)
    {
        if (method.ReturnType is not INamedTypeSymbol returned || ReturnOf(returned) is not { } kind) return null;
        var wireName = Names.Text(Names.Attribute(method, Names.AliasAttribute)) ?? method.Name;
        var stem = method.Name;
        for (var number = 2; !stems.Add(stem); number++) stem = method.Name + number;
        var result = returned.TypeArguments is [var only] ? only : null;
        return new MethodModel(
            wireName,
            Names.Escape(method.Name),
            stem,
            Names.Full(method.ContainingType),
            kind,
            Names.Full(returned),
            result is null ? null : Names.Full(result),
            Signature(wireName, method, result),
            Names.Attribute(method, Names.ReadOnlyAttribute) is not null,
            new EquatableArray<ParameterModel>([.. method.Parameters.Select(Read)]));
    }

    private static ParameterModel Read(IParameterSymbol parameter) =>
        new(parameter.Name, Names.Full(parameter.Type), IsToken(parameter), Literals.Default(parameter));

    public static bool IsToken(IParameterSymbol parameter) => Names.Is(parameter.Type, Names.CancellationToken);

    public static ReturnKind? ReturnOf(INamedTypeSymbol type) => type.OriginalDefinition.ToDisplayString() switch
    {
        "System.Threading.Tasks.Task" => ReturnKind.Task,
        "System.Threading.Tasks.Task<TResult>" => ReturnKind.TaskOfResult,
        "System.Threading.Tasks.ValueTask" => ReturnKind.ValueTask,
        "System.Threading.Tasks.ValueTask<TResult>" => ReturnKind.ValueTaskOfResult,
        _ => null,
    };

    private static string Signature(string wireName, IMethodSymbol method, ITypeSymbol? result)
    {
        var parameters = method.Parameters.Where(parameter => !IsToken(parameter))
            .Select(parameter => $"{Names.ForPeople(parameter.Type)} {parameter.Name}{Literals.ForPeople(parameter)}");
        return $"{wireName}({string.Join(", ", parameters)}) -> {(result is null ? "nothing" : Names.ForPeople(result))}";
    }
}
