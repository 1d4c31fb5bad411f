using Microsoft.CodeAnalysis;

namespace Actors.Grains.Generator;

/// <summary>The rules for grain interfaces. A message names what is wrong, where, and what was expected.</summary>
internal static class InterfaceRules
{
    private const string Category = "Actors.Grains";

    public static readonly DiagnosticDescriptor Kind = new(
        "ACTG001",
        "Kind that no wire can carry",
        "the kind \"{0}\" of {1} {2}: expected 1 to 100 letters a-z and A-Z, digits, dots, underscores and hyphens",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor SharedKind = new(
        "ACTG002",
        "Kind of two interfaces",
        "{1} has the kind \"{0}\", which {2} has too: expected one interface for a kind",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable, WellKnownDiagnosticTags.CompilationEnd]);

    public static readonly DiagnosticDescriptor GenericInterface = new(
        "ACTG003",
        "Generic grain interface",
        "{0} is generic: expected an interface without type parameters, which may inherit a closed generic one",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor HiddenType = new(
        "ACTG004",
        "Type that generated code cannot name",
        "{0} is {1}: expected one that the whole assembly sees, internal or public",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor Member = new(
        "ACTG005",
        "Member that is no grain method",
        "{0} of {1} is {2}: expected only public methods in a grain interface",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor Return = new(
        "ACTG006",
        "Method that does not return a task",
        "{0} returns {1}: expected Task, Task<T>, ValueTask or ValueTask<T>",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor Stream = new(
        "ACTG007",
        "Method that returns a stream",
        "{0} returns {1}: expected one result, such as Task<List<T>>, because a call has one reply",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor GenericMethod = new(
        "ACTG008",
        "Generic grain method",
        "{0} is generic: expected a method without type parameters, because its name on the wire says nothing of types",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor Reference = new(
        "ACTG009",
        "Parameter that cannot leave the process",
        "the parameter {0} of {1} is {2}: expected a value, which can be sent to another node",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor Tokens = new(
        "ACTG010",
        "Two cancellation tokens",
        "{0} has {1} cancellation tokens: expected at most one, which is the call's",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor Overload = new(
        "ACTG011",
        "Overload without a name of its own",
        "{0} is an overload of {1}: expected [Alias(\"...\")] on one of them, because the wire knows methods by name only",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor SharedName = new(
        "ACTG012",
        "Two methods of one name on the wire",
        "{0} has the name \"{1}\" on the wire, which {2} has too: expected one method for a name",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor Alias = new(
        "ACTG013",
        "Name that no wire can carry",
        "the name \"{0}\" of {1} {2}: expected 1 to 100 letters a-z and A-Z, digits, dots, underscores and hyphens",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor NoJson = new(
        "ACTG014",
        "Type that JSON cannot carry",
        "{0} of {1} is {2}, {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor OpenJson = new(
        "ACTG015",
        "Type that JSON may not carry",
        "{0} of {1} is {2}, {3}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true);
}
