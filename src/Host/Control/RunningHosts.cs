using System.Globalization;
using System.Text.Json;
using Actors.Host.Commands;
using Actors.Host.Status;
using Actors.Zmtp;

namespace Actors.Host.Control;

/// <summary>A host that has a control socket.</summary>
/// <param name="Socket">The path of its socket.</param>
/// <param name="ProcessId">From the name of the socket.</param>
/// <param name="Status">Its status; null where it did not answer.</param>
/// <param name="Silence">Why there is no status; null where there is one.</param>
internal sealed record RunningHost(string Socket, int ProcessId, HostStatus? Status, string? Silence)
{
    /// <summary>Asks it for something.</summary>
    /// <exception cref="ToolException">It does not answer, or it refuses.</exception>
    public async Task<ControlReply> Ask(ControlRequest request, TimeSpan patience, CancellationToken cancel)
    {
        ControlReply reply;
        try
        {
            reply = await ControlClient.Ask(Socket, request, patience, cancel).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is TimeoutException or JsonException or ZmqException)
        {
            throw new ToolException($"the host {ProcessId} did not answer at {Socket}: {fault.Message}", ExitCode.NoAnswer);
        }
        if (reply.Error is { } error) throw new ControlException(error);
        return reply;
    }
}

/// <summary>A host has refused what it was asked for, or failed at it.</summary>
internal sealed class ControlException(ControlError error) : Exception(error.Message)
{
    public ControlError Error => error;
}

/// <summary>The hosts of this user.</summary>
internal static class RunningHosts
{
    // A host that works answers within milliseconds; one that is stopped in a debugger does not.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>All of them, in the order of their process ids. Sockets that killed hosts have left are removed.</summary>
    /// <param name="directory">Where to look; null for the usual places.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<IReadOnlyList<RunningHost>> Find(string? directory, CancellationToken cancel)
    {
        if (directory is not null && Directory.Exists(directory) && ControlFolder.Fault(directory) is { } fault) throw ToolException.Usage($"{directory} {fault}");
        var sockets = ControlFolder.ForClient(directory).SelectMany(ControlFolder.Sockets).ToList();
        return [.. (await Task.WhenAll(sockets.Select(socket => Read(socket, cancel))).ConfigureAwait(false)).OrderBy(host => host.ProcessId)];
    }

    /// <summary>The one that is meant.</summary>
    /// <param name="directory">Where to look; null for the usual places.</param>
    /// <param name="which">Its process id, its file or the file's name, with or without the extension; null where it is the only one.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ToolException">None is meant, or more than one.</exception>
    public static async Task<RunningHost> One(string? directory, string? which, CancellationToken cancel)
    {
        var hosts = await Find(directory, cancel).ConfigureAwait(false);
        if (hosts.Count == 0) throw new ToolException($"no host of this user runs (looked in {string.Join(" and ", ControlFolder.ForClient(directory))})", ExitCode.NoAnswer);
        var meant = which is null ? hosts : [.. hosts.Where(host => IsMeant(host, which))];
        return meant switch
        {
            [var one] => one,
            [] => throw ToolException.Usage($"no running host is \"{which}\": expected one of {Names(hosts)}"),
            _ when which is null => throw ToolException.Usage($"{meant.Count} hosts run: expected --host with one of {Names(meant)}"),
            _ => throw ToolException.Usage($"{meant.Count} hosts are \"{which}\": expected the process id, one of {Names(meant)}"),
        };
    }

    private static async Task<RunningHost> Read(string socket, CancellationToken cancel)
    {
        var id = ControlFolder.ProcessOf(socket)!.Value;
        try
        {
            var reply = await ControlClient.Ask(socket, new ControlRequest(ControlRequest.CurrentVersion, ControlVerbs.Status), Patience, cancel).ConfigureAwait(false);
            return new RunningHost(socket, id, reply.Status, reply.Status is null ? reply.Error?.Message ?? "it has no status" : null);
        }
        catch (Exception fault) when (fault is TimeoutException or JsonException or ZmqException)
        {
            return new RunningHost(socket, id, null, fault.Message);
        }
    }

    private static bool IsMeant(RunningHost host, string which)
    {
        if (which == host.ProcessId.ToString(CultureInfo.InvariantCulture)) return true;
        if (host.Status is not { } status) return false;
        return which == status.Host.Name || which == Path.GetFileName(status.Host.File) || Path.GetFullPath(which) == status.Host.File;
    }

    private static string Names(IEnumerable<RunningHost> hosts) => string.Join(", ", hosts.Select(host => host.Status is { } status ? $"{host.ProcessId} ({status.Host.Name})" : $"{host.ProcessId}"));
}
