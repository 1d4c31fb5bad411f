namespace Actors.Host.Http.Events;

/// <summary>
/// What waits for one client, which may read slowly or not at all: bounded, the oldest is dropped and counted. Safe to use from
/// any thread; <see cref="Take"/> from one at a time.
/// </summary>
internal sealed class EventClient
{
    /// <summary>So many changes of the status wait; with one more they are dropped, and the whole status takes their place.</summary>
    public const int MostUpdates = 5;

    /// <summary>So many lines of the log wait; with one more the oldest is dropped.</summary>
    public const int MostLines = LogLines.Kept;

    private readonly Lock _lock = new();
    private readonly Queue<byte[]> _updates = new();
    private readonly Queue<LogLine> _lines = new();
    private TaskCompletionSource _something = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _missedUpdates;
    private long _missedLines;
    private bool _needsWhole = true;

    /// <summary>Whether a change would tell the client nothing, because it misses what was before.</summary>
    public bool NeedsWhole
    {
        get
        {
            lock (_lock) return _needsWhole;
        }
    }

    /// <summary>The whole status; what waits of it before is of no more use, and not missed.</summary>
    public void PutWhole(byte[] status)
    {
        lock (_lock)
        {
            _updates.Clear();
            _updates.Enqueue(status);
            _needsWhole = false;
            _something.TrySetResult();
        }
    }

    /// <summary>A change of the status that the client knows.</summary>
    public void PutChange(byte[] change)
    {
        lock (_lock)
        {
            if (_needsWhole || _updates.Count >= MostUpdates)
            {
                _missedUpdates += _updates.Count + 1;
                _updates.Clear();
                _needsWhole = true;
            }
            else _updates.Enqueue(change);
            _something.TrySetResult();
        }
    }

    public void PutLine(LogLine line)
    {
        lock (_lock)
        {
            if (_lines.Count >= MostLines)
            {
                _lines.Dequeue();
                _missedLines++;
            }
            _lines.Enqueue(line);
            _something.TrySetResult();
        }
    }

    /// <summary>Waits until there is something, and takes all of it, in the form in which it is sent.</summary>
    public async Task<IReadOnlyList<byte[]>> Take(CancellationToken cancel)
    {
        Task something;
        lock (_lock) something = _something.Task;
        await something.WaitAsync(cancel);
        List<byte[]> updates;
        List<LogLine> lines;
        Missed missed;
        lock (_lock)
        {
            (updates, lines, missed) = ([.. _updates], [.. _lines], new Missed(_missedUpdates, _missedLines));
            _updates.Clear();
            _lines.Clear();
            (_missedUpdates, _missedLines) = (0, 0);
            _something = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        var events = new List<byte[]>(updates.Count + lines.Count + 1);
        if (missed != new Missed(0, 0)) events.Add(ServerSentEvent.Of("missed", missed, EventJson.Default.Missed));
        events.AddRange(updates);
        events.AddRange(lines.Select(line => ServerSentEvent.Of("log", line, EventJson.Default.LogLine)));
        return events;
    }
}
