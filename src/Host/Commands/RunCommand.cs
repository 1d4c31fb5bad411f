using System.CommandLine;
using Actors.Host.Reload;
using Actors.Host.Running;
using Actors.Host.Running.Records;
using Actors.Hosting.Handlers;

namespace Actors.Host.Commands;

/// <summary><c>run FILE</c>, or FILE alone: starts the roles of a file.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        // The host has an output of its own, that of its handlers, and an order of its own in which it stops.
        var run = new ToolCommand(
            "run",
            "Starts the roles of the file, and runs until Ctrl-C or SIGTERM.",
            ["actors run pipeline.conf", "actors run pipeline.conf --watch    # reloads when the file is written, and at SIGHUP", "actors pipeline.conf --role push --set roles.push.bind=tcp://*:6000    # one role, with a key overridden", "actors run pipeline.conf --output json | jq -r 'select(.event == \"output\").text'    # an object a line"]);
        var arguments = new PlanArguments(run);
        var watch = new Option<bool>("--watch") { Description = "Reload when the file or one that it includes is written, and at SIGHUP, which otherwise stops the host." };
        run.Add(watch);
        run.SetAction(async (line, stop) =>
        {
            var errors = line.InvocationConfiguration.Error;
            var records = run.IsJson(line) ? new RunRecords(line.InvocationConfiguration.Output, TimeProvider.System) : null;
            var output = records is null ? PlanArguments.OutputOf(line) : new HandlerOutput(records.Printed);
            var again = new ReloadSource(() => arguments.Read(line, output), line.GetValue(watch));
            var code = ExitCode.Failed;
            try
            {
                return code = await arguments.WithPlan(line, output, records as IPlanMistakes ?? new MistakeLines(errors), plan => HostRun.Run(plan, output, errors, stop, again, records));
            }
            catch (Exception fault) when (records is not null && fault is not OutOfMemoryException)
            {
                records.Problem($"the host failed: {fault.Message.ReplaceLineEndings(" ")} ({fault.GetType().Name})");
                throw;
            }
            finally
            {
                records?.Ended(code);
            }
        });
        return run;
    }
}
