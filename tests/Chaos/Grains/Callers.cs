using System.Diagnostics;
using System.Globalization;
using Chaos.Running;

namespace Chaos.Grains;

/// <summary>Callers that call counters without a pause worth the name, each one call at a time, until they are told to stop.</summary>
internal sealed class Callers(RunContext run, CallLedger ledger, IReadOnlyList<ICallWay> ways, IReadOnlyList<string> keys, TimeSpan timeout)
{
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(8);
    private const int RepeatsInHundred = 10;

    private volatile bool _stopped;

    /// <summary>No further call begins.</summary>
    public void Stop() => _stopped = true;

    /// <summary>Runs so many callers; ends when the last call has ended.</summary>
    /// <param name="callers">How many.</param>
    /// <param name="pause">The longest time between two calls of a caller.</param>
    public Task Run(int callers, TimeSpan pause) => Task.WhenAll(Enumerable.Range(0, callers).Select(_ =>
    {
        var random = new Random(run.Random.Next());
        return Task.Run(() => Run(random, pause));
    }));

    /// <summary>Calls each key once, all of them at a time; ends when the last call has ended.</summary>
    public Task CallEach() => Task.WhenAll(keys.Select(key =>
    {
        var random = new Random(run.Random.Next());
        return Task.Run(() => CallOnce(ledger.Begin(key)!, random));
    }));

    private async Task<Answer> CallOnce(IdentifiedCall call, Random random)
    {
        var began = Stopwatch.GetTimestamp();
        var end = await Call(call, random);
        call.Finish(end, Stopwatch.GetElapsedTime(began));
        return end;
    }

    private async Task Run(Random random, TimeSpan pause)
    {
        while (!_stopped && ledger.Begin(keys[random.Next(keys.Count)]) is { } call)
        {
            var end = await CallOnce(call, random);
            run.Delivered.Deliver((call.Number - 1).ToString(CultureInfo.InvariantCulture));
            // A client may ask again for what it has: the ledger finds that it gets the same.
            if (end.Result is not null && random.Next(100) < RepeatsInHundred) await Call(call, random);
            await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * pause.TotalMilliseconds));
        }
    }

    /// <summary>Tries a call at one way after the other, until it has ended or its time is up.</summary>
    private async Task<Answer> Call(IdentifiedCall call, Random random)
    {
        var began = Stopwatch.GetTimestamp();
        var patience = FirstPatience;
        var way = random.Next(ways.Count);
        var last = new Answer(null, "timeout", "nobody answered");
        while (timeout - Stopwatch.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
        {
            var answer = call.Next();
            ledger.CountTry();
            ways[way].Send(call.Number, call.Key, left);
            try
            {
                last = await answer.WaitAsync(left < patience ? left : patience);
                if (last.Result is not null || !last.MayTryAgain) return last;
                await Task.Delay(random.Next(10, 100));
            }
            catch (TimeoutException)
            {
                patience = patience * 2 < LongestPatience ? patience * 2 : LongestPatience;
            }
            // Another one than before, and not always the one behind it.
            way = (way + random.Next(1, Math.Max(2, ways.Count))) % ways.Count;
        }
        return last with { MayTryAgain = false };
    }
}
