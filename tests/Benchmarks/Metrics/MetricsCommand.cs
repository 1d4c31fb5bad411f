using System.CommandLine;
using Benchmarks.Roles;
using Benchmarks.Wire;

namespace Benchmarks.Metrics;

/// <summary>The verb "metrics": what a listener on the meter <c>Actors</c> costs the roles.</summary>
internal static class MetricsCommand
{
    public static Command Create()
    {
        var rows = new Option<string[]>("--rows")
        {
            Description = $"The rows to run, all without it: {string.Join(", ", MeasuredRoles.Rows)}",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var engine = new Option<string>("--engine") { Description = $"The engine: {string.Join(", ", MeasuredEngine.All.Select(each => each.Name))}", DefaultValueFactory = _ => "zmtp" };
        var rounds = new Option<int>("--rounds") { Description = "How often each side is measured.", DefaultValueFactory = _ => 25 };
        var window = new Option<double>("--duration") { Description = "Seconds of a measurement.", DefaultValueFactory = _ => 0.5 };
        var spans = new Option<bool>("--spans") { Description = "Listens to the activity source Actors instead, and records each span; without a mark." };
        var command = new Command("metrics", "Measures roles with and without a listener on the meter Actors, which is switched on and off in alternating rounds; the mark is 0.95.") { rows, engine, rounds, window, spans };
        command.SetAction(parsed =>
        {
            var named = CompareCommand.Split(parsed.GetValue(rows)!);
            foreach (var row in named.Length == 0 ? MeasuredRoles.Rows : named)
            {
                using var comparison = new ListenerComparison(row, parsed.GetValue(engine)!, parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(window)), parsed.GetValue(spans));
                comparison.Print();
            }
        });
        return command;
    }
}
