using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Actors.Grains;

namespace Grains.Tests.Runtime;

public sealed class TelemetryTests : GrainTests
{
    protected override int Nodes => 3;

    [Fact]
    public async Task A_grains_span_is_the_child_of_its_callers_also_on_another_node()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var source = new ActivitySource("Grains.Tests");
        using var listener = new ActivityListener
        {
            ShouldListenTo = known => known.Name is "Actors.Grains" or "Grains.Tests",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        ActivityTraceId trace;
        using (var root = source.StartActivity("root")!)
        {
            trace = root.TraceId;
            Assert.Equal(10, await Grains.Get<ILink>("k0").Follow(string.Join(',', Enumerable.Range(1, 10).Select(n => $"k{n}"))));
        }

        var ours = spans.Where(span => span.TraceId == trace && span.Source.Name == "Actors.Grains").ToList();
        // A caller's span ends when the reply is there, the grain's own when its method has ended.
        Assert.Equal(11, ours.Count(span => span.Kind == ActivityKind.Client));
        Assert.Equal(11, ours.Count(span => span.Kind == ActivityKind.Server));
        foreach (var span in ours.Where(span => span.Kind == ActivityKind.Server))
            Assert.Contains(ours, caller => caller.Kind == ActivityKind.Client && caller.SpanId == span.ParentSpanId && caller.OperationName == "link/Follow");
        Assert.Equal(10, ours.Count(span => span.Kind == ActivityKind.Client && ours.Any(grain => grain.Kind == ActivityKind.Server && grain.SpanId == span.ParentSpanId)));
    }

    [Fact]
    public async Task Calls_are_counted_by_kind_method_and_outcome()
    {
        var counted = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == "Actors.Grains") own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var name = $"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}";
            counted.AddOrUpdate(name, value, (_, before) => before + value);
        });
        listener.Start();
        await Grains.Get<ICounter>("metered").Add(1);
        await Grains.Get<ICounter>("metered").Add(1);
        await Assert.ThrowsAsync<GrainException>(() => Grains.Get<ICounter>("metered").AddAndFail(1));

        Assert.True(counted["actors.grains.calls tally Add ok"] >= 2);
        Assert.True(counted["actors.grains.calls tally AddAndFail failed"] >= 1);
        Assert.True(counted["actors.grains.state.writes tally"] >= 3);
        Assert.True(counted["actors.grains.activations tally"] >= 1);
    }
}
