using Microsoft.CodeAnalysis;

namespace Actors.Grains.Generator;

/// <summary>What the constructor of a grain is given: its state, and services of the app.</summary>
internal static class ConstructorArguments
{
    private const string Services = "parts.Service<global::System.IServiceProvider>()";
    private const string Keyed = "global::Microsoft.Extensions.DependencyInjection.ServiceProviderKeyedServiceExtensions";

    /// <summary>Why nothing can be given for a parameter; null for one that something can.</summary>
    public static string? Fault(IParameterSymbol parameter)
    {
        if (Names.ReferenceKind(parameter) is { } reference) return reference;
        if (Names.Attribute(parameter, Names.FromKeyedServices) is { } keyed && Key(keyed) is null) return "[FromKeyedServices] with a key that is no constant, number, text, enum or type";
        return null;
    }

    /// <summary>The argument, as an expression of <c>parts</c>.</summary>
    public static string Write(IParameterSymbol parameter)
    {
        if (ClassReader.IsState(parameter)) return $"parts.State<{Names.Full(((INamedTypeSymbol)parameter.Type).TypeArguments[0])}>()";
        var type = Names.Full(Plain(parameter.Type));
        var key = Names.Attribute(parameter, Names.FromKeyedServices) is { } keyed ? Key(keyed) : null;
        if (!parameter.IsOptional) return key is null ? $"parts.Service<{type}>()" : $"{Keyed}.GetRequiredKeyedService<{type}>({Services}, {key})";
        var found = key is null ? $"{Services}.GetService(typeof({type}))" : $"((global::Microsoft.Extensions.DependencyInjection.IKeyedServiceProvider){Services}).GetKeyedService(typeof({type}), {key})";
        return $"{found} is {type} found{parameter.Ordinal} ? found{parameter.Ordinal} : {Literals.Default(parameter)}";
    }

    /// <summary>The type of the service: without a mark of null.</summary>
    private static ITypeSymbol Plain(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);

    private static string? Key(AttributeData attribute) => attribute.ConstructorArguments switch
    {
        [{ Kind: TypedConstantKind.Primitive or TypedConstantKind.Enum, Type: { } type, Value: { } value }] => Literals.Of(type, value),
        [{ Kind: TypedConstantKind.Type, Value: ITypeSymbol type }] => $"typeof({Names.Full(type)})",
        _ => null,
    };
}
