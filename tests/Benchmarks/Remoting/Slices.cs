using System.Diagnostics;
using Akka.Actor;

namespace Benchmarks.Remoting;

/// <summary>The near ends of one row on one transport, which run slice by slice and are silent in between.</summary>
internal sealed class Slices(IReadOnlyList<IActorRef> actors, Counter counter)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(20);

    /// <summary>Messages, or round trips, a second of one slice.</summary>
    public async Task<double> Run(TimeSpan duration)
    {
        var before = counter.Read();
        var begun = Stopwatch.GetTimestamp();
        foreach (var actor in actors) actor.Tell(Begin.Instance);
        await Task.Delay(duration).ConfigureAwait(false);
        var rate = (counter.Read() - before) / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        foreach (var actor in actors) actor.Tell(End.Instance);
        await Silence().ConfigureAwait(false);
        return rate;
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
