using System.CommandLine;
using Actors.Host.Control;

namespace Actors.Host.Commands;

/// <summary><c>stop</c>: stops a running host in order, as SIGTERM does, and waits for its end.</summary>
internal static class StopCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Behind the end of its control socket.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public static Command Create()
    {
        var wait = new Option<double>("--wait") { Description = "Seconds to wait for the end of its process.", DefaultValueFactory = _ => 60, HelpName = "SECONDS" };
        var halt = new ToolCommand("stop", "Stops a running host in order, as SIGTERM does, and waits until it has ended.", ["actors stop", "actors stop --host pipeline --wait 10"])
        {
            wait,
        };
        var hosts = new HostArguments(halt);
        halt.Does((context, stop) => hosts.With(context, stop, async host =>
        {
            var reply = await host.Ask(new ControlRequest(ControlRequest.CurrentVersion, ControlVerbs.Stop), Patience, stop);
            var (time, seconds) = (context.Invocation.Time, context.Get(wait));
            var began = time.GetTimestamp();
            var silentSince = default(long?);
            // A process that has ended is there until its parent has looked at it.
            while (ProcessStart.Of(host.ProcessId, out _) && !(silentSince is { } since && time.GetElapsedTime(since) > EndPatience))
            {
                if (!File.Exists(host.Socket)) silentSince ??= time.GetTimestamp();
                if (time.GetElapsedTime(began).TotalSeconds > seconds) throw new ToolException($"the host {host.ProcessId} has not ended within {seconds} s", ExitCode.NoAnswer);
                await Task.Delay(Look, time, stop);
            }
            if (context.Output.IsJson) context.Output.WriteJson(reply, ControlJson.Default.ControlReply);
            else context.Output.WriteLine($"host {host.ProcessId}: has ended");
            return ExitCode.Success;
        }));
        return halt;
    }
}
