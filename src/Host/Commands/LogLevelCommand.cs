using System.CommandLine;
using Actors.Host.Control;
using Actors.Host.Running;

namespace Actors.Host.Commands;

/// <summary><c>log-level LEVEL</c>: changes what a running host logs.</summary>
internal static class LogLevelCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var level = new Argument<string>("level") { Description = "off, error, warning, info or debug." };
        level.AcceptOnlyFromAmong([.. LogLevels.Words]);
        var role = new Option<string>("--for") { Description = "Only for this role. Absent: for all of the host, and no role differs from it any more.", HelpName = "ROLE" };
        var log = new ToolCommand("log-level", "Changes from which level on a running host logs, until it ends.", ["actors log-level info", "actors log-level debug --for tasks"])
        {
            level,
            role,
        };
        var hosts = new HostArguments(log);
        log.Does((context, stop) => hosts.With(context, stop, async host =>
        {
            var reply = await host.Ask(new ControlRequest(ControlRequest.CurrentVersion, ControlVerbs.LogLevel) { Level = context.Line.GetRequiredValue(level), Role = context.Get(role) }, Patience, stop);
            var done = reply.LogLevel!;
            if (context.Output.IsJson) context.Output.WriteJson(reply, ControlJson.Default.ControlReply);
            else context.Output.WriteLine($"{done.Role ?? $"host {host.ProcessId}"}: logs from {done.Level} on{(done.Limit is { } limit ? $"; {limit}" : "")}");
            return ExitCode.Success;
        }));
        return log;
    }
}
