using Chaos.Faults;
using Chaos.Running;

namespace Chaos.Requests;

/// <summary>Requests with retries to servers that answer repeats once: each ends in exactly one reply or failure, in its time.</summary>
internal sealed class RequestScenario(
    string name,
    string description,
    Func<RunContext, RequestsUnderTest> systemOf,
    Func<RequestsUnderTest, IEnumerable<FaultChoice>> choices) : Scenario
{
    /// <summary>What the processes and this program may take to print and read a line on a busy machine.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    public override string Name => name;

    public override string Description => description;

    public override async Task<RunReport> Run(RunContext run)
    {
        var system = systemOf(run);
        var schedule = FaultChoice.Schedule(run.Random, [.. choices(system)], run.Random.Next(2, 7), run.Messages);
        await system.Start();
        run.Injector.Begin(schedule);
        var code = await run.Expect(system.Client.EndedByItself, "the client host did not end with every request");
        await run.Injector.Finish();
        foreach (var part in system.Others.Concat(system.Servers.Select(server => server.Part))) await run.Expect(part.Terminate(), $"{part.Name} did not stop");

        var replies = run.Delivered.Distinct;
        var expected = system.Failures > 0 ? 1 : 0;
        Require(code == expected, $"the client host ended with exit code {code} after {system.Failures} failures: expected {expected}");
        Require(run.Delivered.Stray is null, $"the client printed the reply \"{run.Delivered.Stray}\", which was not asked for");
        Require(run.Delivered.Repeats == 0, $"{run.Delivered.Repeats} requests had a second reply: {string.Join(", ", run.Delivered.Repeated.Take(20))}");
        Require(
            replies + system.Failures == run.Messages,
            $"{run.Messages} requests ended in {replies} replies and {system.Failures} failures; without a reply: {string.Join(", ", run.Delivered.Missing.Take(20))}");
        foreach (var server in system.Servers) Require(server.Worked?.Twice is null, $"{server.Part.Name} worked twice on the request {server.Worked?.Twice}");
        Require(system.Slowest <= system.Timeout + Slack, $"a reply came {system.Slowest.TotalMilliseconds} ms after its request: expected at most {system.Timeout.TotalMilliseconds} ms");
        system.Check();
        return new RunReport
        {
            Seed = run.Seed,
            Scenario = Name,
            Schedule = schedule,
            FaultsDone = run.Injector.Done,
            Stops = run.Stops,
            Accepted = run.Messages,
            Acknowledged = replies,
            DeadLettered = system.Failures,
            Delivered = replies,
            Repeats = run.Delivered.Repeats,
            Notes = $"worked on {system.Servers.Sum(server => server.Worked?.Total ?? 0)} times by our servers, slowest reply {system.Slowest.TotalMilliseconds:0} ms",
            Took = run.Elapsed,
        };
    }
}
