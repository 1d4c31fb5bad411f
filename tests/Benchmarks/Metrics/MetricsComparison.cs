using System.Globalization;
using Benchmarks.Roles;
using Benchmarks.Wire;

namespace Benchmarks.Metrics;

/// <summary>Measures a row of roles without a listener on the meter, with one, and perhaps on an earlier build, in turn.</summary>
internal sealed class MetricsComparison(string engine, string? before)
{
    /// <summary>A listener is to cost no more than this lets it.</summary>
    private const double Mark = 0.95;

    public async Task Print(WireRow row, int rounds, Timing timing)
    {
        var sides = Sides(row.Single).Select(program => (Program: program, Rates: new List<double>())).ToList();
        for (var round = 0; round < rounds; round++)
        {
            // The first of a round may find the machine quieter than the last.
            foreach (var (program, rates) in round % 2 == 0 ? sides : Enumerable.Reverse(sides))
                rates.Add((await Round.Run(row, program, program, timing, otherReports: true).ConfigureAwait(false)).Measured.Rate);
            await Console.Error.WriteLineAsync($"  round {round + 1}: {string.Join(' ', sides.Select(side => $"{side.Program.Name} {Number(side.Rates[^1])}"))}").ConfigureAwait(false);
        }
        var plain = Median.Of(sides[0].Rates);
        foreach (var (program, rates) in sides.Skip(1))
        {
            var (rate, other) = program.Name == "listened" ? (Median.Of(rates), plain) : (plain, Median.Of(rates));
            var mark = program.Name == "listened" ? $" (mark {Number(Mark)}: {(rate / other >= Mark ? "met" : "missed")})" : "";
            Console.WriteLine($"{row.Name} {engine} {(program.Name == "listened" ? "with a listener" : "without, beside the earlier build")} {Number(rate)} of {Number(other)} ratio {(rate / other).ToString("F3", CultureInfo.InvariantCulture)}{mark}");
        }
    }

    private IEnumerable<PeerProgram> Sides(bool single)
    {
        string[] options = ["--engine", engine, .. single ? new[] { "--single" } : []];
        yield return PeerProgram.Ours(RolePeerCommand.Verb, options) with { Name = "plain" };
        yield return PeerProgram.Ours(RolePeerCommand.Verb, [.. options, "--listen"]) with { Name = "listened" };
        if (before is not null) yield return new PeerProgram("before", "dotnet", [before, RolePeerCommand.Verb, .. options]);
    }

    private static string Number(double value) => value.ToString(value < 10 ? "0.##" : "F0", CultureInfo.InvariantCulture);
}
