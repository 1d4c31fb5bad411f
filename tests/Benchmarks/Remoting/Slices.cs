using System.Diagnostics;
using Akka.Actor;
using Benchmarks.Wire;

namespace Benchmarks.Remoting;

/// <summary>The near ends of one row on one transport, which run slice by slice and are silent in between.</summary>
internal sealed class Slices(IReadOnlyList<IActorRef> actors, Counter counter)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs one slice.</summary>
    /// <param name="duration">How long.</param>
    /// <param name="far">The other process, whose processor time counts as well.</param>
    public async Task<SliceResult> Run(TimeSpan duration, PeerProcess far)
    {
        var processor = far.ProcessorTime + Environment.CpuUsage.TotalTime;
        var before = counter.Read();
        var begun = Stopwatch.GetTimestamp();
        foreach (var actor in actors) actor.Tell(Begin.Instance);
        await Task.Delay(duration).ConfigureAwait(false);
        var rate = (counter.Read() - before) / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        foreach (var actor in actors) actor.Tell(End.Instance);
        await Silence().ConfigureAwait(false);
        processor = far.ProcessorTime + Environment.CpuUsage.TotalTime - processor;
        return new SliceResult(rate, processor.TotalMicroseconds / (counter.Read() - before));
    }

    /// <summary>What is still under way must not cost the next slice.</summary>
    private async Task Silence()
    {
        for (long before = -1, now = counter.Read(); now != before; now = counter.Read())
        {
            before = now;
            await Task.Delay(Quiet).ConfigureAwait(false);
        }
    }
}

/// <summary>What one slice has shown.</summary>
/// <param name="Rate">Messages, or round trips, a second.</param>
/// <param name="Processor">Processor time of both processes for one of them, in microseconds: that other programs run makes little difference to it.</param>
internal readonly record struct SliceResult(double Rate, double Processor);
