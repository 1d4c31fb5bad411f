using System.CommandLine;
using Actors.Host.Control;
using Actors.Host.Reload;

namespace Actors.Host.Commands;

/// <summary><c>reload</c>: has a running host read its file again.</summary>
internal static class ReloadCommand
{
    public static Command Create()
    {
        var reload = new ToolCommand(
            "reload",
            "Has a running host read its file again. It restarts only the roles whose configuration has changed, starts new ones, and drains and removes those that are gone. Nothing is changed when the file has a mistake, or asks for what only a new start can change.",
            ["actors reload", "actors reload --host pipeline"]);
        var hosts = new HostArguments(reload);
        reload.Does((context, stop) => hosts.With(context, stop, async host =>
        {
            var reply = await host.Ask(new ControlRequest(ControlRequest.CurrentVersion, ControlVerbs.Reload), Timeout.InfiniteTimeSpan, stop);
            var done = reply.Reloaded!;
            if (context.Output.IsJson) context.Output.WriteJson(reply, ControlJson.Default.ControlReply);
            else foreach (var line in ReloadText.Lines(done)) context.Output.WriteLine(line);
            return done.Drained.Any(ReloadText.IsLoss) || done.Failures is not null ? ExitCode.Failed : ExitCode.Success;
        }));
        return reload;
    }
}
