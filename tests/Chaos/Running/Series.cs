using System.Globalization;
using Chaos.Processes;

namespace Chaos.Running;

/// <summary>Runs scenarios with one seed after the other, until all have been done or one has been violated.</summary>
internal sealed class Series(IReadOnlyList<Scenario> scenarios, string logs, TextWriter output)
{
    private readonly List<RunReport> _reports = [];
    private readonly Lock _state = new();

    public IReadOnlyList<RunReport> Reports => _reports;

    /// <summary>Whether the folders of runs that went well stay.</summary>
    public bool KeepLogs { get; init; }

    /// <summary>How many messages each run has; null leaves it to the scenario.</summary>
    public int? Messages { get; init; }

    /// <param name="firstSeed">Of the first run; each further run has the next.</param>
    /// <param name="runs">How many.</param>
    /// <param name="parallel">How many at a time.</param>
    /// <param name="stop">No further run begins.</param>
    /// <returns>Whether no run was violated.</returns>
    public async Task<bool> Run(int firstSeed, int runs, int parallel, CancellationToken stop)
    {
        using var violated = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = violated.Token };
        var well = true;
        try
        {
            await Parallel.ForEachAsync(Enumerable.Range(firstSeed, runs), options, async (seed, _) =>
            {
                if (await RunOne(seed, stop)) return;
                well = false;
                await violated.CancelAsync();
            });
        }
        catch (OperationCanceledException)
        {
            // The first violation ends the series, as the user's Ctrl-C does.
        }
        return well && !stop.IsCancellationRequested;
    }

    /// <summary>The sums of all runs, a line for each scenario.</summary>
    public IEnumerable<string> Summary() =>
        from report in _reports
        group report by report.Scenario into runs
        orderby runs.Key
        select string.Create(
            CultureInfo.InvariantCulture,
            $"{runs.Key}: {runs.Count()} runs, seeds {runs.Min(run => run.Seed)} to {runs.Max(run => run.Seed)}, faults {runs.Sum(run => run.FaultsDone)}, accepted {runs.Sum(run => run.Accepted)}, delivered {runs.Sum(run => run.Delivered)}, dead-lettered {runs.Sum(run => run.DeadLettered)}, repeats {runs.Sum(run => run.Repeats)}, lost {runs.Sum(run => run.Lost)} ({runs.Min(run => run.Lost)} to {runs.Max(run => run.Lost)} a run), dropped {runs.Sum(run => run.Dropped)}, median {runs.Select(run => run.Took.TotalMilliseconds).Order().ElementAt(runs.Count() / 2):0} ms");

    /// <summary>The sums of the stops in order, a line for each scenario that has any.</summary>
    public IEnumerable<string> OrderlyStops() =>
        from report in _reports
        where report.Stops.Count > 0
        group report by report.Scenario into runs
        orderby runs.Key
        let stops = runs.SelectMany(run => run.Stops).ToList()
        select string.Create(
            CultureInfo.InvariantCulture,
            $"stopped in order, {runs.Key}: {runs.Count()} runs, {stops.Count} stops (SIGTERM {stops.Count(stop => stop is { Signal: StopSignal.Terminate, Twice: false })}, SIGTERM twice {stops.Count(stop => stop.Twice)}, SIGHUP {stops.Count(stop => stop.Signal == StopSignal.HangUp)}), exit code 1 {stops.Count(stop => stop.ExitCode != 0)}, slowest {stops.Max(stop => stop.Took.TotalMilliseconds):0} ms; accepted {runs.Sum(run => run.Accepted)} = worked on {runs.Sum(run => run.Delivered)} + counted as lost {runs.Sum(run => run.DeadLettered)} + not told {runs.Sum(run => run.Lost)}");

    private async Task<bool> RunOne(int seed, CancellationToken stop)
    {
        // The seed alone says which scenario it is, so that it alone repeats the run.
        var scenario = scenarios[seed % scenarios.Count];
        var folder = Path.Combine(logs, $"{seed}-{scenario.Name}");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        var messages = Messages ?? scenario.Messages;
        var run = new RunContext(seed, messages, folder, scenario.Patience, stop);
        try
        {
            RunReport report;
            await using (run) report = await scenario.Run(run);
            lock (_state)
            {
                _reports.Add(report);
                output.WriteLine(report);
            }
            if (!KeepLogs) Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception cause)
        {
            lock (_state)
            {
                output.WriteLine($"seed {seed} {scenario.Name}: VIOLATED: {(cause is ViolationException ? cause.Message : cause)}");
                output.WriteLine($"  faults done: {run.Injector.Done} of {string.Join(", ", run.Injector.Schedule)}");
                output.WriteLine($"  logs: {folder}");
                output.WriteLine($"  again: dotnet run -c Release --project tests/Chaos -- --runs 1 --seed {seed} --scenario {scenario.Name} --messages {messages} --engine {Programs.Engine}");
            }
            return false;
        }
    }
}
