using System.CommandLine;
using System.Globalization;

namespace Benchmarks.Wire;

/// <summary>
/// The verb "wire": our sockets and libzmq's, of the same shape, two processes over tcp on this machine, taking turns.
/// One line a row with the medians of messages (or round trips) a second, and one with what ours allocates.
/// </summary>
internal static class WireCommand
{
    private const double WarmUpSeconds = 1;

    public static Command Create()
    {
        var rows = new Option<string[]>("--rows")
        {
            Description = "The rows to run, all without it: " + string.Join(", ", WireRow.All.Select(row => row.Name)),
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var rounds = new Option<int>("--rounds") { Description = "How often each side is measured.", DefaultValueFactory = _ => 5 };
        var duration = new Option<double>("--duration") { Description = "Seconds of a measurement, after a warm-up.", DefaultValueFactory = _ => 2 };
        var command = new Command("wire", "Compares our sockets with libzmq's over tcp.") { rows, rounds, duration };
        command.SetAction((parsed, _) => Run(
            parsed.GetValue(rows)!.SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries)).ToArray(),
            parsed.GetValue(rounds),
            new Timing(WarmUpSeconds, parsed.GetValue(duration))));
        return command;
    }

    private static async Task<int> Run(string[] names, int rounds, Timing timing)
    {
        try
        {
            if (rounds < 1 || timing.Duration <= 0)
                throw new ArgumentException("At least one round of more than zero seconds is needed.");
            var rows = WireRow.Named(names);
            var libzmq = LibzmqPeer.Build();
            foreach (var row in rows)
                await RunRow(row, libzmq, rounds, timing).ConfigureAwait(false);
            return 0;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or TimeoutException)
        {
            await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            return 2;
        }
    }

    private static async Task RunRow(WireRow row, PeerProgram libzmq, int rounds, Timing timing)
    {
        var program = PeerProgram.Ours();
        var ours = new List<Round.Result>();
        var theirs = new List<Round.Result>();
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(await Round.Run(program, row, timing, otherReports: true).ConfigureAwait(false));
            theirs.Add(await Round.Run(libzmq, row, timing, otherReports: false).ConfigureAwait(false));
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  round {round + 1}: ours {ours[^1].Measured.Rate:F0} libzmq {theirs[^1].Measured.Rate:F0}")).ConfigureAwait(false);
        }

        var our = Median.Of(ours.Select(result => result.Measured.Rate));
        var their = Median.Of(theirs.Select(result => result.Measured.Rate));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Name} ours {our:F0} libzmq {their:F0} ratio {our / their:F2}"));

        var measured = Median.Of(ours.Select(result => result.Measured.BytesPerMessage));
        var other = Median.Of(ours.Select(result => result.Other!.Value.BytesPerMessage));
        var (binds, connects) = row.Measurer == Measurer.Binding ? (measured, other) : (other, measured);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  allocated bytes a message: {row.Connects} {connects:F3} {row.Binds} {binds:F3}"));
    }
}
