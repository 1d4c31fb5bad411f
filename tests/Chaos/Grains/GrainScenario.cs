using Chaos.Faults;
using Chaos.Running;

namespace Chaos.Grains;

/// <summary>
/// Identified calls to counters of a cluster, by gateways and by proxies: each ends once, in its time; each that was acknowledged is counted
/// once; each version of a row is written once, on top of the one before.
/// </summary>
/// <param name="name">Of the scenario.</param>
/// <param name="description">A line for people.</param>
/// <param name="nodes">How many nodes the cluster has.</param>
/// <param name="faults">The faults of a run, one after the other.</param>
internal sealed class GrainScenario(string name, string description, int nodes, Func<GrainFaults, IReadOnlyList<Fault>> faults) : Scenario
{
    /// <summary>A repeat comes seconds after its call, when others have called the same counter hundreds of times.</summary>
    public const int RecentCalls = 1000;

    private const int Callers = 24;
    private const int Keys = 60;

    /// <summary>Longer than any fault, on a busy machine.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(60);

    /// <summary>What a caller of this program may take to notice the end of its call.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public override string Name => name;

    public override string Description => description;

    /// <summary>The most calls of a run, which ends when its faults are over.</summary>
    public override int Messages => 60_000;

    public override TimeSpan Patience => TimeSpan.FromSeconds(400);

    public override bool InSeries => Actors.Shared.PostgresServer.Missing is null;

    public override async Task<RunReport> Run(RunContext run)
    {
        var ledger = new CallLedger(run.Messages);
        using var cluster = new ClusterUnderTest(run, ledger, nodes);
        var schedule = faults(new GrainFaults(run.Random, [.. cluster.Nodes.Select(node => node.Part.Name)]));
        await Expect(run, ledger, cluster.Start(), "the cluster is not whole");
        var callers = new Callers(run, ledger, cluster.Ways, [.. Enumerable.Range(0, Keys).Select(key => $"key-{key}")], CallTimeout);
        var calling = callers.Run(Callers, Pause);
        run.Injector.BeginInTurn(schedule, cluster.Do);
        await Expect(run, ledger, run.Injector.Completed, "the faults are not over");
        callers.Stop();
        await Expect(run, ledger, calling, $"{ledger.Calls.Count(call => call.End is null)} calls have not ended");

        // Answers to tries that nobody waits for any more may write still; nodes that have gone write nothing.
        foreach (var node in cluster.Nodes) await node.Part.DisposeAsync();
        var written = await CommitHistory.Read(cluster.Postgres);
        foreach (var fault in written.Faults.Concat(ledger.Faults(written.Values))) throw new ViolationException(fault);
        var calls = ledger.Calls;
        var failed = calls.Where(call => call.End is { Result: null }).ToList();
        Require(failed.Count == 0, $"{failed.Count} of {calls.Count} calls failed, the first one after {failed.FirstOrDefault()?.Took.TotalSeconds} s with {failed.FirstOrDefault()?.End}");
        var slowest = calls.Max(call => call.Took);
        Require(slowest <= CallTimeout + Grace, $"a call took {slowest.TotalSeconds} s: expected at most {CallTimeout.TotalSeconds}");
        Require(written.Commits == calls.Count, $"{written.Commits} writes were committed for {calls.Count} calls");
        return new RunReport
        {
            Seed = run.Seed,
            Scenario = Name,
            Schedule = schedule,
            FaultsDone = run.Injector.Done,
            Stops = run.Stops,
            Accepted = calls.Count,
            Acknowledged = calls.Count - failed.Count,
            DeadLettered = failed.Count,
            Delivered = written.Commits,
            Repeats = 0,
            Notes = $"{ledger.Tries - calls.Count} further tries, {ledger.LateAnswers} late answers, {written.Moves} moves of keys, nodes that ended by themselves {cluster.Nodes.Sum(node => node.Part.EndsByItself)}, slowest call {slowest.TotalMilliseconds:0} ms",
            Took = run.Elapsed,
        };
    }

    private static async Task Expect(RunContext run, CallLedger ledger, Task what, string otherwise)
    {
        var first = await run.Expect(Task.WhenAny(what, ledger.Violated), otherwise);
        await first;
    }
}
