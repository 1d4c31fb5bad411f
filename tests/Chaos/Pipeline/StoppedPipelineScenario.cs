using Chaos.Faults;
using Chaos.Processes;
using Chaos.Running;

namespace Chaos.Pipeline;

/// <summary>
/// A plain pipeline whose hosts are stopped in order only, those that send before those that receive: what was accepted was
/// worked on at the pull end, or a host has counted it as lost.
/// </summary>
internal sealed class StoppedPipelineScenario : Scenario
{
    public override string Name => "plain-stop";

    public override string Description => "a plain pipeline, of which the push host, it and the worker, or all three are stopped in order";

    public override int Messages => 6000;

    public override async Task<RunReport> Run(RunContext run)
    {
        var pipeline = new StoppedPipeline(run);
        var (push, worker, pull) = (pipeline.Push.Name, pipeline.Worker.Name, pipeline.Pull.Name);
        var choices = FaultChoice.Of(FaultChoice.OfOrderlyStop, push, $"{push}+{worker}", $"{push}+{worker}+{pull}");
        // What a peer sends to a plain role that has drained is lost with the connection, so no sender comes back meanwhile.
        run.Injector.OneAtATime = true;
        var schedule = FaultChoice.Schedule(run.Random, [.. choices], run.Random.Next(2, 6), run.Messages);
        await pipeline.Start();
        run.Injector.Begin(schedule);
        await run.Expect(pipeline.Push.EndedByItself, "the push host did not take every line");
        await run.Injector.Finish();
        foreach (var part in new[] { pipeline.Push, pipeline.Worker, pipeline.Pull }) await part.StopInOrder(StopSignal.Terminate, again: null);

        var report = new RunReport
        {
            Seed = run.Seed,
            Scenario = Name,
            Schedule = schedule,
            FaultsDone = run.Injector.Done,
            Stops = run.Stops,
            Accepted = pipeline.Accepted,
            DeadLettered = pipeline.Counts.Dropped,
            Delivered = run.Delivered.Distinct,
            Repeats = run.Delivered.Repeats,
            Dropped = pipeline.Counts.Dropped,
            Notes = pipeline.CutShort ? "a host said that something was left" : "",
            Took = run.Elapsed,
        };
        Check(run, pipeline, report);
        return report;
    }

    private static void Check(RunContext run, StoppedPipeline pipeline, RunReport report)
    {
        Require(pipeline.Fault is null, pipeline.Fault ?? "");
        Require(report.Accepted == run.Messages, $"the push hosts took {report.Accepted} lines: expected {run.Messages}");
        Require(run.Delivered.Stray is null, $"the pull host printed \"{run.Delivered.Stray}\", which was not sent");
        Require(report.Repeats == 0, $"{report.Repeats} messages came twice: {string.Join(", ", run.Delivered.Repeated.Take(20))}");
        var missing = report.Accepted - report.Delivered;
        Require(report.Dropped <= missing, $"the hosts say that they dropped {report.Dropped} messages, and {missing} are missing");
        Require(pipeline.CutShort || missing == 0, $"{missing} messages are missing, and every host ended with exit code 0: {string.Join(", ", run.Delivered.Missing.Take(20))}");
        // A host that receives and is cut short tells that something may be left, but not what the system's buffers hold; the engine
        // netmq does not tell what its sockets hold.
        var tellsAll = Programs.Engine == "zmtp" ? !pipeline.ReceiverCutShort : !pipeline.CutShort;
        Require(!tellsAll || report.Dropped == missing, $"{missing} messages are missing, and the hosts count {report.Dropped}: {string.Join(", ", run.Delivered.Missing.Take(20))}");
    }
}
