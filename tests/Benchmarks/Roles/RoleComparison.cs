using System.Globalization;
using Benchmarks.Wire;

namespace Benchmarks.Roles;

/// <summary>Measures one row of roles on each engine, raw sockets of each, and libzmq's, in turn. One line an engine has the medians.</summary>
internal sealed class RoleComparison(IReadOnlyList<MeasuredEngine> engines, PeerProgram libzmq)
{
    private readonly Dictionary<(string Row, string Engine), double> _rates = [];

    public async Task Print(WireRow row, int rounds, Timing timing)
    {
        var theirs = new List<Round.Result>();
        var ours = engines.Select(engine => new Measured(engine, [], [])).ToList();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (engine, roles, raw) in ours)
            {
                var program = row.Single ? engine.Single : engine.Batches;
                roles.Add(await Round.Run(row, program, program, timing, otherReports: true).ConfigureAwait(false));
                raw.Add(await Round.Run(row.OfLibzmq, engine.Raw, engine.Raw, timing, otherReports: false).ConfigureAwait(false));
            }
            theirs.Add(await Round.Run(row.OfLibzmq, libzmq, libzmq, timing, otherReports: false).ConfigureAwait(false));
            var rates = ours.Select(each => $"{each.Engine.Name} {each.Roles[^1].Measured.Rate:F0} raw {each.Raw[^1].Measured.Rate:F0} ");
            await Console.Error.WriteLineAsync(Text($"  round {round + 1}: {string.Concat(rates)}libzmq {theirs[^1].Measured.Rate:F0}")).ConfigureAwait(false);
        }
        var beside = row.Beside?.Invoke();
        foreach (var each in ours) Print(row, each, Rate(theirs), beside);
    }

    private void Print(WireRow row, Measured measured, double libzmqRate, string? beside)
    {
        var engine = measured.Engine;
        var rate = Rate(measured.Roles);
        var raw = Rate(measured.Raw);
        _rates[(row.Name, engine.Name)] = rate;
        Console.WriteLine(Text($"{row.Name} {engine.Name} {rate:F0} raw {raw:F0} libzmq {libzmqRate:F0} ratio {rate / (engine.BesideRaw ? raw : libzmqRate):F2}"));
        if (beside is not null) Console.WriteLine($"  {beside}");
        if (row.CostOver is { } plain && _rates.TryGetValue((plain, engine.Name), out var plainRate)) Console.WriteLine(Text($"  of {plain}: {rate / plainRate:F2}"));
        Console.WriteLine($"  allocated bytes a message: {Comparison.Allocated(row, measured.Roles)}");
    }

    private static double Rate(IEnumerable<Round.Result> results) => Median.Of(results.Select(result => result.Measured.Rate));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Measured(MeasuredEngine Engine, List<Round.Result> Roles, List<Round.Result> Raw);
}
