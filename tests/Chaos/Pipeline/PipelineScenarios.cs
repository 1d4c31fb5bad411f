using Chaos.Faults;
using Chaos.Running;

namespace Chaos.Pipeline;

/// <summary>The scenarios of the acknowledged pipeline.</summary>
internal static class PipelineScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        Named("worker-kill", "two workers of ours, killed again and again", Ours, (_, pipeline) => FaultChoice.Of([FaultKind.Kill], NamesOf(pipeline))),
        Named("worker-kill-python", "a worker of ours and one on pyzmq, killed again and again", Mixed, (_, pipeline) => FaultChoice.Of([FaultKind.Kill], NamesOf(pipeline))),
        Named("worker-slow", "a worker that takes 30 us a message, killed again and again", Slow, (_, pipeline) => FaultChoice.Of([FaultKind.Kill, FaultKind.Freeze], NamesOf(pipeline))),
        Named("freeze", "every part stopped and continued", Mixed, (_, pipeline) => FaultChoice.Of([FaultKind.Freeze], [.. NamesOf(pipeline), pipeline.Push.Name, pipeline.Pull.Name])),
        Named("cut-upstream", "the connections between push and workers cut, reset and refused", Mixed, (_, _) => FaultChoice.Of([FaultKind.Cut, FaultKind.Reset, FaultKind.Refuse], PipelineUnderTest.PushLink)),
        Named("cut-downstream", "the connections between workers and pull cut, reset and refused", Mixed, (_, _) => FaultChoice.Of([FaultKind.Cut, FaultKind.Reset, FaultKind.Refuse], PipelineUnderTest.PullLink)),
        Named("wire", "both links cut, stalled, delayed, throttled and split", Ours, (_, _) => FaultChoice.Of(FaultChoice.OfWire, PipelineUnderTest.PushLink, PipelineUnderTest.PullLink)),
        Named("pull-kill", "the pull host killed without a journal, with the workers", Ours, (_, pipeline) => FaultChoice.Of([FaultKind.Kill], [pipeline.Pull.Name, .. NamesOf(pipeline)])),
        Named("push-kill", "the push host killed, with its journal on, and the workers", PushJournal, (_, pipeline) => FaultChoice.Of([FaultKind.Kill], [pipeline.Push.Name, pipeline.Push.Name, .. NamesOf(pipeline)])),
        Named("pull-kill-journal", "the pull host killed, with its journal on, and the workers", PullJournal, (_, pipeline) => FaultChoice.Of([FaultKind.Kill], [pipeline.Pull.Name, pipeline.Pull.Name, .. NamesOf(pipeline)])),
        Named("source-python", "examples/python/source.py as the push end, with workers of both kinds, killed, frozen and cut off", random => Mixed(random) with { PythonSource = true }, Everything),
        Named("sink-python", "examples/python/sink.py as the pull end, with workers of both kinds, killed, frozen and cut off", random => Mixed(random) with { PythonSink = true }, Everything),
        Named("ends-python", "both ends on pyzmq, with workers of ours, killed, frozen and cut off, and the sink killed", random => Ours(random) with { PythonSource = true, PythonSink = true }, SinkToo),
        Named("worker-stop", "two workers of ours, stopped in order", Ours, (_, pipeline) => FaultChoice.Of(FaultChoice.OfOrderlyStop, NamesOf(pipeline))),
        Named("push-stop", "the push host stopped in order, with its journal on, and the workers", PushJournal, (_, pipeline) => FaultChoice.Of(FaultChoice.OfOrderlyStop, [pipeline.Push.Name, pipeline.Push.Name, .. NamesOf(pipeline)])),
        Named("pull-stop", "the pull host stopped in order, with its journal on, and the workers", PullJournal, (_, pipeline) => FaultChoice.Of(FaultChoice.OfOrderlyStop, [pipeline.Pull.Name, pipeline.Pull.Name, .. NamesOf(pipeline)])),
        new StoppedPipelineScenario(),
        Named("every-host", "every host killed, stopped in order and frozen, both links disturbed, journals on", Journals, EveryHost),
        Named("everything", "workers killed, all parts frozen, both links disturbed, all after the same message", Mixed, Everything, together: true),
        Named("everything-spread", "the same, one after the other", Mixed, Everything),
    ];

    private static AcknowledgedPipeline Named(string name, string description, Func<Random, PipelineShape> shape, Func<Random, PipelineUnderTest, IEnumerable<FaultChoice>> choices, bool together = false) =>
        new(name, description, shape, (pipeline, random, messages) => FaultChoice.Schedule(random, [.. choices(random, pipeline)], random.Next(2, 7), messages, together));

    private static PipelineShape Ours(Random random) => new() { Times = AcknowledgedTimes.Random(random) };

    private static PipelineShape Mixed(Random random) => new() { Workers = 1, PythonWorkers = 1, Times = AcknowledgedTimes.Random(random) };

    private static PipelineShape Slow(Random random) => new() { Workers = 1, WorkMicroseconds = 30, Times = AcknowledgedTimes.Random(random) };

    private static PipelineShape PushJournal(Random random) => Ours(random) with { PushJournal = true, JournalSync = Sync(random) };

    private static PipelineShape PullJournal(Random random) => Ours(random) with { PullJournal = true, JournalSync = Sync(random) };

    private static PipelineShape Journals(Random random) => Mixed(random) with { PushJournal = true, PullJournal = true, JournalSync = Sync(random) };

    private static string Sync(Random random) => random.Next(2) == 0 ? "full" : "normal";

    private static string[] NamesOf(PipelineUnderTest pipeline) => [.. pipeline.Workers.Select(worker => worker.Name)];

    private static IEnumerable<FaultChoice> EveryHost(Random random, PipelineUnderTest pipeline) =>
    [
        .. Everything(random, pipeline),
        .. FaultChoice.Of([FaultKind.Kill], pipeline.Push.Name, pipeline.Push.Name, pipeline.Pull.Name, pipeline.Pull.Name),
        .. FaultChoice.Of(FaultChoice.OfOrderlyStop, pipeline.Push.Name, pipeline.Pull.Name, pipeline.Workers[0].Name),
    ];

    private static IEnumerable<FaultChoice> SinkToo(Random random, PipelineUnderTest pipeline) =>
        [.. Everything(random, pipeline), .. FaultChoice.Of([FaultKind.Kill], pipeline.Pull.Name, pipeline.Pull.Name)];

    private static IEnumerable<FaultChoice> Everything(Random random, PipelineUnderTest pipeline) =>
    [
        .. FaultChoice.Of([FaultKind.Kill, FaultKind.Freeze], NamesOf(pipeline)),
        .. FaultChoice.Of([FaultKind.Freeze], pipeline.Push.Name, pipeline.Pull.Name),
        .. FaultChoice.Of(FaultChoice.OfWire, PipelineUnderTest.PushLink, PipelineUnderTest.PullLink),
    ];
}
