using System.CommandLine;
using System.Globalization;
using Benchmarks.Roles;
using Benchmarks.Wire;

namespace Benchmarks.Streams;

/// <summary>The verb "streams": a stream that pushes to a stream that pulls, beside the same roles with actors at both ends, in turn.</summary>
internal static class StreamsCommand
{
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "Runs of each.", DefaultValueFactory = _ => 5 };
        var seconds = new Option<double>("--seconds") { Description = "Seconds of a run, behind half a second of warm-up.", DefaultValueFactory = _ => 1 };
        var size = new Option<int>("--size") { Description = "Bytes of a message.", DefaultValueFactory = _ => 100 };
        var command = new Command("streams", "Compares push to pull through streams with the plain roles, over tcp in one process.") { rounds, seconds, size };
        command.SetAction((parsed, _) => Run(parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(size)));
        return command;
    }

    private static async Task Run(int rounds, TimeSpan time, int size)
    {
        foreach (var engine in MeasuredEngine.All)
        {
            PipelineRun[] kinds = [new StreamRun(engine.Name, size), new ActorRun(engine.Name, size, inBatches: false), new ActorRun(engine.Name, size, inBatches: true)];
            // The first runs pay for the compiler.
            foreach (var kind in kinds) await kind.Measure(time).ConfigureAwait(false);
            var rates = kinds.Select(_ => new List<double>()).ToArray();
            for (var round = 0; round < rounds; round++)
                for (var kind = 0; kind < kinds.Length; kind++) rates[kind].Add(await kinds[kind].Measure(time).ConfigureAwait(false));
            Console.WriteLine(Text($"push-pull-{size} {engine.Name} streams {Median.Of(rates[0]):F0} actors, single messages {Median.Of(rates[1]):F0} ratio {Ratio(rates[0], rates[1]):F2} actors, batches {Median.Of(rates[2]):F0} ratio {Ratio(rates[0], rates[2]):F2}"));
        }
    }

    /// <summary>Neighbouring runs have seen the same machine.</summary>
    private static double Ratio(List<double> ours, List<double> theirs) => Median.Of(ours.Zip(theirs, (a, b) => a / b));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
