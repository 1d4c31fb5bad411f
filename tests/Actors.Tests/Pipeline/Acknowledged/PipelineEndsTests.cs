using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>The ends of the protocol under any schedule of connections, messages, work and time.</summary>
public sealed class PipelineEndsTests(ITestOutputHelper log) : RoleTestKit(log)
{
    private static readonly AcknowledgedSettings Settings = new() { MaxTries = 6, TaskDeadline = TimeSpan.FromSeconds(10), Credit = 8 };

    [Property(MaxTest = 300)]
    public void Every_task_is_accounted_for_at_every_step_and_told_once(int seed, PositiveInt length)
    {
        var random = new Random(seed);
        var pipeline = new SimulatedPipeline(Sys, Settings, receivers: 3);
        var accepted = 0;
        for (var step = 0; step < length.Get * 10; step++)
        {
            var receiver = pipeline.Receivers[random.Next(pipeline.Receivers.Count)];
            switch (random.Next(20))
            {
                case < 5: pipeline.Accept(accepted++); break;
                case < 9: receiver.DeliverUp(); break;
                case < 13: receiver.DeliverDown(); break;
                case < 15: receiver.Connect(); break;
                case 15: receiver.Disconnect(); break;
                case < 18 when receiver.InHand.Count > 0:
                    receiver.Finish(random.Next(receiver.InHand.Count), random.Next(6) switch { 0 => TaskReturn.Failed, 1 => TaskReturn.Refused, 2 => TaskReturn.NotBegun, _ => null });
                    break;
                case 18: pipeline.Tick(TimeSpan.FromMilliseconds(random.Next(4000))); break;
                // One stays that takes tasks.
                case 19 when random.Next(10) == 0 && receiver != pipeline.Receivers[0]: receiver.Drain(); break;
            }
            Check(pipeline, accepted);
        }
        Complete(pipeline, accepted);
    }

    private static void Check(SimulatedPipeline pipeline, int accepted)
    {
        var counts = pipeline.Sender.Ledger.Counts;
        Assert.True(counts.AddsUp, counts.ToString());
        Assert.Equal(accepted, counts.Accepted);
        Assert.Equal(pipeline.Acknowledged.Count, counts.Acknowledged);
        Assert.Equal(pipeline.Dead.Count, counts.DeadLettered);
        Assert.All(pipeline.Acknowledged, id => Assert.Contains(pipeline.Receivers, receiver => receiver.Done.Contains(id)));
        Assert.All(pipeline.Receivers, receiver => Assert.Equal(receiver.InHand.Count, receiver.End.InHand));
    }

    /// <summary>From here on nothing fails any more: so nothing is left over.</summary>
    private static void Complete(SimulatedPipeline pipeline, int accepted)
    {
        foreach (var receiver in pipeline.Receivers) receiver.Connect();
        for (var round = 0; pipeline.Sender.Ledger.Outstanding > 0; round++)
        {
            Assert.True(round < 1000, $"after {round} rounds without a fault: {pipeline.Sender.Ledger.Counts}");
            foreach (var receiver in pipeline.Receivers)
            {
                while (receiver.DeliverUp() || receiver.DeliverDown()) Check(pipeline, accepted);
                while (receiver.InHand.Count > 0) receiver.Finish(0, null);
            }
            pipeline.Tick(TimeSpan.FromSeconds(1));
            Check(pipeline, accepted);
        }
        Assert.Equal(accepted, pipeline.Acknowledged.Count + pipeline.Dead.Count);
    }
}
