using System.Globalization;
using Benchmarks.Wire;

namespace Benchmarks.Grains;

/// <summary>Measures one row with both sides in turn, and prints their medians and the ratio of them.</summary>
internal static class GrainComparison
{
    public static async Task Print(GrainMeasurement row, int rounds, Timing timing)
    {
        var (ours, theirs) = (new List<double[]>(), new List<double[]>());
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(await Measure(row, GrainSides.Ours, timing).ConfigureAwait(false));
            theirs.Add(await Measure(row, row.Beside, timing).ConfigureAwait(false));
            await Console.Error.WriteLineAsync(Text($"  round {round + 1}: ours {ours[^1][0]:F0} {row.Beside} {theirs[^1][0]:F0}")).ConfigureAwait(false);
        }
        for (var i = 0; i < row.Figures.Count; i++)
        {
            var figure = row.Figures[i];
            var (our, their) = (Median.Of(ours.Select(figures => figures[i])), Median.Of(theirs.Select(figures => figures[i])));
            var name = i == 0 ? row.Name : $"  {figure.Name}:";
            Console.WriteLine(Text($"{name} ours {our:F0} {row.Beside} {their:F0} ratio {(figure.LessIsBetter ? their / our : our / their):F2}"));
        }
    }

    private static async Task<double[]> Measure(GrainMeasurement row, string side, Timing timing)
    {
        using var peer = GrainPeerCommand.Start(row, side, timing);
        var line = await peer.ReadLine(GrainPeers.Prefix).ConfigureAwait(false);
        return [.. line[GrainPeers.Prefix.Length..].Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
