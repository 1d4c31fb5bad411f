using Chaos.Faults;
using Chaos.Running;

namespace Chaos.Requests;

/// <summary>The scenarios of requests, to servers and through a queue.</summary>
internal static class RequestScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        Direct("request-kill", "two servers, killed and frozen, with requests that are retried", Servers),
        Direct("request-wire", "the connections to two servers cut, stalled, delayed, throttled and split", system => system.Links),
        Direct("request-everything", "both, and the client frozen", Everything),
        Direct("request-stop", "two servers, stopped in order, with requests that are retried", Stops),
        Queued("queue-kill", "three servers behind a queue, one of them on pyzmq, killed and frozen", Servers),
        Queued("queue-wire", "the connections of client and servers to the queue cut, stalled, delayed, throttled and split", system => system.Links),
        Queued("queue-everything", "both, the client frozen, and the queue frozen and killed", system => [.. Everything(system), .. QueueItself(system), .. QueueItself(system)]),
        Queued("queue-stop", "the queue and the servers of ours behind it, stopped in order", system => [.. Stops(system), .. FaultChoice.Of(FaultChoice.OfOrderlyStop, [.. system.Others.Select(part => part.Name)])]),
    ];

    private static RequestScenario Direct(string name, string description, Func<RequestsUnderTest, IEnumerable<FaultChoice>> choices) =>
        new(name, description, run => new DirectRequests(run), choices);

    private static RequestScenario Queued(string name, string description, Func<RequestsUnderTest, IEnumerable<FaultChoice>> choices) =>
        new(name, description, run => new QueuedRequests(run), choices);

    private static IEnumerable<FaultChoice> Servers(RequestsUnderTest system) => FaultChoice.Of([FaultKind.Kill, FaultKind.Freeze], [.. system.Servers.Select(server => server.Part.Name)]);

    /// <summary>Of our servers, which tell what they worked on.</summary>
    private static IEnumerable<FaultChoice> Stops(RequestsUnderTest system) =>
        FaultChoice.Of(FaultChoice.OfOrderlyStop, [.. system.Servers.Where(server => server.Worked is not null).Select(server => server.Part.Name)]);

    private static IEnumerable<FaultChoice> QueueItself(RequestsUnderTest system) => FaultChoice.Of([FaultKind.Kill, FaultKind.Freeze], [.. system.Others.Select(part => part.Name)]);

    private static IEnumerable<FaultChoice> Everything(RequestsUnderTest system) => [.. Servers(system), .. system.Links, new FaultChoice(FaultKind.Freeze, system.Client.Name)];
}
