using System.Collections.Concurrent;
using System.Diagnostics;

namespace Actors.Tests.Telemetry;

/// <summary>
/// Listens to the activity source <c>Actors</c>, as an exporter does, and wants the spans of one test: those of roles whose names
/// have its tag, and the test's own.
/// </summary>
/// <remarks>Sources are of the whole process, so the classes that listen are of one collection, and none of them listens beside another.</remarks>
internal sealed class Traced : IDisposable
{
    /// <summary>Tests that listen, and those that need to know that nobody does.</summary>
    public const string Collection = "listens to spans";

    private readonly string _tag = $"{Guid.NewGuid():N}";
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivitySource _source;
    private readonly ActivityListener _listener;

    /// <param name="isSampled">Whether spans are made; without it, there is only somebody who listens.</param>
    public Traced(bool isSampled = true)
    {
        _source = new ActivitySource(_tag);
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Actors" || source.Name == _tag,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Source.Name == _tag || (isSampled && options.Name.EndsWith(_tag, StringComparison.Ordinal)) ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                if (span.Source.Name == "Actors") _ended.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The spans of roles that have ended, in the order of their ends.</summary>
    public IReadOnlyList<Activity> Ended => [.. _ended];

    /// <summary>The only span of a role that has ended.</summary>
    public Activity Single(string role) => Assert.Single(_ended, span => (string?)span.GetTagItem("role") == role);

    /// <summary>The name of a role whose spans are wanted.</summary>
    public string Name(string role) => $"{role}-{_tag}";

    /// <summary>A span of the test's own, current until it is disposed.</summary>
    public Activity Caller(string name = "caller", ActivityContext parent = default) => _source.StartActivity(name, ActivityKind.Internal, parent)!;

    public void Dispose()
    {
        _listener.Dispose();
        _source.Dispose();
    }
}
