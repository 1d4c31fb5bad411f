using Chaos.Faults;
using Chaos.Processes;
using Chaos.Running;

namespace Chaos.Pipeline;

/// <summary>An acknowledged pipeline under a schedule of faults: nothing is lost, nothing comes twice, and the ledger adds up.</summary>
internal sealed class AcknowledgedPipeline : Scenario
{
    private readonly Func<Random, PipelineShape> _shape;
    private readonly Func<PipelineUnderTest, Random, int, IReadOnlyList<Fault>> _schedule;

    /// <param name="name">On the command line.</param>
    /// <param name="description">For people.</param>
    /// <param name="shape">The processes and their settings; may use the run's random numbers.</param>
    /// <param name="schedule">The faults, given the number of messages.</param>
    public AcknowledgedPipeline(string name, string description, Func<Random, PipelineShape> shape, Func<PipelineUnderTest, Random, int, IReadOnlyList<Fault>> schedule)
    {
        Name = name;
        Description = description;
        _shape = shape;
        _schedule = schedule;
    }

    public override string Name { get; }

    public override string Description { get; }

    public override int Messages => MessagesOfEach;

    public override bool InSeries => IsInSeries;

    /// <summary>How many messages a run has.</summary>
    public int MessagesOfEach { get; init; } = 2000;

    /// <summary>Whether it belongs to a series of all scenarios.</summary>
    public bool IsInSeries { get; init; } = true;

    public override async Task<RunReport> Run(RunContext run)
    {
        var pipeline = new PipelineUnderTest(run, _shape(run.Random));
        var schedule = _schedule(pipeline, run.Random, run.Messages);
        await pipeline.Start();
        run.Injector.Begin(schedule);
        var pushed = await run.Expect(pipeline.Push.EndedByItself, "the push host did not end with every task acknowledged");
        await run.Injector.Finish();
        var pulled = await run.Expect(pipeline.Pull.Terminate(), "the pull host did not stop");
        var report = Account(run, pipeline, schedule);
        Check(run, pipeline, report, pushed, pulled);
        return report;
    }

    private RunReport Account(RunContext run, PipelineUnderTest pipeline, IReadOnlyList<Fault> schedule)
    {
        var ledger = pipeline.Counts.Ledger ?? throw new ViolationException("the push host did not print its ledger");
        return new RunReport
        {
            Seed = run.Seed,
            Scenario = Name,
            Schedule = schedule,
            FaultsDone = run.Injector.Done,
            Stops = run.Stops,
            Accepted = ledger.Accepted,
            Acknowledged = ledger.Acknowledged,
            Outstanding = ledger.Outstanding,
            DeadLettered = ledger.DeadLettered,
            Delivered = run.Delivered.Distinct,
            Repeats = run.Delivered.Repeats,
            Dropped = pipeline.Counts.Dropped,
            Notes = $"redelivered {ledger.Redelivered}, repeats stopped at the pull end {pipeline.Counts.Pulled?.Repeats}",
            Took = run.Elapsed,
        };
    }

    private static void Check(RunContext run, PipelineUnderTest pipeline, RunReport report, int pushed, int pulled)
    {
        Require(pushed == 0, $"the push host ended with exit code {pushed}: expected 0");
        Require(report.Accepted == run.Messages, $"the push end accepted {report.Accepted} tasks: expected {run.Messages}");
        Require(
            report.Accepted == report.Acknowledged + report.Outstanding + report.DeadLettered,
            $"the ledger does not add up: accepted {report.Accepted}, acknowledged {report.Acknowledged}, outstanding {report.Outstanding}, dead-lettered {report.DeadLettered}");
        Require(report.Outstanding == 0, $"the push host ended with {report.Outstanding} tasks outstanding");
        foreach (var worker in pipeline.Workers) Require(!worker.EndedByItself.IsCompleted, $"{worker.Name} ended by itself");
        Require(run.Delivered.Stray is null, $"the pull host printed \"{run.Delivered.Stray}\", which was not sent");
        Require(report.Lost == 0, $"{report.Lost} messages are lost: {string.Join(", ", run.Delivered.Missing.Take(20))}");
        // The one on pyzmq ends by the signal itself.
        var expected = pipeline.Shape.PythonSink ? Signals.CodeOfTerminated : 0;
        Require(pulled == expected, $"the pull host ended with exit code {pulled}: expected {expected}");
        var count = pipeline.Counts.Pulled ?? throw new ViolationException("the pull host did not print its counts");
        Require(count.InHand == 0, $"the pull host stopped with {count.InHand} tasks in hand");
        CheckRepeats(run, pipeline, report, count);
    }

    /// <summary>A pull end that was killed may do again what it had in hand, and without a journal what it does not remember.</summary>
    private static void CheckRepeats(RunContext run, PipelineUnderTest pipeline, RunReport report, PullCount count)
    {
        if (pipeline.PullKills + pipeline.PullStops > 0 && !pipeline.Shape.PullJournal) return;
        Require(count.Received == report.Delivered, $"the pull host says that it received {count.Received} different tasks, and printed {report.Delivered}");
        var credit = pipeline.Shape.Times?.Credit ?? int.MaxValue;
        // Of each worker's last two sessions: one may have ended with tasks still in hand.
        var inHand = 2L * pipeline.PullKills * credit * pipeline.Workers.Count;
        Require(
            report.Repeats <= inHand,
            $"{report.Repeats} messages came again behind the pull end: expected at most {inHand} after {pipeline.PullKills} kills: {string.Join(", ", run.Delivered.Repeated.Take(20))}");
    }
}
