using System.CommandLine;
using Actors.Host.Reload;
using Actors.Host.Running;

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
            ["actors run pipeline.conf", "actors run pipeline.conf --watch    # reloads when the file is written, and at SIGHUP", "actors pipeline.conf --role push --set roles.push.bind=tcp://*:6000    # one role, with a key overridden"],
            hasJson: false);
        var arguments = new PlanArguments(run);
        var watch = new Option<bool>("--watch") { Description = "Reload when the file or one that it includes is written, and at SIGHUP, which otherwise stops the host." };
        run.Add(watch);
        run.SetAction((line, stop) => arguments.WithPlan(
            line,
            (plan, output) => HostRun.Run(plan, output, line.InvocationConfiguration.Error, stop, new ReloadSource(() => arguments.Read(line, output), line.GetValue(watch)))));
        return run;
    }
}
