using Chaos.Faults;
using Chaos.Running;

namespace Chaos.Retained;

/// <summary>
/// A publisher that keeps messages, and subscribers under faults: each process is told every number in order, once, as a
/// message or in a gap; a plain subscriber beside them sees plain messages only.
/// </summary>
internal sealed class RetainedScenario(
    string name,
    string description,
    Func<Random, RetainedShape> shapeOf,
    Func<BroadcastUnderTest, IEnumerable<FaultChoice>> choices) : Scenario
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new RetainedScenario("retained-kill", "subscribers to a window, killed and frozen", Window, Subscribers),
        new RetainedScenario("retained-stop", "subscribers of ours to a window, stopped in order", Window, Stops),
        new RetainedScenario("retained-wire", "the connections of subscribers to a window cut, stalled, delayed, throttled and split", Window, system => system.Links),
        new RetainedScenario("retained-last", "subscribers to last values, killed, frozen and their connections disturbed", random => RetainedShape.Random(random, lastValues: true, slowHandler: false), Everything),
        new RetainedScenario("retained-slow", "the same with a window, of which one subscriber is too slow", random => RetainedShape.Random(random, lastValues: false, slowHandler: true), Everything),
    ];

    public override string Name => name;

    public override string Description => description;

    public override async Task<RunReport> Run(RunContext run)
    {
        var system = new BroadcastUnderTest(run, shapeOf(run.Random));
        var schedule = FaultChoice.Schedule(run.Random, [.. choices(system)], run.Random.Next(2, 7), run.Messages);
        await system.Start();
        run.Injector.Begin(schedule);
        await run.Expect(system.Publish(), "the publisher did not take every message");
        // What is published decides when faults come, so that all of them do.
        await run.Expect(run.Injector.Completed, "the faults were not done and undone");
        foreach (var subscriber in system.Subscribers) await run.Expect(Told(subscriber), $"{subscriber.Part.Name} was not told everything");
        Check(run, system);
        return new RunReport
        {
            Seed = run.Seed,
            Scenario = Name,
            Schedule = schedule,
            FaultsDone = run.Injector.Done,
            Stops = run.Stops,
            Accepted = (long)run.Messages * system.Subscribers.Count,
            Delivered = system.Subscribers.Sum(subscriber => subscriber.Stream.Received),
            DeadLettered = run.Messages * system.Subscribers.Count - system.Subscribers.Sum(subscriber => subscriber.Stream.Received),
            Repeats = 0,
            Notes = $"gaps {system.Subscribers.Sum(subscriber => subscriber.Stream.Gaps)}, plain received {system.PlainStream.Received}",
            Took = run.Elapsed,
        };
    }

    /// <summary>Ends with the stream, or as soon as it is wrong.</summary>
    private static Task Told(RetainedSubscriber subscriber) => Task.WhenAny(subscriber.Stream.Ended, subscriber.Stream.Failed);

    private static void Check(RunContext run, BroadcastUnderTest system)
    {
        foreach (var (part, stream) in system.Subscribers)
        {
            Require(stream.Fault is null, $"{part.Name}: {stream.Fault}");
            Require(!part.EndedByItself.IsCompleted, $"{part.Name} ended by itself");
            Require(system.Shape.LastValues || stream.Received + stream.Missing == run.Messages, $"{part.Name} was told {stream.Received} messages and {stream.Missing} in gaps: expected {run.Messages} together");
            Require(!system.Shape.LastValues || stream.Stale.Count == 0, $"{part.Name} does not have the last value of the topics {string.Join(", ", stream.Stale)}");
        }
        Require(system.PlainStream.Fault is null, $"the plain subscriber printed {system.PlainStream.Fault}");
        Require(!system.Plain.EndedByItself.IsCompleted, "the plain subscriber ended by itself");
        Require(!system.Publisher.EndedByItself.IsCompleted, "the publisher ended by itself");
    }

    private static RetainedShape Window(Random random) => RetainedShape.Random(random, lastValues: false, slowHandler: false);

    private static IEnumerable<FaultChoice> Subscribers(BroadcastUnderTest system) =>
        FaultChoice.Of([FaultKind.Kill, FaultKind.Freeze], [.. system.Subscribers.Select(subscriber => subscriber.Part.Name)]);

    private static IEnumerable<FaultChoice> Stops(BroadcastUnderTest system) =>
        FaultChoice.Of(FaultChoice.OfOrderlyStop, [.. system.Subscribers.Take(BroadcastUnderTest.SubscribeHosts).Select(subscriber => subscriber.Part.Name)]);

    private static IEnumerable<FaultChoice> Everything(BroadcastUnderTest system) =>
        [.. Subscribers(system), .. system.Links, new FaultChoice(FaultKind.Freeze, system.Publisher.Name)];
}
