using Chaos.Faults;
using Chaos.Running;

namespace Chaos.Requests;

/// <summary>Requests with retries to two servers that answer repeats once: each ends in exactly one reply or failure.</summary>
internal sealed class RequestScenario(string name, string description, Func<RequestsUnderTest, IEnumerable<FaultChoice>> choices) : Scenario
{
    private static readonly FaultKind[] OfWire = [FaultKind.Cut, FaultKind.Reset, FaultKind.Refuse, FaultKind.Stall, FaultKind.Delay, FaultKind.Throttle, FaultKind.Split];

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new RequestScenario("request-kill", "two servers, killed and frozen, with requests that are retried", Servers),
        new RequestScenario("request-wire", "the connections to two servers cut, stalled, delayed, throttled and split", Links),
        new RequestScenario("request-everything", "both, and the client frozen", system => [.. Servers(system), .. Links(system), new FaultChoice(FaultKind.Freeze, system.Client.Name)]),
    ];

    public override string Name => name;

    public override string Description => description;

    public override async Task<RunReport> Run(RunContext run)
    {
        var system = new RequestsUnderTest(run);
        var schedule = FaultChoice.Schedule(run.Random, [.. choices(system)], run.Random.Next(2, 7), run.Messages);
        await system.Start();
        run.Injector.Begin(schedule);
        var code = await run.Expect(system.Client.EndedByItself, "the client host did not end with every request");
        await run.Injector.Finish();
        foreach (var server in system.Servers) await run.Expect(server.Part.Terminate(), "the server host did not stop");

        var replies = run.Delivered.Distinct;
        Require(code == 0, $"the client host ended with exit code {code}: expected 0");
        Require(run.Delivered.Stray is null, $"the client printed the reply \"{run.Delivered.Stray}\", which was not asked for");
        Require(run.Delivered.Repeats == 0, $"{run.Delivered.Repeats} requests had a second reply: {string.Join(", ", run.Delivered.Repeated.Take(20))}");
        Require(
            replies + system.Failures == run.Messages,
            $"{run.Messages} requests ended in {replies} replies and {system.Failures} failures; without a reply: {string.Join(", ", run.Delivered.Missing.Take(20))}");
        foreach (var server in system.Servers) Require(server.Worked.Twice is null, $"{server.Part.Name} worked twice on the request {server.Worked.Twice}");
        return new RunReport
        {
            Seed = run.Seed,
            Scenario = Name,
            Schedule = schedule,
            FaultsDone = run.Injector.Done,
            Accepted = run.Messages,
            Acknowledged = replies,
            DeadLettered = system.Failures,
            Delivered = replies,
            Repeats = run.Delivered.Repeats,
            Notes = $"worked on {system.Servers.Sum(server => server.Worked.Total)} times",
            Took = run.Elapsed,
        };
    }

    private static IEnumerable<FaultChoice> Servers(RequestsUnderTest system) => FaultChoice.Of([FaultKind.Kill, FaultKind.Freeze], [.. system.Servers.Select(server => server.Part.Name)]);

    private static IEnumerable<FaultChoice> Links(RequestsUnderTest system) => FaultChoice.Of(OfWire, [.. system.Servers.Select(server => RequestsUnderTest.LinkOf(server.Part.Name))]);
}
