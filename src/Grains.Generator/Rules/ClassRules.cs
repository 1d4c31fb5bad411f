using Microsoft.CodeAnalysis;

namespace Actors.Grains.Generator;

/// <summary>The rules for classes of grains. A message names what is wrong, where, and what was expected.</summary>
internal static class ClassRules
{
    private const string Category = "Actors.Grains";

    public static readonly DiagnosticDescriptor NoInterface = new(
        "ACTG016",
        "Class of grains without an interface",
        "{0} is derived from Grain and implements no grain interface: expected one with [Grain(\"...\")], or an abstract class",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor TwoInterfaces = new(
        "ACTG017",
        "Class of grains with two interfaces",
        "{0} implements {1}: expected one grain interface for a class",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor Constructors = new(
        "ACTG018",
        "Class of grains without one public constructor",
        "{0} has {1} public constructors: expected one, which takes the state and services",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor ConstructorParameter = new(
        "ACTG019",
        "Constructor parameter that nothing can be given for",
        "the parameter {0} of the constructor of {1} is {2}: expected IState<T> or a service",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor TwoStates = new(
        "ACTG020",
        "Class of grains with two states",
        "{0} takes {1} states: expected at most one IState<T>, because a grain is one row in the store",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor Required = new(
        "ACTG021",
        "Class of grains with required members",
        "{0} has the required member {1}: expected a constructor parameter in its place",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor GenericClass = new(
        "ACTG022",
        "Generic class of grains",
        "{0} is generic: expected a class without type parameters, which may derive from a generic one, or an abstract class",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor IdleAttribute = new(
        "ACTG023",
        "Attribute that has no effect here",
        "{0} has [{1}], which only counts on the method of the grain interface: expected it on {2}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor WorkerState = new(
        "ACTG024",
        "Stateless worker with a state",
        "{0} is a stateless worker and takes {1}: expected no state, because the activations of a worker would overwrite each other's",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor WorkerReminder = new(
        "ACTG025",
        "Stateless worker with reminders",
        "{0} is a stateless worker and implements IRemindable: expected a kind with an identity, because a worker on no certain node cannot be reminded",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor WorkerCount = new(
        "ACTG026",
        "Number of activations below zero",
        "{0} has [StatelessWorker({1})]: expected 0, for as many as there are processors, or more",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true, customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    public static readonly DiagnosticDescriptor StateJson = new(
        "ACTG027",
        "State that JSON cannot carry",
        "the state of {0} is {1}, {2}; an IStateCodec<T> can carry it",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true);
}
