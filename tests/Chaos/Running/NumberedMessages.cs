using System.Globalization;

namespace Chaos.Running;

/// <summary>Which of the messages 0 to N-1 have been delivered, and how often. Safe for concurrent use.</summary>
internal sealed class NumberedMessages(int count)
{
    private readonly int[] _times = new int[count];
    private readonly PriorityQueue<TaskCompletionSource, int> _waiting = new();
    private readonly Lock _state = new();
    private long _total;
    private int _distinct;

    /// <summary>How many there are.</summary>
    public int Count => count;

    /// <summary>Deliveries, repeats included.</summary>
    public long Total
    {
        get { lock (_state) return _total; }
    }

    /// <summary>Different messages delivered.</summary>
    public int Distinct
    {
        get { lock (_state) return _distinct; }
    }

    /// <summary>Deliveries after the first of a message.</summary>
    public long Repeats
    {
        get { lock (_state) return _total - _distinct; }
    }

    /// <summary>What was delivered and is not one of the messages; null when there was no such thing.</summary>
    public string? Stray { get; private set; }

    /// <summary>Takes what was delivered as text.</summary>
    public void Deliver(string text)
    {
        lock (_state)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= count)
            {
                Stray ??= text;
                return;
            }
            _total++;
            if (_times[number]++ == 0) _distinct++;
            while (_waiting.TryPeek(out var reached, out var at) && at <= _distinct)
            {
                _waiting.Dequeue();
                reached.SetResult();
            }
        }
    }

    /// <summary>Ends when so many different messages have been delivered.</summary>
    public Task Reached(int distinct)
    {
        lock (_state)
        {
            if (_distinct >= distinct) return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(reached, distinct);
            return reached.Task;
        }
    }

    /// <summary>The messages that were not delivered.</summary>
    public IReadOnlyList<int> Missing
    {
        get { lock (_state) return [.. Enumerable.Range(0, count).Where(number => _times[number] == 0)]; }
    }

    /// <summary>The messages that were delivered more than once.</summary>
    public IReadOnlyList<int> Repeated
    {
        get { lock (_state) return [.. Enumerable.Range(0, count).Where(number => _times[number] > 1)]; }
    }
}
