using Microsoft.CodeAnalysis;

namespace Actors.Grains.Generator;

/// <summary>Holds an interface with the attribute against the rules.</summary>
internal static class InterfaceCheck
{
    public static void Run(INamedTypeSymbol type, Findings findings)
    {
        var kind = Names.Text(Names.Attribute(type, Names.GrainAttribute));
        if (WireNames.Fault(kind) is { } fault) findings.Add(InterfaceRules.Kind, type, kind ?? "", type.Name, fault);
        if (Names.IsGeneric(type)) findings.Add(InterfaceRules.GenericInterface, type, type.Name);
        if (Names.HiddenBy(type) is { } hidden) findings.Add(InterfaceRules.HiddenType, type, type.Name, hidden);
        foreach (var owner in InterfaceReader.Owners(type)) Members(owner, findings);

        var known = new Dictionary<string, IMethodSymbol>(StringComparer.Ordinal);
        foreach (var method in InterfaceReader.Methods(type))
        {
            WireName(method, known, findings);
            Method(method, findings);
        }
    }

    private static void Members(INamedTypeSymbol owner, Findings findings)
    {
        foreach (var member in owner.GetMembers())
        {
            var what = member switch
            {
                IPropertySymbol { IsIndexer: true } => "an indexer",
                IPropertySymbol => "a property",
                IEventSymbol => "an event",
                IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion, IsAbstract: true } => "an operator",
                IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: true, IsAbstract: true } => "a static method without a body",
                IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false, DeclaredAccessibility: not Accessibility.Public } method when method.IsAbstract || method.IsVirtual => "not public",
                _ => null,
            };
            if (what is null || (member.IsStatic && !member.IsAbstract)) continue;
            findings.Add(InterfaceRules.Member, member, member.Name, owner.Name, what);
        }
    }

    private static void WireName(IMethodSymbol method, Dictionary<string, IMethodSymbol> known, Findings findings)
    {
        var attribute = Names.Attribute(method, Names.AliasAttribute);
        var alias = Names.Text(attribute);
        // A method's own name may have any letters: it is the alias that promises what the wire can carry everywhere.
        if (attribute is not null && WireNames.Fault(alias) is { } fault)
        {
            findings.Add(InterfaceRules.Alias, method, alias ?? "", Name(method), fault);
            return;
        }
        if (alias is null && WireNames.Fault(method.Name) is { } wrong) findings.Add(InterfaceRules.Alias, method, method.Name, Name(method), wrong);
        var name = alias ?? method.Name;
        if (!known.TryGetValue(name, out var other)) known.Add(name, method);
        else if (alias is null && other.Name == method.Name && Names.Attribute(other, Names.AliasAttribute) is null) findings.Add(InterfaceRules.Overload, method, Shown(method), Shown(other));
        else findings.Add(InterfaceRules.SharedName, method, Shown(method), name, Shown(other));
    }

    private static void Method(IMethodSymbol method, Findings findings)
    {
        if (method.IsGenericMethod)
        {
            findings.Add(InterfaceRules.GenericMethod, method, Name(method));
            return;
        }
        Return(method, findings);
        var tokens = method.Parameters.Count(InterfaceReader.IsToken);
        if (tokens > 1) findings.Add(InterfaceRules.Tokens, method, Name(method), tokens);
        foreach (var parameter in method.Parameters)
        {
            if (Names.ReferenceKind(parameter) is { } reference) findings.Add(InterfaceRules.Reference, parameter, parameter.Name, Name(method), reference);
            else if (!InterfaceReader.IsToken(parameter)) Json(parameter.Type, $"the parameter {parameter.Name}", method, parameter, findings);
        }
    }

    private static void Return(IMethodSymbol method, Findings findings)
    {
        if (Names.Is(method.ReturnType, Names.AsyncEnumerable))
        {
            findings.Add(InterfaceRules.Stream, method, Name(method), Names.ForPeople(method.ReturnType));
        }
        else if (method.ReturnsByRef || method.ReturnsByRefReadonly || method.ReturnType is not INamedTypeSymbol returned || InterfaceReader.ReturnOf(returned) is null)
        {
            findings.Add(InterfaceRules.Return, method, Name(method), (method.ReturnsByRef ? "ref " : "") + Names.ForPeople(method.ReturnType));
        }
        else if (returned.TypeArguments is [var result])
        {
            Json(result, "the result", method, method, findings);
        }
    }

    private static void Json(ITypeSymbol type, string what, IMethodSymbol method, ISymbol at, Findings findings)
    {
        if (JsonTypes.Fault(type) is not { } fault) return;
        findings.Add(fault.IsCertain ? InterfaceRules.NoJson : InterfaceRules.OpenJson, at, what, Name(method), fault.Type, fault.Reason);
    }

    private static string Name(IMethodSymbol method) => $"{method.ContainingType.Name}.{method.Name}";

    private static string Shown(IMethodSymbol method) =>
        $"{Name(method)}({string.Join(", ", method.Parameters.Select(parameter => Names.ForPeople(parameter.Type)))})";
}
