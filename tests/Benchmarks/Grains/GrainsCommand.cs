using System.CommandLine;
using Benchmarks.Wire;

namespace Benchmarks.Grains;

/// <summary>The verb "grains": our grains beside those of Orleans, each in a process of its own, taking turns.</summary>
internal static class GrainsCommand
{
    // A process reaches its rate in some 3 s, when the runtime has compiled its code anew.
    private const double WarmUpSeconds = 3;

    public static Command Create()
    {
        var rows = new Option<string[]>("--rows")
        {
            Description = "The rows to run, all without it: " + string.Join(", ", GrainMeasurement.All.Select(row => row.Name)),
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var rounds = new Option<int>("--rounds") { Description = "How often each side is measured; the median counts.", DefaultValueFactory = _ => 5 };
        var duration = new Option<double>("--duration") { Description = "Seconds of a measurement, after a warm-up.", DefaultValueFactory = _ => 2 };
        var command = new Command("grains", "Compares grains with those of Orleans: calls, gateways, state, start, memory; 10,000 keys.") { rows, rounds, duration };
        command.SetAction((parsed, _) => Run(CompareCommand.Split(parsed.GetValue(rows)!), parsed.GetValue(rounds), new Timing(WarmUpSeconds, parsed.GetValue(duration))));
        return command;
    }

    private static async Task<int> Run(string[] names, int rounds, Timing timing)
    {
        try
        {
            if (rounds < 1 || timing.Duration <= 0) throw new ArgumentException("At least one round of more than zero seconds is needed.");
            foreach (var row in GrainMeasurement.Named(names)) await GrainComparison.Print(row, rounds, timing).ConfigureAwait(false);
            return 0;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or TimeoutException)
        {
            await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            return 2;
        }
    }
}
