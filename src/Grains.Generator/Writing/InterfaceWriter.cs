using Microsoft.CodeAnalysis.CSharp;

namespace Actors.Grains.Generator;

/// <summary>Writes the proxy of a grain interface, with a call for each method and the description of the interface.</summary>
internal static class InterfaceWriter
{
    private const string Calls = "global::Actors.Grains.Calls.";
    private const string Token = "global::System.Threading.CancellationToken";

    public static string Write(InterfaceModel model)
    {
        var lines = Lines.Start()
            .Open($"namespace {model.Namespace}")
            .Add($"/// <summary>A reference to a grain of {model.Name}.</summary>")
            .Open($"internal sealed class {model.Proxy} : {Calls}GrainProxy, {model.Type}");
        Description(lines, model);
        lines.Add().Add($"private {model.Proxy}({Calls}GrainReference reference)").Deeper().Add(": base(reference)").Back().Add("{").Add("}");
        foreach (var method in model.Methods) Method(lines.Add(), method);
        foreach (var method in model.Methods) Call(lines.Add(), model, method);
        return lines.Close().Close().ToString();
    }

    private static void Description(Lines lines, InterfaceModel model)
    {
        foreach (var method in model.Methods)
        {
            lines.Add($"private static readonly {Calls}GrainMethod {method.Stem}Method = new {Calls}GrainMethod({Quote(method.WireName)}, {Quote(method.Signature)}, {(method.IsReadOnly ? "true" : "false")}, static () => new {method.Stem}Call());");
        }
        if (model.Methods.Count > 0) lines.Add();
        lines.Add($"internal static readonly {Calls}GrainInterface Description = new {Calls}GrainInterface(").Deeper()
            .Add($"{Quote(model.Kind)},")
            .Add($"typeof({model.Type}),")
            .Add($"static reference => new {model.Proxy}(reference){(model.Methods.Count > 0 ? "," : ");")}");
        for (var i = 0; i < model.Methods.Count; i++) lines.Add($"{model.Methods[i].Stem}Method{(i + 1 < model.Methods.Count ? "," : ");")}");
        lines.Back();
    }

    private static void Method(Lines lines, MethodModel method)
    {
        var parameters = string.Join(", ", method.Parameters.Select(parameter => $"{parameter.Type} {Local(parameter)}"));
        var token = method.Parameters.FirstOrDefault(parameter => parameter.IsToken);
        var arguments = method.Parameters.Where(parameter => !parameter.IsToken).Select(parameter => $"{Field(parameter)} = {Local(parameter)}").ToArray();
        var call = $"new {method.Stem}Call" + (arguments.Length == 0 ? "()" : $" {{ {string.Join(", ", arguments)} }}");
        var sent = $"this.Call({method.Stem}Method, {call}, {(token is null ? "default" : Local(token))})";
        lines.Add($"{method.ReturnType} {method.Owner}.{method.Name}({parameters}) =>").Deeper()
            .Add((method.Return is ReturnKind.ValueTask or ReturnKind.ValueTaskOfResult ? $"new {method.ReturnType}({sent})" : sent) + ";").Back();
    }

    private static void Call(Lines lines, InterfaceModel model, MethodModel method)
    {
        var access = model.SeesInternals ? "protected internal" : "protected";
        var result = method.Result ?? Calls + "Nothing";
        var arguments = method.Parameters.Where(parameter => !parameter.IsToken).ToArray();
        lines.Open($"private sealed class {method.Stem}Call : {Calls}GrainCall<{result}>");
        foreach (var argument in arguments) lines.Add($"internal {argument.Type} {Field(argument)};");
        if (arguments.Length > 0) lines.Add();

        var called = $"(({method.Owner})grain).{method.Name}({string.Join(", ", method.Parameters.Select(parameter => parameter.IsToken ? "cancel" : Field(parameter)))})";
        lines.Add($"{access} override global::System.Threading.Tasks.ValueTask<{result}> Invoke(object grain, {Token} cancel) =>").Deeper()
            .Add(method.Return switch
            {
                ReturnKind.ValueTaskOfResult => $"{called};",
                ReturnKind.TaskOfResult => $"new global::System.Threading.Tasks.ValueTask<{result}>({called});",
                _ => $"{Calls}Nothing.From({called});",
            }).Back();

        lines.Add().Open($"{access} override void WriteArguments(global::System.Text.Json.Utf8JsonWriter writer, {Calls}GrainJson json)");
        foreach (var argument in arguments) lines.Add($"json.Write<{argument.Type}>(writer, {Field(argument)});");
        lines.Close();

        lines.Add().Open($"{access} override void ReadArguments(ref global::System.Text.Json.Utf8JsonReader reader, {Calls}GrainJson json)");
        foreach (var argument in arguments)
        {
            var orElse = argument.Default is null ? "" : ", " + argument.Default;
            lines.Add($"{Field(argument)} = json.Next<{argument.Type}>(ref reader, {Quote(argument.Name)}{orElse});");
        }
        lines.Close().Close();
    }

    /// <summary>The underscore keeps an argument from the names of members, and from keywords.</summary>
    private static string Field(ParameterModel parameter) => "_" + parameter.Name;

    /// <summary>A parameter that begins as members of the proxy do could hide one of them.</summary>
    private static string Local(ParameterModel parameter) => char.IsUpper(parameter.Name[0]) ? "_" + parameter.Name : Names.Escape(parameter.Name);

    private static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
