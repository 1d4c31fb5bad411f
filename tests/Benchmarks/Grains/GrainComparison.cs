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
        if (row.Client is { } client) return await MeasureFrom(client, peer, timing).ConfigureAwait(false);
        var line = await peer.ReadLine(GrainPeers.Prefix).ConfigureAwait(false);
        return [.. line[GrainPeers.Prefix.Length..].Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))];
    }

    /// <summary>Measures a gateway by the same client in C for both sides.</summary>
    private static async Task<double[]> MeasureFrom(string client, PeerProcess gateway, Timing timing)
    {
        var endpoint = (await gateway.ReadLine(Gateways.Prefix).ConfigureAwait(false))[Gateways.Prefix.Length..];
        var program = CPrograms.BuildLibzmqPeer() with { Prefix = [client, endpoint, Text($"{CallLoad.Keys}"), Text($"{timing.WarmUp}"), Text($"{timing.Duration}")] };
        using var calling = program.Start();
        var measured = Measurement.Parse(await calling.ReadLine(Measurement.Prefix).ConfigureAwait(false));
        gateway.Stop();
        return [measured.Rate, measured.Extra];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
