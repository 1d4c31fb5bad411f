using System.CommandLine;
using System.Globalization;
using Actors.Host.Commands;
using Actors.Host.Commands.Options;
using Actors.Host.Commands.Sockets;
using Spectre.Console;

namespace Actors.Host.Bench;

/// <summary><c>bench MODE</c>: measures throughput or latency against any peer.</summary>
internal static class BenchCommand
{
    private const string Self = "self";

    public static Command Create()
    {
        var mode = new Argument<string>("mode") { Description = "push or pub: send as fast as peers take it. pull or sub: receive. req: round trips to a REP. rep: answer each request with itself. self: both ends in this process." };
        mode.AcceptOnlyFromAmong("push", "pull", "pub", "sub", "req", "rep", Self);
        var size = new Option<int>("--size") { Description = "Bytes of a message. Default 100.", DefaultValueFactory = _ => 100, HelpName = "N" };
        AtLeast(size, 0);
        var count = CommonOptions.Count("Measure N messages. Default, without --duration: 1,000,000, for req 50,000.");
        var duration = DurationOption.Create("--duration", "Measure for so long.");
        var rate = CommonOptions.Rate("Messages a second; a latency then counts from the time that its request was due. Default: as fast as the peers take them.");
        var warmUp = new Option<int>("--warm-up") { Description = "req: requests before those that are measured. Default 1000.", DefaultValueFactory = _ => 1000, HelpName = "N" };
        AtLeast(warmUp, 0);
        var inFlight = new Option<int>("--in-flight") { Description = "req: requests under way at a time, without --rate. Default 1.", DefaultValueFactory = _ => 1, HelpName = "N" };
        AtLeast(inFlight, 1);
        var wait = DurationOption.Create("--wait", "How long to wait for a peer, the next message or the last replies.", TimeSpan.FromSeconds(10));
        var quiet = CommonOptions.Quiet();
        var bench = new ToolCommand(
            "bench",
            "Measures throughput and latency (p50, p99, p99.9) against any peer.",
            [
                "actors bench self",
                "actors bench req --connect tcp://127.0.0.1:5555 --rate 5000 --duration 10s",
                "actors bench push --connect tcp://127.0.0.1:5557 --size 1024 --count 1000000    # and at the other end: actors bench pull --bind tcp://*:5557",
            ])
        {
            mode, size, count, duration, rate, warmUp, inFlight, wait, quiet,
        };
        var endpoints = new EndpointOptions(bench);
        bench.Does(async (context, stop) =>
        {
            var what = context.Line.GetRequiredValue(mode);
            var settings = new BenchSettings
            {
                Size = context.Get(size),
                Count = context.Get(count),
                Duration = context.Get(duration),
                Rate = context.Get(rate),
                WarmUp = context.Get(warmUp),
                InFlight = context.Get(inFlight),
                Wait = context.Get(wait)!.Value,
                Plan = what == Self ? new SocketPlan { Bind = [], Connect = [] } : endpoints.Read(context),
            };
            var results = await Run(what, settings, context, context.Get(quiet), stop);
            return Print(results, context.Output);
        });
        return bench;
    }

    private static void AtLeast(Option<int> option, int least) => option.Validators.Add(result =>
    {
        if (!result.Errors.Any() && result.GetValueOrDefault<int>() is var value && value < least) result.AddError($"{option.Name} is {value}: expected {least} or more");
    });

    private static async Task<IReadOnlyList<BenchResult>> Run(string mode, BenchSettings settings, ToolContext context, bool quiet, CancellationToken stop)
    {
        var isEcho = mode == "rep";
        if (settings.Count is null && settings.Duration is null && mode != Self && !isEcho) settings = settings with { Count = mode == "req" ? 50_000 : 1_000_000 };
        if (!context.Output.ShowsProgress || quiet || isEcho) return await Measure(static _ => { });
        return await context.Output.ErrorConsole.Progress().AutoClear(true).StartAsync(async shown =>
        {
            var task = shown.AddTask(mode, maxValue: settings.Count ?? 1);
            task.IsIndeterminate = settings.Count is null;
            return await Measure(done => task.Value = done);
        });

        async Task<IReadOnlyList<BenchResult>> Measure(Action<long> progress) => mode switch
        {
            Self => await SelfBench.Run(settings, progress, stop),
            "push" or "pub" => [await Task.Run(() => SendBench.Run(settings, mode == "pub", progress, stop), CancellationToken.None)],
            "pull" or "sub" => [await Task.Run(() => ReceiveBench.Run(settings, mode == "sub", progress, stop), CancellationToken.None)],
            "req" => [await Task.Run(() => RequestBench.Run(settings, progress, stop), CancellationToken.None)],
            _ => [await Task.Run(() => ReceiveBench.Echo(settings, at => context.Output.Errors.WriteLine($"bench: answers at {string.Join(", ", at)}"), progress, stop), CancellationToken.None)],
        };
    }

    private static int Print(IReadOnlyList<BenchResult> results, ToolOutput output)
    {
        foreach (var result in results)
        {
            if (output.IsJson) output.WriteJson(result, BenchJson.Default.BenchResult);
        }
        if (!output.IsJson) output.Write(Table(results));
        var lost = results.Sum(result => result.Lost);
        if (lost > 0) output.Errors.WriteLine($"bench: {lost} {(results.Any(result => result.Mode == "req") ? "requests have no reply" : "messages have not left")}");
        return lost > 0 ? ExitCode.Failed : results.Any(result => result.Interrupted) ? ExitCode.Interrupted : ExitCode.Success;
    }

    private static ToolTable Table(IReadOnlyList<BenchResult> results)
    {
        var table = new ToolTable("mode", "size", "messages", "seconds", "msg/s", "MB/s", "times", "p50 us", "p90 us", "p99 us", "p99.9 us", "max us");
        foreach (var result in results)
        {
            string[] begin = [result.Mode, Text(result.Size), Text(result.Messages), Text(result.Seconds, "0.000"), Text(result.Rate, "0"), Text(result.MegabytesPerSecond, "0.00")];
            (string Name, Percentiles? Times)[] rows = [(result.WantedRate is null ? "round trip" : "from when due", result.Latency), ("from the send", result.FromSend), ("taken late", result.Lateness)];
            var isFirst = true;
            foreach (var (name, times) in rows.Where(row => row.Times is not null))
            {
                table.Add([.. isFirst ? begin : Enumerable.Repeat("", begin.Length), name, Text(times!.P50, "0.0"), Text(times.P90, "0.0"), Text(times.P99, "0.0"), Text(times.P999, "0.0"), Text(times.Max, "0.0")]);
                isFirst = false;
            }
            if (isFirst) table.Add([.. begin, "", "", "", "", "", ""]);
        }
        return table;
    }

    private static string Text(double? number, string format = "0") => number?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
