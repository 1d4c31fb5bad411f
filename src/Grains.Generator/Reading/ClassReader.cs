using Microsoft.CodeAnalysis;

namespace Actors.Grains.Generator;

/// <summary>Reads a class of grains.</summary>
internal static class ClassReader
{
    /// <summary>The model of a class; null for one that is no class of grains, or that nothing can be written for.</summary>
    public static ClassModel? Read(INamedTypeSymbol type, Compilation compilation)
    {
        if (!IsGrain(type)) return null;
        var findings = new Findings(type, compilation);
        ClassCheck.Run(type, findings);
        if (findings.HasErrors || GrainInterfaces(type) is not [var grains] || Constructors(type) is not [var constructor]) return null;
        var worker = Names.Attribute(type, Names.StatelessWorkerAttribute);
        return new ClassModel(
            Names.Full(type),
            Names.Full(grains),
            Names.Attribute(type, Names.ReentrantAttribute) is not null,
            worker is null ? null : worker.ConstructorArguments is [{ Value: int most }] ? most : 0,
            constructor.Parameters.Any(IsState),
            new EquatableArray<string>([.. constructor.Parameters.Select(ConstructorArguments.Write)]));
    }

    /// <summary>Whether a class is derived from <c>Grain</c> and can be made.</summary>
    public static bool IsGrain(INamedTypeSymbol type)
    {
        if (type.TypeKind != TypeKind.Class || type.IsAbstract) return false;
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (Names.Is(ancestor, Names.Grain)) return true;
        }
        return false;
    }

    /// <summary>The grain interfaces of a class.</summary>
    public static INamedTypeSymbol[] GrainInterfaces(INamedTypeSymbol type) =>
        [.. type.AllInterfaces.Where(candidate => Names.Attribute(candidate, Names.GrainAttribute) is not null)];

    public static IMethodSymbol[] Constructors(INamedTypeSymbol type) =>
        [.. type.InstanceConstructors.Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public)];

    public static bool IsState(IParameterSymbol parameter) => Names.Is(parameter.Type, Names.State);
}
