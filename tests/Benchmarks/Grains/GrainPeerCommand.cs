using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Benchmarks.Wire;

namespace Benchmarks.Grains;

/// <summary>The verb with which this program starts itself as one side of a row.</summary>
internal static class GrainPeerCommand
{
    private const string Verb = "grain-peer";

    public static Command Create()
    {
        var side = new Argument<string>("side") { Description = "Ours, or what it is compared with." };
        var work = new Argument<string>("work") { Description = "What to measure." };
        var inFlight = new Argument<int>("in-flight") { Description = "Calls in flight." };
        var warmUp = new Argument<double>("warm-up") { Description = "Seconds before measuring." };
        var duration = new Argument<double>("duration") { Description = "Seconds of measuring." };
        var began = new Argument<long>("began") { Description = "When this process was started, on the monotonic clock." };
        var command = new Command(Verb, "One side of a measurement of grains.") { side, work, inFlight, warmUp, duration, began };
        command.Hidden = true;
        command.SetAction((parsed, _) => GrainPeers.Run(new GrainWork(
            parsed.GetValue(side)!,
            parsed.GetValue(work)!,
            parsed.GetValue(inFlight),
            new Timing(parsed.GetValue(warmUp), parsed.GetValue(duration)),
            parsed.GetValue(began))));
        return command;
    }

    /// <summary>Starts a side of a row.</summary>
    public static PeerProcess Start(GrainMeasurement row, string side, Timing timing) => PeerProgram.Ours(
        Verb,
        side,
        row.Work,
        row.InFlight.ToString(CultureInfo.InvariantCulture),
        timing.WarmUp.ToString(CultureInfo.InvariantCulture),
        timing.Duration.ToString(CultureInfo.InvariantCulture),
        Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture)).Start();
}
