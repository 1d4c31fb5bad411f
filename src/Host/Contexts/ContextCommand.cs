using System.CommandLine;
using System.Text.Json.Serialization;
using Actors.Host.Commands;
using Actors.Host.Commands.Options;
using Actors.Host.Commands.Sockets;
using Actors.Zmtp;

namespace Actors.Host.Contexts;

/// <summary><c>context add|list|show|remove</c>: endpoints and keys under a name, for <c>--context</c>.</summary>
internal static class ContextCommand
{
    // Those of all verbs, so that a context may say what its endpoint is.
    private static readonly SocketKindName[] s_types = [.. Enum.GetValues<ZmqSocketType>().Where(type => type != ZmqSocketType.None).Select(type => new SocketKindName(type))];

    public static Command Create() => new("context", "Keeps endpoints with their keys under names, for --context; each in a file of mode 0600.") { Add(), List(), Show(), Remove() };

    private static ToolCommand Add()
    {
        var name = Name("The name of the new context.");
        var force = new Option<bool>("--force") { Description = "Write over a context of the same name." };
        var add = new ToolCommand("add", "Saves endpoints and keys under a name. Secrets are taken from files and the environment.", ["actors context add orders --connect tcp://orders.example.com:5557 --server-key server.pub --key-file client.key"]) { name, force };
        var endpoints = new EndpointOptions(add, s_types);
        add.Does(context =>
        {
            var saved = endpoints.Save(context);
            saved = saved with { Security = saved.Security with { KeyFile = Full(saved.Security.KeyFile), Users = Full(saved.Security.Users), Clients = saved.Security.Clients == "any" ? "any" : Full(saved.Security.Clients), ServerKey = File.Exists(saved.Security.ServerKey) ? Full(saved.Security.ServerKey) : saved.Security.ServerKey } };
            new SocketPlan { Bind = saved.Bind, Connect = saved.Connect, Security = saved.Security }.Checked();
            Store(context).Write(context.Line.GetRequiredValue(name), saved, context.Get(force));
            return ExitCode.Success;
        });
        return add;
    }

    private static ToolCommand List()
    {
        var list = new ToolCommand("list", "Lists the contexts.", ["actors context list"]);
        list.Does(context =>
        {
            var store = Store(context);
            var rows = store.Names().Select(name => ContextRow.Of(name, store.Read(name))).ToList();
            if (context.Output.IsJson) context.Output.WriteJson(rows, ContextJson.Default.ListContextRow);
            else if (rows.Count == 0) context.Output.Errors.WriteLine("there is no context; actors context add makes one");
            else
            {
                var table = new ToolTable("NAME", "TYPE", "BIND", "CONNECT", "SECURITY");
                foreach (var row in rows) table.Add(row.Name, row.Type ?? "", string.Join(" ", row.Bind), string.Join(" ", row.Connect), row.Security?.GetValueOrDefault("mechanism") ?? "null");
                context.Output.Write(table);
            }
            return ExitCode.Success;
        });
        return list;
    }

    private static ToolCommand Show()
    {
        var name = Name("The context.");
        var show = new ToolCommand("show", "Shows a context, without its secrets.", ["actors context show orders"]) { name };
        show.Does(context =>
        {
            var row = ContextRow.Of(context.Line.GetRequiredValue(name), Store(context).Read(context.Line.GetRequiredValue(name)));
            if (context.Output.IsJson) context.Output.WriteJson(row, ContextJson.Default.ContextRow);
            else
            {
                var table = new ToolTable("KEY", "VALUE");
                foreach (var endpoint in row.Bind) table.Add("bind", endpoint);
                foreach (var endpoint in row.Connect) table.Add("connect", endpoint);
                if (row.Type is not null) table.Add("type", row.Type);
                foreach (var (key, value) in row.Security ?? []) table.Add($"security.{key}", value);
                context.Output.Write(table);
            }
            return ExitCode.Success;
        });
        return show;
    }

    private static ToolCommand Remove()
    {
        var name = Name("The context.");
        var remove = new ToolCommand("remove", "Removes a context, with the secrets in it.", ["actors context remove orders"]) { name };
        remove.Does(context =>
        {
            Store(context).Remove(context.Line.GetRequiredValue(name));
            return ExitCode.Success;
        });
        return remove;
    }

    private static ContextStore Store(ToolContext context) => ContextStore.Of(context.Invocation.Environment);

    private static Argument<string> Name(string description)
    {
        var name = new Argument<string>("name") { Description = description };
        name.CompletionSources.Add(_ => ContextStore.Of(Environment.GetEnvironmentVariable).Names().Select(known => new System.CommandLine.Completions.CompletionItem(known)));
        return name;
    }

    /// <summary>A context is used from any folder.</summary>
    private static string? Full(string? file) => file is null ? null : Path.GetFullPath(file);
}

/// <summary>A context as <c>--output json</c> prints it; secrets are not shown.</summary>
internal sealed record ContextRow(string Name, IReadOnlyList<string> Bind, IReadOnlyList<string> Connect, string? Type, Dictionary<string, string>? Security)
{
    public static ContextRow Of(string name, SavedContext context)
    {
        var security = ContextFile.SecurityOf(context, withSecrets: false).ToDictionary(row => row.Key, row => row.Value);
        return new ContextRow(name, context.Bind, context.Connect, context.Type, security.Count > 0 ? security : null);
    }
}

/// <summary>The documents of <c>context --output json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ContextRow))]
[JsonSerializable(typeof(List<ContextRow>))]
internal sealed partial class ContextJson : JsonSerializerContext;
