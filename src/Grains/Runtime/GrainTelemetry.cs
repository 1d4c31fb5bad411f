using System.Diagnostics;
using System.Diagnostics.Metrics;
using Actors.Grains.Calls;

namespace Actors.Grains.Runtime;

/// <summary>The meter and the activity source <c>Actors.Grains</c>. Costs one comparison a call when nobody listens.</summary>
internal sealed class GrainTelemetry
{
    public const string Name = "Actors.Grains";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter s_meter = new(Name);
    private static readonly Counter<long> s_calls = s_meter.CreateCounter<long>("actors.grains.calls", "{call}", "Calls that have ended at a grain");
    private static readonly Histogram<double> s_duration = s_meter.CreateHistogram<double>("actors.grains.call.duration", "s", "Time from the beginning of a grain's method to its end");
    private static readonly Counter<long> s_activations = s_meter.CreateCounter<long>("actors.grains.activations", "{activation}", "Activations made");
    private static readonly Counter<long> s_deactivations = s_meter.CreateCounter<long>("actors.grains.deactivations", "{activation}", "Activations ended");
    private static readonly Counter<long> s_fenced = s_meter.CreateCounter<long>("actors.grains.fenced", "{activation}", "Activations whose write found another's");
    private static readonly Counter<long> s_retries = s_meter.CreateCounter<long>("actors.grains.retries", "{call}", "Calls sent again");
    private static readonly Counter<long> s_writes = s_meter.CreateCounter<long>("actors.grains.state.writes", "{write}", "States written or cleared");
    private static readonly List<WeakReference<GrainRuntime>> s_nodes = [];

    static GrainTelemetry()
    {
        s_meter.CreateObservableGauge("actors.grains.active", Active, "{activation}", "Activations in memory");
        s_meter.CreateObservableGauge("actors.grains.pending", Waiting, "{call}", "Calls that have left a node and have not ended");
    }

    public GrainTelemetry(GrainRuntime node)
    {
        lock (s_nodes)
        {
            s_nodes.RemoveAll(known => !known.TryGetTarget(out _));
            s_nodes.Add(new WeakReference<GrainRuntime>(node));
        }
    }

    /// <summary>Whether anybody listens to calls.</summary>
    public bool IsOn => s_calls.Enabled || s_duration.Enabled || Source.HasListeners();

    public void Activated(string kind) => s_activations.Add(1, Kind(kind));

    public void Deactivated(string kind) => s_deactivations.Add(1, Kind(kind));

    public void Fenced(string kind) => s_fenced.Add(1, Kind(kind));

    public void Retried(string kind) => s_retries.Add(1, Kind(kind));

    public void Written(string kind) => s_writes.Add(1, Kind(kind));

    /// <summary>A span of the caller. The call takes it along.</summary>
    public Activity? StartCaller(GrainCall call)
    {
        var span = Source.StartActivity($"{call.Route.Kind}/{call.Method.Name}", ActivityKind.Client);
        if (span is not null) call.Trace = span.Context;
        else if (Activity.Current is { } current) call.Trace = current.Context;
        return Describe(span, call);
    }

    /// <summary>A span of the grain, the child of the caller's.</summary>
    public Activity? Begin(GrainCall call, TimeProvider time)
    {
        call.BegunAt = time.GetTimestamp();
        if (!Source.HasListeners()) return null;
        return call.Span = Describe(Source.StartActivity($"{call.Route.Kind}/{call.Method.Name}", ActivityKind.Server, call.Trace), call);
    }

    public void Ended(GrainCall call, long now, Exception? failure)
    {
        var (kind, method) = (Kind(call.Route.Kind), new KeyValuePair<string, object?>("method", call.Method.Name));
        s_calls.Add(1, kind, method, new KeyValuePair<string, object?>("outcome", failure is null ? "ok" : Word(failure)));
        if (call.BegunAt != 0) s_duration.Record(call.Route.Runtime.Time.GetElapsedTime(call.BegunAt, now).TotalSeconds, kind, method);
        if (call.Span is not { } span) return;
        if (failure is not null) span.SetStatus(ActivityStatusCode.Error, failure.Message);
        span.Dispose();
    }

    private static string Word(Exception failure) => (failure as GrainException)?.Error.Word() ?? (failure is OperationCanceledException ? "cancelled" : GrainError.Failed.Word());

    private static KeyValuePair<string, object?> Kind(string kind) => new("kind", kind);

    private static Activity? Describe(Activity? span, GrainCall call)
    {
        span?.SetTag("grain.kind", call.Route.Kind).SetTag("grain.key", call.Key).SetTag("grain.method", call.Method.Name);
        return span;
    }

    private static IEnumerable<Measurement<int>> Active() => Nodes().SelectMany(node => node.Hosts.Select(host => new Measurement<int>(host.Activations, Kind(host.Kind))));

    private static IEnumerable<Measurement<int>> Waiting() => Nodes().Select(node => new Measurement<int>(node.Pending.Count));

    private static List<GrainRuntime> Nodes()
    {
        var nodes = new List<GrainRuntime>();
        lock (s_nodes)
        {
            foreach (var known in s_nodes)
            {
                if (known.TryGetTarget(out var node)) nodes.Add(node);
            }
        }
        return nodes;
    }
}
