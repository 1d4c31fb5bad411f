using System.CommandLine;

namespace Benchmarks.Wire;

/// <summary>
/// A verb that compares ours with libzmq's sockets of the same shape, two processes on this machine, taking turns. It prints
/// the medians of messages (or round trips) a second of each row, and what ours allocates.
/// </summary>
internal static class CompareCommand
{
    private const double WarmUpSeconds = 3;

    /// <summary>Measures one row so many times, and prints what came out.</summary>
    internal delegate Task PrintRow(WireRow row, int rounds, Timing timing);

    /// <param name="verb">"wire" or "roles".</param>
    /// <param name="description">For the help.</param>
    /// <param name="table">The rows that the verb has.</param>
    /// <param name="printing">What measures the rows of a run.</param>
    public static Command Create(string verb, string description, IReadOnlyList<WireRow> table, Func<ParseResult, PrintRow> printing)
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
            () => WireRow.Named(table, Split(parsed.GetValue(rows)!)),
            () => printing(parsed),
            parsed.GetValue(rounds),
            new Timing(WarmUpSeconds, parsed.GetValue(duration))));
        return command;
    }

    /// <summary>The names of an option that takes several, each by itself or with commas between them.</summary>
    public static string[] Split(string[] values) => [.. values.SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries))];

    private static async Task<int> Run(Func<IReadOnlyList<WireRow>> rows, Func<PrintRow> printing, int rounds, Timing timing)
    {
        try
        {
            if (rounds < 1 || timing.Duration <= 0)
                throw new ArgumentException("At least one round of more than zero seconds is needed.");
            var named = rows();
            var print = printing();
            foreach (var row in named) await print(row, rounds, timing).ConfigureAwait(false);
            return 0;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or TimeoutException)
        {
            await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            return 2;
        }
    }
}
