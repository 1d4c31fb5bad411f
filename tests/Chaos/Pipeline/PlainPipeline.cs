using Chaos.Faults;
using Chaos.Running;

namespace Chaos.Pipeline;

/// <summary>
/// A pipeline without acknowledgements, of our plain roles or of libzmq: what is lost is counted, and nothing comes twice.
/// </summary>
internal sealed class PlainPipeline(string name, string description, PipelineShape shape, Func<int, IReadOnlyList<Fault>> schedule) : Scenario
{
    /// <summary>Longer than a worker needs to connect again.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1.5);

    public override string Name => name;

    public override string Description => description;

    public override int Messages => 100_000;

    public override bool InSeries => false;

    public override async Task<RunReport> Run(RunContext run)
    {
        var pipeline = new PipelineUnderTest(run, shape);
        var faults = schedule(run.Messages);
        await pipeline.Start();
        run.Injector.Begin(faults);
        await run.Expect(run.Injector.Completed, "the faults were not done");
        await run.Quiet(Quiet);
        if (shape.Ends == PipelineEnds.Plain)
        {
            // In this order each has the time to hand on what it still holds.
            await run.Expect(pipeline.Push.Terminate(), "the push host did not stop");
            foreach (var worker in pipeline.Workers) await run.Expect(worker.Terminate(), "the worker host did not stop");
            await run.Expect(pipeline.Pull.Terminate(), "the pull host did not stop");
        }
        Require(run.Delivered.Stray is null, $"the pull end printed \"{run.Delivered.Stray}\", which was not sent");
        Require(run.Delivered.Repeats == 0, $"{run.Delivered.Repeats} messages came twice: {string.Join(", ", run.Delivered.Repeated.Take(20))}");
        var lost = run.Messages - run.Delivered.Distinct;
        Require(pipeline.Counts.Dropped <= lost, $"our hosts say that they dropped {pipeline.Counts.Dropped} messages, and {lost} are missing");
        return new RunReport
        {
            Seed = run.Seed,
            Scenario = Name,
            Schedule = faults,
            FaultsDone = run.Injector.Done,
            Stops = run.Stops,
            Accepted = run.Messages,
            Delivered = run.Delivered.Distinct,
            Repeats = run.Delivered.Repeats,
            Dropped = pipeline.Counts.Dropped,
            Took = run.Elapsed,
        };
    }
}
