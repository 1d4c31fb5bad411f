using System.CommandLine;
using System.Globalization;
using Actors.Host.Commands;
using Actors.Host.Commands.Options;
using Actors.Host.Commands.Sockets;

namespace Actors.Host.Tap;

/// <summary><c>tap</c>: stands between two endpoints, passes messages, and shows them.</summary>
internal static class TapCommand
{
    public static Command Create()
    {
        var type = new Option<string>("--type") { Description = "The socket types of the two ends: that of --bind first, then that of --connect. rep-req stands for a server whose clients connect to the tap, pub-sub for a publisher.", Required = true, HelpName = "pull-push|xpub-xsub|router-dealer|..." };
        type.AcceptOnlyFromAmong([.. TapTypes.All.Select(types => types.Name)]);
        var count = CommonOptions.Count("End after N messages, both ways together.");
        var length = new Option<int>("--length") { Description = "Show at most so many bytes of a frame. Default 200.", DefaultValueFactory = _ => 200, HelpName = "N" };
        length.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<int>() < 0) result.AddError($"--length is {result.GetValueOrDefault<int>()}: expected 0 or more bytes");
        });
        var hex = new Option<bool>("--hex") { Description = "Show all frames in hexadecimal digits, also those that are text." };
        var hwm = new Option<int?>("--hwm") { Description = "Messages that may wait at an end for each peer. Default 1000.", HelpName = "N" };
        hwm.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<int?>() is < 1) result.AddError("--hwm: expected 1 or more messages");
        });
        var drain = DurationOption.Create("--drain", "At Ctrl-C: most time for passing on what is on its way and what waits. What is left then is counted.", TimeSpan.FromSeconds(5));
        var quiet = CommonOptions.Quiet();
        quiet.Description = "Pass messages and show nothing but the summary.";
        var tap = new ToolCommand(
            "tap",
            "Stands between two endpoints and shows what passes, both ways: messages with their frames, and subscriptions.",
            [
                "actors tap --bind tcp://*:5557 --connect tcp://127.0.0.1:5558 --type pull-push",
                "actors tap --bind tcp://*:5555 --connect tcp://127.0.0.1:5556 --type rep-req --output json    # between clients and a server",
            ])
        {
            type, count, length, hex, hwm, drain, quiet,
        };
        var endpoints = new EndpointOptions(tap);
        tap.Does(async (context, stop) =>
        {
            var types = TapTypes.All.First(one => one.Name == context.Line.GetRequiredValue(type));
            var (front, back) = Split(endpoints.Read(context));
            var settings = new TapSettings { Types = types, Front = front, Back = back, HighWaterMark = context.Get(hwm), Count = context.Get(count), Drain = context.Get(drain)!.Value };
            var printer = new TapPrinter(context.Output, context.Invocation.Time, context.Get(length), context.Get(hex), context.Get(quiet));
            var run = new TapRun(settings, printer, context.Invocation.Time);
            var errors = context.Output.Errors;
            var summary = await Task.Factory.StartNew(
                () => run.Run((bound, connected) => errors.WriteLine($"tap: {types.Front.ToString().ToUpperInvariant()} at {string.Join(", ", bound)}, {types.Back.ToString().ToUpperInvariant()} at {string.Join(", ", connected)}"), stop),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
            return Print(summary, settings, context.Output);
        });
        return tap;
    }

    /// <summary>Which endpoints belong to which end. Where all are bound, or all connect, the first is that of the first end.</summary>
    private static (SocketPlan Front, SocketPlan Back) Split(SocketPlan plan)
    {
        if (plan.Bind.Count > 0 && plan.Connect.Count > 0)
        {
            // The tap is the server of who connects to it, and the client of whom it connects to.
            var isServer = plan.Resolved is { ServerKey: null, Username: null };
            var open = (plan with { Security = SecurityChoice.None }).Checked();
            return ((isServer ? plan : open) with { Connect = [] }, (isServer ? open : plan) with { Bind = [] });
        }
        if (plan.Bind.Count + plan.Connect.Count < 2) throw ToolException.Usage("a tap has two ends: expected --bind and --connect, or two endpoints of one of them");
        return plan.Bind.Count > 0
            ? (plan with { Bind = [plan.Bind[0]] }, plan with { Bind = [.. plan.Bind.Skip(1)] })
            : (plan with { Connect = [plan.Connect[0]] }, plan with { Connect = [.. plan.Connect.Skip(1)] });
    }

    private static int Print(TapSummary summary, TapSettings settings, ToolOutput output)
    {
        if (output.IsJson) output.WriteJson(summary, TapJson.Default.TapSummary);
        else output.Errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tap: {summary.Forward} messages forward ({summary.ForwardBytes} B), {summary.Backward} backward ({summary.BackwardBytes} B), {summary.Dropped} dropped, {summary.Undelivered} not passed on"));
        // Ctrl-C is the usual end, unless a count was asked for.
        if (settings.Count is { } wanted) return summary.Forward + summary.Backward < wanted ? ExitCode.Interrupted : ExitCode.Success;
        return summary.Undelivered > 0 ? ExitCode.Failed : ExitCode.Success;
    }
}
