namespace Actors.Grains.Generator;

/// <summary>What is written for a grain interface. Holds no symbols: two equal ones give the same text.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Type">The interface, with <c>global::</c>.</param>
/// <param name="Name">The interface's names for people.</param>
/// <param name="Namespace">Of the generated code.</param>
/// <param name="Proxy">The name of the proxy class.</param>
/// <param name="SeesInternals">Whether this compilation sees the internals of Actors.Grains, which changes how members are overridden.</param>
/// <param name="Methods">Own methods, then inherited ones.</param>
internal sealed record InterfaceModel(
    string Kind,
    string Type,
    string Name,
    string Namespace,
    string Proxy,
    bool SeesInternals,
    EquatableArray<MethodModel> Methods)
{
    public string FullProxy => $"global::{Namespace}.{Proxy}";

    public string File => $"{Namespace}.{Proxy}".Replace("@", "") + ".g.cs";
}

/// <summary>How a method returns.</summary>
internal enum ReturnKind
{
    Task,
    TaskOfResult,
    ValueTask,
    ValueTaskOfResult,
}

/// <summary>A method of a grain interface.</summary>
/// <param name="WireName">Its name on the wire.</param>
/// <param name="Name">Its name in code.</param>
/// <param name="Stem">Unique within the interface; the names of what is generated for the method begin with it.</param>
/// <param name="Owner">The interface that declares it, with <c>global::</c>.</param>
/// <param name="Return">How it returns.</param>
/// <param name="ReturnType">With <c>global::</c>.</param>
/// <param name="Result">The type of the result; null for none.</param>
/// <param name="Signature">For people.</param>
/// <param name="IsReadOnly">Whether it has the attribute.</param>
/// <param name="Parameters">All, with the token.</param>
internal sealed record MethodModel(
    string WireName,
    string Name,
    string Stem,
    string Owner,
    ReturnKind Return,
    string ReturnType,
    string? Result,
    string Signature,
    bool IsReadOnly,
    EquatableArray<ParameterModel> Parameters);

/// <summary>A parameter.</summary>
/// <param name="Name">As it was declared, without <c>@</c>.</param>
/// <param name="Type">With <c>global::</c>.</param>
/// <param name="IsToken">Whether it is the cancellation token, which is not an argument.</param>
/// <param name="Default">The default as an expression; null for a parameter that has none.</param>
internal sealed record ParameterModel(string Name, string Type, bool IsToken, string? Default);

/// <summary>What is written for a class of grains.</summary>
/// <param name="Type">The class, with <c>global::</c>.</param>
/// <param name="Interface">The grain interface, with <c>global::</c>.</param>
/// <param name="IsReentrant">Whether it has the attribute.</param>
/// <param name="StatelessWorkers">The attribute's argument; null without it.</param>
/// <param name="HasState">Whether the constructor takes a state.</param>
/// <param name="Arguments">The constructor's arguments, as expressions of <c>parts</c>.</param>
internal sealed record ClassModel(
    string Type,
    string Interface,
    bool IsReentrant,
    int? StatelessWorkers,
    bool HasState,
    EquatableArray<string> Arguments);
