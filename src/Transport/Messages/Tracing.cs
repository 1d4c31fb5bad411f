using System.Diagnostics;

namespace Actors.Transport;

/// <summary>The activity source <c>Actors</c>, and which span is current on a thread. See docs/telemetry.md.</summary>
internal static class Tracing
{
    public static readonly ActivitySource Source = new("Actors");

    /// <summary>Whether anybody listens; as long as nobody does, a message costs no more than this question.</summary>
    public static bool IsOn => Source.HasListeners();

    /// <summary>The span is current on this thread, and in what it calls or starts, until the result is disposed. Without a span nothing changes.</summary>
    public static SpanScope Enter(Activity? span) => new(span);

    /// <summary>The context of the span that is current on this thread; null where none is, or one without W3C ids.</summary>
    public static object? Current() =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } span ? span.Context : null;

    /// <summary>Ends with the span that was current before.</summary>
    public readonly ref struct SpanScope : IDisposable
    {
        private readonly Activity? _before;
        private readonly bool _isEntered;

        public SpanScope(Activity? span)
        {
            // One that has ended can be current no more.
            if (span is null or { IsStopped: true }) return;
            _before = Activity.Current;
            _isEntered = true;
            Activity.Current = span;
        }

        public void Dispose()
        {
            if (_isEntered) Activity.Current = _before;
        }
    }
}
