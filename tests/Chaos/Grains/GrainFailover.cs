using System.Diagnostics;
using Chaos.Faults;
using Chaos.Running;

namespace Chaos.Grains;

/// <summary>Kills a node for good and measures the time until every key has answered again, by the gateways of the other nodes.</summary>
/// <param name="name">Of the scenario.</param>
/// <param name="description">A line for people.</param>
/// <param name="nodes">How many nodes the cluster has.</param>
/// <param name="killsOldest">Whether it is the node with the coordinator.</param>
internal sealed class GrainFailover(string name, string description, int nodes, bool killsOldest) : Scenario
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(60);

    public override string Name => name;

    public override string Description => description;

    /// <summary>Keys, each of which is called before the kill and at once after it.</summary>
    public override int Messages => 1000;

    /// <summary>It measures, and wants the machine for itself.</summary>
    public override bool InSeries => false;

    public override TimeSpan Patience => TimeSpan.FromSeconds(200);

    public override async Task<RunReport> Run(RunContext run)
    {
        var ledger = new CallLedger(3 * run.Messages);
        using var cluster = new ClusterUnderTest(run, ledger, nodes);
        var keys = Enumerable.Range(0, run.Messages).Select(key => $"key-{key}").ToList();
        await run.Expect(cluster.Start(), "the cluster is not whole");
        await run.Expect(CallAll(run, ledger, cluster.Client.Ways, keys), "the keys do not answer");
        // The second time nothing is done for the first time, in any process.
        await run.Expect(CallAll(run, ledger, cluster.Client.Ways, keys), "the keys do not answer again");

        var order = cluster.Nodes.OrderBy(node => node.UpSince).ToList();
        var killed = killsOldest ? order[0] : order[^1];
        var others = cluster.Client.Ways.Where((_, at) => cluster.Nodes[at] != killed).ToList();
        var began = Stopwatch.GetTimestamp();
        await killed.Part.Kill();
        await run.Expect(CallAll(run, ledger, others, keys), $"the keys do not answer after {killed.Part.Name} was killed");
        var took = Stopwatch.GetElapsedTime(began);

        var failed = ledger.Calls.FirstOrDefault(call => call.End is { Result: null });
        Require(failed is null, $"the call {failed?.Number} of {failed?.Key} failed with {failed?.End}");
        foreach (var node in cluster.Nodes) await node.Part.DisposeAsync();
        var written = await CommitHistory.Read(cluster.Postgres);
        foreach (var fault in written.Faults.Concat(ledger.Faults(written.Values))) throw new ViolationException(fault);
        return new RunReport
        {
            Seed = run.Seed,
            Scenario = Name,
            Schedule = [new Fault(2 * run.Messages, FaultKind.Kill, killed.Part.Name, took)],
            FaultsDone = 1,
            Accepted = ledger.Calls.Count,
            Acknowledged = ledger.Calls.Count,
            Delivered = written.Commits,
            Repeats = 0,
            Notes = $"all {keys.Count} keys answered {took.TotalMilliseconds:0} ms after the kill, half of them after {Median(ledger, keys.Count).TotalMilliseconds:0} ms; load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}",
            Took = run.Elapsed,
        };
    }

    private static TimeSpan Median(CallLedger ledger, int keys) => ledger.Calls.OrderByDescending(call => call.Number).Take(keys).Select(call => call.Took).Order().ElementAt(keys / 2);

    private static Task CallAll(RunContext run, CallLedger ledger, IReadOnlyList<ICallWay> ways, IReadOnlyList<string> keys)
    {
        var callers = new Callers(run, ledger, ways, keys, CallTimeout);
        return callers.CallEach();
    }
}
