using System.CommandLine;
using Actors.Host.Control;
using Actors.Host.Reload;

namespace Actors.Host.Commands;

/// <summary><c>drain ROLE</c>: has a role of a running host finish what it has and stop.</summary>
internal static class DrainRoleCommand
{
    public static Command Create()
    {
        var role = new Argument<string>("role") { Description = "The role, as its file names it." };
        var drain = new ToolCommand(
            "drain",
            "Has one role of a running host deliver what waits, work on what has come, and stop, as all do at an orderly stop. The host goes on; reload starts the role again.",
            ["actors drain tasks", "actors drain tasks --host pipeline"])
        {
            role,
        };
        var hosts = new HostArguments(drain);
        drain.Does((context, stop) => hosts.With(context, stop, async host =>
        {
            var reply = await host.Ask(new ControlRequest(ControlRequest.CurrentVersion, ControlVerbs.Drain) { Role = context.Line.GetRequiredValue(role) }, Timeout.InfiniteTimeSpan, stop);
            var done = reply.Drained!;
            if (context.Output.IsJson) context.Output.WriteJson(reply, ControlJson.Default.ControlReply);
            else context.Output.WriteLine(ReloadText.Line(done));
            return ReloadText.IsLoss(done) ? ExitCode.Failed : ExitCode.Success;
        }));
        return drain;
    }
}
