using System.CommandLine;
using System.Globalization;
using Akka.Actor;
using Benchmarks.Wire;

namespace Benchmarks.Remoting;

/// <summary>
/// The verb "remoting": our transport of Akka.Remote beside dot-netty, and beside itself with CURVE, between two processes. All
/// connections stand at once, and the transports take turns in short slices. It prints the medians of the slices.
/// </summary>
internal static class RemotingCommand
{
    public static Command Create()
    {
        var rows = new Option<string[]>("--rows")
        {
            Description = "The rows to run, all without it: " + string.Join(", ", RemotingRow.All.Select(row => row.Name)),
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var rounds = new Option<int>("--rounds") { Description = "Slices of each transport.", DefaultValueFactory = _ => 9 };
        var slice = new Option<double>("--slice") { Description = "Seconds of a slice.", DefaultValueFactory = _ => 0.5 };
        var command = new Command("remoting", "Compares our transport of Akka.Remote with dot-netty, and CURVE with plain.") { rows, rounds, slice };
        command.SetAction((parsed, _) =>
        {
            var named = CompareCommand.Split(parsed.GetValue(rows)!);
            return Run([.. RemotingRow.All.Where(row => named.Length == 0 || named.Contains(row.Name))], parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(slice)));
        });
        return command;
    }

    private static async Task Run(IReadOnlyList<RemotingRow> rows, int rounds, TimeSpan slice)
    {
        using var peer = PeerProgram.Ours(RemotingPeerCommand.Verb).Start();
        List<(Carrier Carrier, ActorSystem Near, string Far)> ends = [];
        foreach (var carrier in Carrier.All)
        {
            var line = await peer.ReadLine(carrier.Name + " ").ConfigureAwait(false);
            ends.Add((carrier, carrier.Start(), line[(carrier.Name.Length + 1)..]));
        }
        foreach (var row in rows)
        {
            List<Slices> slices = [];
            foreach (var (_, near, far) in ends) slices.Add(await row.Start(near, far).ConfigureAwait(false));
            // The first slices pay for the compiler.
            foreach (var each in slices.Concat(slices)) await each.Run(slice, peer).ConfigureAwait(false);
            var rates = ends.ToDictionary(end => end.Carrier, _ => new List<SliceResult>());
            for (var round = 0; round < rounds; round++)
            {
                for (var end = 0; end < ends.Count; end++) rates[ends[end].Carrier].Add(await slices[end].Run(slice, peer).ConfigureAwait(false));
            }
            Print(row, rates, Carrier.Ours, Carrier.Netty, "ours", "netty");
            Print(row, rates, Carrier.Curve, Carrier.Ours, "curve", "plain");
        }
        peer.Stop();
        await Task.WhenAll(ends.Select(end => end.Near.Terminate())).ConfigureAwait(false);
    }

    private static void Print(RemotingRow row, Dictionary<Carrier, List<SliceResult>> rates, Carrier one, Carrier other, string oneName, string otherName)
    {
        var first = Median.Of(rates[one].Select(slice => slice.Rate));
        var second = Median.Of(rates[other].Select(slice => slice.Rate));
        // Neighbouring slices have seen the same machine.
        var ratio = Median.Of(rates[one].Zip(rates[other], (a, b) => a.Rate / b.Rate));
        Console.WriteLine(Text($"{row.Name} {oneName} {first:F0} {otherName} {second:F0} ratio {ratio:F2}"));
        Console.WriteLine(Text($"  processor time of both ends, microseconds: {oneName} {Processor(rates[one]):F1} {otherName} {Processor(rates[other]):F1}"));
    }

    private static double Processor(IEnumerable<SliceResult> slices) => Median.Of(slices.Select(slice => slice.Processor));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
