using Chaos.Faults;
using Chaos.Running;

namespace Chaos.Pipeline;

/// <summary>
/// 100,000 numbered messages through one worker, which at about 30,000 is killed and comes back after half a second, or
/// loses only its connection: with our acknowledged roles, our plain roles, and the document's programs on libzmq.
/// </summary>
internal static class Experiments
{
    private const int Messages = 100_000;
    private const int Slow = 30;
    private const string Worker = "worker1";
    private static readonly TimeSpan HalfASecond = TimeSpan.FromSeconds(0.5);

    public static IReadOnlyList<Scenario> All { get; } = [.. Of(PipelineEnds.Acknowledged), .. Of(PipelineEnds.Plain), .. Of(PipelineEnds.Libzmq)];

    private static IEnumerable<Scenario> Of(PipelineEnds ends)
    {
        var kill = new PipelineShape { Ends = ends, Workers = 1, Proxied = false };
        var cut = kill with { Proxied = true };
        yield return Named("kill", "a fast worker is killed", kill, FaultKind.Kill, Worker);
        yield return Named("kill-slow", "a worker that takes 30 us a message is killed", kill with { WorkMicroseconds = Slow }, FaultKind.Kill, Worker);
        if (ends == PipelineEnds.Acknowledged)
        {
            var journal = cut with { PushJournal = true };
            yield return Named("push-kill", "the push host is killed, with its journal on", journal, FaultKind.Kill, "push");
            yield return Named("push-kill-slow", "the push host is killed, with its journal on, and the worker takes 30 us a message", journal with { WorkMicroseconds = Slow }, FaultKind.Kill, "push");
        }
        yield return Named("cut", "only the connection between push and a fast worker is cut", cut, FaultKind.Refuse, PipelineUnderTest.PushLink);
        yield return Named("cut-slow", "only the connection between push and a worker that takes 30 us a message is cut", cut with { WorkMicroseconds = Slow }, FaultKind.Refuse, PipelineUnderTest.PushLink);
    }

    private static Scenario Named(string variant, string description, PipelineShape shape, FaultKind fault, string target)
    {
        var name = $"experiment-{variant}{(shape.Ends == PipelineEnds.Acknowledged ? "" : $"-{shape.Ends.ToString().ToLowerInvariant()}")}";
        description = $"{Messages} messages, {shape.Ends.ToString().ToLowerInvariant()}: {description}";
        IReadOnlyList<Fault> Schedule(int messages) => [new Fault(messages * 3 / 10, fault, target, HalfASecond)];
        return shape.Ends == PipelineEnds.Acknowledged
            ? new AcknowledgedPipeline(name, description, _ => shape, (_, _, messages) => Schedule(messages)) { MessagesOfEach = Messages, IsInSeries = false }
            : new PlainPipeline(name, description, shape, Schedule);
    }
}
