using Microsoft.CodeAnalysis;

namespace Actors.Grains.Generator;

/// <summary>Why JSON does not carry a type.</summary>
/// <param name="Type">The type, which may be an element of the one that was asked for.</param>
/// <param name="Reason">Why, and what was expected.</param>
/// <param name="IsCertain">False when the app's own metadata may help.</param>
internal sealed record JsonFault(string Type, string Reason, bool IsCertain = true);

/// <summary>Knows what System.Text.Json carries, without a look at the members of the app's types.</summary>
internal static class JsonTypes
{
    private static readonly HashSet<string> s_collections = new(StringComparer.Ordinal)
    {
        "IEnumerable", "ICollection", "IList", "IReadOnlyCollection", "IReadOnlyList", "ISet", "IReadOnlySet", "IDictionary", "IReadOnlyDictionary",
        "IImmutableList", "IImmutableStack", "IImmutableQueue", "IImmutableSet", "IImmutableDictionary",
    };

    /// <summary>Why a type is not carried; null for one that is, as far as can be told.</summary>
    public static JsonFault? Fault(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
        {
            return array.Rank == 1
                ? Fault(array.ElementType)
                : new JsonFault(Names.ForPeople(type), "an array of more than one dimension: expected an array of arrays");
        }
        if (type.TypeKind is TypeKind.Error or TypeKind.TypeParameter || IsConverted(type)) return null;
        return Certain(type) ?? Elements(type) ?? Open(type);
    }

    private static JsonFault? Certain(ITypeSymbol type)
    {
        var reason = type switch
        {
            { TypeKind: TypeKind.Delegate } => "a delegate: expected data, because code cannot be sent",
            { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } =>
                "a pointer: expected data, because memory cannot be sent",
            { IsRefLikeType: true } => "a type that lives on the stack: expected an array or another type that can be kept",
            { IsTupleType: true } => "a tuple, whose items are fields, which JSON leaves out: expected a record",
            INamedTypeSymbol { TypeKind: TypeKind.Interface } when Names.Attribute(type, Names.GrainAttribute) is not null => "a grain: expected its key, by which IGrains.Get finds it",
            _ when IsOrDerives(type, Names.Grain) => "a grain: expected its key, by which IGrains.Get finds it",
            _ when IsOrDerives(type, "System.Threading.Tasks.Task") || Names.Is(type, "System.Threading.Tasks.ValueTask") || Names.Is(type, "System.Threading.Tasks.ValueTask<TResult>") =>
                "a task: expected what it ends with",
            _ when IsOrDerives(type, "System.IO.Stream") => "a stream: expected its bytes",
            _ when Names.Is(type, Names.AsyncEnumerable) => "a stream of items: expected a list",
            _ when Names.Is(type, Names.CancellationToken) => "a cancellation token, which only counts as a parameter of its own: expected data",
            _ when IsOrDerives(type, "System.Reflection.MemberInfo") || IsOrDerives(type, "System.Reflection.Assembly") =>
                "a piece of a program: expected its name",
            _ => null,
        };
        return reason is null ? null : new JsonFault(Names.ForPeople(type), reason);
    }

    private static JsonFault? Elements(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { IsGenericType: true } generic || !IsOfSystem(type)) return null;
        foreach (var argument in generic.TypeArguments)
        {
            if (Fault(argument) is { } fault) return fault;
        }
        return null;
    }

    private static JsonFault? Open(ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_Object || type.TypeKind == TypeKind.Dynamic)
            return new JsonFault(Names.ForPeople(type), "which arrives as a JsonElement: expected the type of the data", IsCertain: false);
        var isInterface = type.TypeKind == TypeKind.Interface;
        if (!(isInterface || (type.TypeKind == TypeKind.Class && type.IsAbstract)) || IsJson(type)) return null;
        if (isInterface && s_collections.Contains(type.Name) && IsOfSystem(type)) return null;
        return new JsonFault(Names.ForPeople(type), $"{(isInterface ? "an interface" : "an abstract class")}, which JSON writes and cannot read: expected a class, or [JsonDerivedType] on it", IsCertain: false);
    }

    /// <summary>Whether the type says itself how JSON reads it.</summary>
    private static bool IsConverted(ITypeSymbol type) => type.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.Name is "JsonConverterAttribute" or "JsonDerivedTypeAttribute" or "JsonPolymorphicAttribute" && IsJson(attribute.AttributeClass));

    private static bool IsJson(ISymbol symbol) => symbol.ContainingNamespace?.ToDisplayString().StartsWith("System.Text.Json", StringComparison.Ordinal) == true;

    private static bool IsOfSystem(ISymbol symbol) =>
        symbol.ContainingNamespace?.ToDisplayString() is { } name && (name == "System" || name.StartsWith("System.Collections", StringComparison.Ordinal));

    private static bool IsOrDerives(ITypeSymbol type, string name)
    {
        for (ITypeSymbol? ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (Names.Is(ancestor, name)) return true;
        }
        return false;
    }
}
