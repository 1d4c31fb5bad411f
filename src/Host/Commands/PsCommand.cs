using System.CommandLine;
using System.Text.Json.Serialization;
using Actors.Host.Control;
using Actors.Host.Status;

namespace Actors.Host.Commands;

/// <summary><c>ps</c>: the hosts of this user and their roles.</summary>
internal static class PsCommand
{
    public static Command Create()
    {
        var ps = new ToolCommand("ps", "Lists the running hosts of this user and their roles.", ["actors ps", "actors ps --output json | jq '.hosts[].roles[].name'"]);
        var hosts = new HostArguments(ps, isForOne: false);
        ps.Does(async (context, stop) =>
        {
            var found = await RunningHosts.Find(hosts.DirectoryOf(context), stop);
            if (context.Output.IsJson) context.Output.WriteJson(new HostList([.. found.Select(host => host.Status).OfType<HostStatus>()], [.. found.Where(host => host.Status is null).Select(host => host.ProcessId)]), PsJson.Default.HostList);
            else Write(found, hosts.DirectoryOf(context), context);
            foreach (var silent in found.Where(host => host.Status is null)) context.Output.Errors.WriteLine($"ps: the host {silent.ProcessId} did not answer at {silent.Socket}: {silent.Silence}");
            return found.All(host => host.Status is not null) ? ExitCode.Success : ExitCode.NoAnswer;
        });
        return ps;
    }

    private static void Write(IReadOnlyList<RunningHost> found, string? directory, ToolContext context)
    {
        if (found.Count == 0)
        {
            context.Output.Errors.WriteLine($"ps: no host of this user runs (looked in {string.Join(" and ", ControlFolder.ForClient(directory))})");
            return;
        }
        var table = new ToolTable("PID", "HOST", "STATE", "ROLE", "PATTERN", "PEERS", "WAITING", "ENDPOINTS");
        foreach (var status in found.Select(host => host.Status).OfType<HostStatus>())
        {
            var (id, name) = ($"{status.Host.ProcessId}", status.Host.Name);
            foreach (var role in status.Roles)
                table.Add(id, name, StatusText.Of(role), role.Name, role.Pattern, $"{role.Peers.Count}", $"{role.Waiting}", string.Join(", ", role.Endpoints.Select(StatusText.Of)));
            if (status.Grains is { } grains) table.Add(id, name, StatusText.Of(status.Host.State), "grains", $"{grains.Nodes.Count} nodes", "", "", grains.Address);
            else if (status.Roles.Count == 0) table.Add(id, name, StatusText.Of(status.Host.State), "", "", "", "", "");
        }
        context.Output.Write(table);
    }
}

/// <summary>What <c>ps --output json</c> prints.</summary>
/// <param name="Hosts">The status of each host.</param>
/// <param name="Silent">The process ids of hosts that did not answer.</param>
internal sealed record HostList(IReadOnlyList<HostStatus> Hosts, IReadOnlyList<int> Silent);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(CamelCase<HostState>), typeof(CamelCase<RoleState>)])]
[JsonSerializable(typeof(HostList))]
internal sealed partial class PsJson : JsonSerializerContext;
