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
    public const string AsyncEnumerable = "System.Collections.Generic.IAsyncEnumerable<T>";
    public const string Remindable = "Actors.Grains.IRemindable";
    public const string SetsRequiredMembers = "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute";
    public const string FromKeyedServices = "Microsoft.Extensions.DependencyInjection.FromKeyedServicesAttribute";

    private static readonly SymbolDisplayFormat s_full = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat s_definition = SymbolDisplayFormat.CSharpErrorMessageFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.None);

    private static readonly SymbolDisplayFormat s_people = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>As code names it, with <c>global::</c> and the marks of nullable references.</summary>
    public static string Full(ITypeSymbol type) => type.ToDisplayString(s_full);

    /// <summary>As people read it.</summary>
    public static string ForPeople(ITypeSymbol type) => type.ToDisplayString(s_people);

    /// <summary>Whether a type is the one of a name such as <c>Actors.Grains.IState&lt;T&gt;</c>.</summary>
    public static bool Is(ISymbol? type, string name)
    {
        // The simple name first: most types differ there, and the full name costs a text.
        if (type is null || name.IndexOf(type.Name, StringComparison.Ordinal) < 0) return false;
        return type.OriginalDefinition.ToDisplayString(s_definition) == name;
    }

    /// <summary>An identifier as code writes it.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

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

    /// <summary>Whether a type, or one that it is nested in, has type parameters.</summary>
    public static bool IsGeneric(INamedTypeSymbol type)
    {
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.TypeParameters.Length > 0) return true;
        }
        return false;
    }

    /// <summary>What keeps generated code from naming a type; null for nothing.</summary>
    public static string? HiddenBy(INamedTypeSymbol type)
    {
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            var access = outer.DeclaredAccessibility switch
            {
                Accessibility.Private => "private",
                Accessibility.Protected => "protected",
                Accessibility.ProtectedAndInternal => "private protected",
                _ => null,
            };
            if (outer.IsFileLocal) access = "local to its file";
            if (access is not null) return SymbolEqualityComparer.Default.Equals(outer, type) ? access : $"inside {outer.Name}, which is {access}";
        }
        return null;
    }

    /// <summary>What makes a parameter a reference into memory; null for one that is none.</summary>
    public static string? ReferenceKind(IParameterSymbol parameter) => parameter switch
    {
        { RefKind: RefKind.Ref } => "ref",
        { RefKind: RefKind.Out } => "out",
        { RefKind: not RefKind.None } => "in",
        { Type.IsRefLikeType: true } => $"a {ForPeople(parameter.Type)}",
        { Type.TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } => "a pointer",
        _ => null,
    };

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
