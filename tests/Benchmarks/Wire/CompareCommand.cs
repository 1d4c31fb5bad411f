using System.CommandLine;
using System.Globalization;

namespace Benchmarks.Wire;

/// <summary>
/// A verb that compares ours with libzmq's sockets of the same shape, two processes on this machine, taking
/// turns. One line a row with the medians of messages (or round trips) a second, and one with what ours allocates.
/// </summary>
internal static class CompareCommand
{
    private const double WarmUpSeconds = 1;

    /// <param name="verb">"wire" or "roles".</param>
    /// <param name="description">For the help.</param>
    /// <param name="table">The rows that the verb has.</param>
    /// <param name="peers">The verb of this program under which our ends are.</param>
    public static Command Create(string verb, string description, IReadOnlyList<WireRow> table, string peers)
    {
        var rows = new Option<string[]>("--rows")
        {
            Description = "The rows to run, all without it: " + string.Join(", ", table.Select(row => row.Name)),
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var rounds = new Option<int>("--rounds") { Description = "How often each side is measured.", DefaultValueFactory = _ => 5 };
        var duration = new Option<double>("--duration") { Description = "Seconds of a measurement, after a warm-up.", DefaultValueFactory = _ => 2 };
        var command = new Command(verb, description) { rows, rounds, duration };
        command.SetAction((parsed, _) => Run(
            table,
            PeerProgram.Ours(peers),
            parsed.GetValue(rows)!.SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries)).ToArray(),
            parsed.GetValue(rounds),
            new Timing(WarmUpSeconds, parsed.GetValue(duration))));
        return command;
    }

    private static async Task<int> Run(IReadOnlyList<WireRow> table, PeerProgram ours, string[] names, int rounds, Timing timing)
    {
        try
        {
            if (rounds < 1 || timing.Duration <= 0)
                throw new ArgumentException("At least one round of more than zero seconds is needed.");
            var rows = WireRow.Named(table, names);
            var programs = new Programs(ours, CPrograms.BuildLibzmqPeer(), CPrograms.BuildRawSubscribers());
            var rates = new Dictionary<string, double>();
            foreach (var row in rows)
            {
                rates[row.Name] = await Comparison.Print(row, programs, rounds, timing).ConfigureAwait(false);
                if (row.CostOver is { } plain && rates.TryGetValue(plain, out var rate))
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  of {plain}: {rates[row.Name] / rate:F2}"));
            }

            return 0;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or TimeoutException)
        {
            await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            return 2;
        }
    }
}
