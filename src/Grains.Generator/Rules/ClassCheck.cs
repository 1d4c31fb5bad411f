using Microsoft.CodeAnalysis;

namespace Actors.Grains.Generator;

/// <summary>Holds a class that is derived from <c>Grain</c>, and not abstract, against the rules.</summary>
internal static class ClassCheck
{
    public static void Run(INamedTypeSymbol type, Findings findings)
    {
        if (Names.IsGeneric(type)) findings.Add(ClassRules.GenericClass, type, type.Name);
        if (Names.HiddenBy(type) is { } hidden) findings.Add(InterfaceRules.HiddenType, type, type.Name, hidden);
        var interfaces = ClassReader.GrainInterfaces(type);
        if (interfaces.Length == 0) findings.Add(ClassRules.NoInterface, type, type.Name);
        if (interfaces.Length > 1) findings.Add(ClassRules.TwoInterfaces, type, type.Name, string.Join(" and ", interfaces.Select(grains => grains.Name)));
        var constructors = ClassReader.Constructors(type);
        if (constructors.Length != 1) findings.Add(ClassRules.Constructors, type, type.Name, constructors.Length == 0 ? "no" : $"{constructors.Length}");
        foreach (var constructor in constructors) Constructor(type, constructor, findings);
        Worker(type, constructors, findings);
        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation } method) Attributes(method, interfaces, findings);
        }
    }

    private static void Constructor(INamedTypeSymbol type, IMethodSymbol constructor, Findings findings)
    {
        var states = constructor.Parameters.Where(ClassReader.IsState).ToArray();
        if (states.Length > 1) findings.Add(ClassRules.TwoStates, states[1], type.Name, states.Length);
        foreach (var parameter in constructor.Parameters)
        {
            if (ConstructorArguments.Fault(parameter) is { } fault) findings.Add(ClassRules.ConstructorParameter, parameter, parameter.Name, type.Name, fault);
        }
        foreach (var state in states)
        {
            if (JsonTypes.Fault(((INamedTypeSymbol)state.Type).TypeArguments[0]) is { } fault) findings.Add(ClassRules.StateJson, state, type.Name, fault.Type, fault.Reason);
        }
        if (constructor.GetAttributes().Any(attribute => Names.Is(attribute.AttributeClass, Names.SetsRequiredMembers))) return;
        for (var owner = type; owner is not null; owner = owner.BaseType)
        {
            foreach (var member in owner.GetMembers())
            {
                if (member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }) findings.Add(ClassRules.Required, member, type.Name, member.Name);
            }
        }
    }

    private static void Worker(INamedTypeSymbol type, IMethodSymbol[] constructors, Findings findings)
    {
        if (Names.Attribute(type, Names.StatelessWorkerAttribute) is not { } worker) return;
        if (worker.ConstructorArguments is [{ Value: int and < 0 and var count }]) findings.Add(ClassRules.WorkerCount, type, type.Name, count);
        if (constructors.SelectMany(constructor => constructor.Parameters).FirstOrDefault(ClassReader.IsState) is { } state) findings.Add(ClassRules.WorkerState, state, type.Name, Names.ForPeople(state.Type));
        if (type.AllInterfaces.Any(candidate => Names.Is(candidate, Names.Remindable))) findings.Add(ClassRules.WorkerReminder, type, type.Name);
    }

    private static void Attributes(IMethodSymbol method, INamedTypeSymbol[] interfaces, Findings findings)
    {
        foreach (var (name, shown) in new[] { (Names.ReadOnlyAttribute, "ReadOnly"), (Names.AliasAttribute, "Alias") })
        {
            if (Names.Attribute(method, name) is null) continue;
            var where = interfaces.Length == 1 ? $"the method of {interfaces[0].Name}" : "the interface's method";
            findings.Add(ClassRules.IdleAttribute, method, $"{method.ContainingType.Name}.{method.Name}", shown, where);
        }
    }
}
