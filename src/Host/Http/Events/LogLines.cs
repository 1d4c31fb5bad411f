namespace Actors.Host.Http.Events;

/// <summary>A line of the log.</summary>
/// <param name="Number">Counts from 1 in this host, so that a page that comes back knows what it has.</param>
/// <param name="At">When it was logged.</param>
/// <param name="Level"><c>debug</c>, <c>info</c>, <c>warning</c> or <c>error</c>.</param>
/// <param name="Role">The role that it is about; <c>host</c> for all else.</param>
/// <param name="Text">What was logged, cut at <see cref="LogLines.LongestText"/> characters.</param>
internal sealed record LogLine(long Number, DateTimeOffset At, string Level, string Role, string Text);

/// <summary>The latest lines of the log. Safe to use from any thread.</summary>
internal sealed class LogLines
{
    /// <summary>So many lines are kept; older ones make room.</summary>
    public const int Kept = 500;

    public const int LongestText = 2000;

    private readonly Lock _lock = new();
    private readonly Queue<LogLine> _lines = new();
    private long _number;

    /// <summary>Called with each line, on the thread that adds it, in the order of the lines.</summary>
    public event Action<LogLine>? Added;

    public void Add(DateTimeOffset at, string level, string role, string text)
    {
        lock (_lock)
        {
            var line = new LogLine(++_number, at, level, role, text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText), "…"));
            if (_lines.Count == Kept) _lines.Dequeue();
            _lines.Enqueue(line);
            Added?.Invoke(line);
        }
    }

    /// <summary>The lines that are kept, the oldest first. No line is added while <paramref name="use"/> runs.</summary>
    public void Read(Action<IReadOnlyCollection<LogLine>> use)
    {
        lock (_lock) use(_lines);
    }
}
