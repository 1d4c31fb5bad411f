using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Actors.Grains.Generator;

/// <summary>Names of types and of what is generated for them.</summary>
internal static class Names
{
    public const string Root = "Actors.Grains.Generated";
    public const string GrainAttribute = "Actors.Grains.GrainAttribute";
    public const string AliasAttribute = "Actors.Grains.AliasAttribute";
    public const string ReadOnlyAttribute = "Actors.Grains.ReadOnlyAttribute";
    public const string ReentrantAttribute = "Actors.Grains.ReentrantAttribute";
    public const string StatelessWorkerAttribute = "Actors.Grains.StatelessWorkerAttribute";
    public const string Grain = "Actors.Grains.Grain";
    public const string State = "Actors.Grains.IState<T>";
    public const string CancellationToken = "System.Threading.CancellationToken";
    public const string FromKeyedServices = "Microsoft.Extensions.DependencyInjection.FromKeyedServicesAttribute";

    private static readonly SymbolDisplayFormat s_full = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat s_definition = SymbolDisplayFormat.CSharpErrorMessageFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.None);

    private static readonly SymbolDisplayFormat s_people = SymbolDisplayFormat.MinimallyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>As code names it, with <c>global::</c> and the marks of nullable references.</summary>
    public static string Full(ITypeSymbol type) => type.ToDisplayString(s_full);

    /// <summary>As people read it.</summary>
    public static string ForPeople(ITypeSymbol type) => type.ToDisplayString(s_people);

    /// <summary>Whether a type is the one of a name such as <c>Actors.Grains.IState&lt;T&gt;</c>.</summary>
    public static bool Is(ISymbol? type, string name) => type?.OriginalDefinition.ToDisplayString(s_definition) == name;

    /// <summary>An identifier as code writes it.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>The namespace of the code that is generated for a type: so that two types of one name do not meet.</summary>
    public static string Namespace(INamedTypeSymbol type)
    {
        var full = new StringBuilder(Root);
        if (!type.ContainingNamespace.IsGlobalNamespace)
        {
            foreach (var part in type.ContainingNamespace.ToDisplayString(s_definition).Split('.')) full.Append('.').Append(Escape(part));
        }
        return full.ToString();
    }

    /// <summary>The name of the proxy: <c>CounterProxy</c> for <c>ICounter</c>, <c>Outer_CounterProxy</c> for <c>Outer.ICounter</c>.</summary>
    public static string Proxy(INamedTypeSymbol type)
    {
        var name = type.Name.Length > 1 && type.Name[0] == 'I' && char.IsUpper(type.Name[1]) ? type.Name.Substring(1) : type.Name + "_";
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType) name = $"{outer.Name}_{name}";
        return name + "Proxy";
    }

    /// <summary>The name of the class that registers an assembly's grains.</summary>
    public static string Registration(string? assembly)
    {
        var name = new StringBuilder("Registration_");
        foreach (var unit in assembly ?? "") name.Append(SyntaxFacts.IsIdentifierPartCharacter(unit) ? unit : '_');
        return name.ToString();
    }

    public static AttributeData? Attribute(ISymbol symbol, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (Is(attribute.AttributeClass, name)) return attribute;
        }
        return null;
    }

    /// <summary>The text that an attribute was given; null for none.</summary>
    public static string? Text(AttributeData? attribute) =>
        attribute is { ConstructorArguments: [{ Value: string text }] } ? text : null;
}
