using System.Globalization;

namespace Benchmarks.Wire;

/// <summary>Measures one row with both programs in turn, and prints their medians and the ratio of them.</summary>
internal static class Comparison
{
    /// <param name="row">Who binds, who connects, and what a message weighs.</param>
    /// <param name="program">Our end.</param>
    /// <param name="libzmq">The other end.</param>
    /// <param name="rounds">How often each is measured.</param>
    /// <param name="timing">How long.</param>
    public static async Task Print(WireRow row, PeerProgram program, PeerProgram libzmq, int rounds, Timing timing)
    {
        var ours = new List<Round.Result>();
        var theirs = new List<Round.Result>();
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(await Round.Run(program, row, timing, otherReports: true).ConfigureAwait(false));
            theirs.Add(await Round.Run(libzmq, row.OfLibzmq, timing, otherReports: false).ConfigureAwait(false));
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
