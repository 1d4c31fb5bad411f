namespace Chaos.Retained;

/// <summary>
/// What a subscriber was told, in the order in which it was told: every number from 1, each once, as a message or in a
/// gap. Safe for concurrent use.
/// </summary>
/// <param name="last">The number of the last message.</param>
/// <param name="topics">Message n has the topic n modulo this.</param>
/// <param name="lastValues">
/// Whether the publisher keeps last values: a process without a position is then sent those first, and is told no gaps
/// between them.
/// </param>
internal sealed class SubscriberStream(int last, int topics, bool lastValues)
{
    private readonly int[] _values = new int[topics];
    private readonly TaskCompletionSource _failed = New();
    private readonly Lock _state = new();
    private TaskCompletionSource _ended = New();
    private bool _toldGap;
    private int _position;

    /// <summary>Messages to the process that is there now.</summary>
    public int Received { get; private set; }

    /// <summary>Messages that the process of now was told as missing.</summary>
    public int Missing { get; private set; }

    /// <summary>Gaps told, to all processes.</summary>
    public int Gaps { get; private set; }

    /// <summary>The first thing that was told and should not have been; null when there is none.</summary>
    public string? Fault { get; private set; }

    /// <summary>Ends when there is a <see cref="Fault"/>.</summary>
    public Task Failed => _failed.Task;

    /// <summary>Ends when the process of now was told everything up to the last number.</summary>
    public Task Ended
    {
        get { lock (_state) return _ended.Task; }
    }

    /// <summary>What comes behind the first gap that was told is told without a hole.</summary>
    private bool MayPassOver => lastValues && !_toldGap;

    public void Message(int topic, int number)
    {
        lock (_state)
        {
            if (number % topics != topic) Fail($"message {number} came with the topic {topic}: expected {number % topics}");
            var next = _position + 1;
            if (number < next || (number > next && !MayPassOver)) Fail($"message {number} came: expected {next}, or a gap that begins there");
            _values[topic] = number;
            Received++;
            Advance(number);
        }
    }

    public void Gap(int first, int end)
    {
        lock (_state)
        {
            var next = _position + 1;
            if (end < first || first < next || (first > next && !MayPassOver)) Fail($"the gap {first} to {end} was told: expected one that begins at {next}");
            _toldGap = true;
            Gaps++;
            Missing += end - first + 1;
            Advance(end);
        }
    }

    /// <summary>What was told makes no sense.</summary>
    public void Stray(string text)
    {
        lock (_state) Fail($"\"{text}\" was told");
    }

    /// <summary>The process is killed, and its position goes with it.</summary>
    public void Forget()
    {
        lock (_state)
        {
            _position = 0;
            _toldGap = false;
            Received = Missing = 0;
            Array.Clear(_values);
            if (_ended.Task.IsCompleted) _ended = New();
        }
    }

    /// <summary>The topics whose value, as the process of now knows it, is not the last.</summary>
    public IReadOnlyList<int> Stale
    {
        get { lock (_state) return [.. Enumerable.Range(0, topics).Where(topic => _values[topic] != last - (last - topic) % topics)]; }
    }

    private void Advance(int number)
    {
        _position = number;
        if (number == last) _ended.TrySetResult();
        else if (number > last) Fail($"number {number} was told: expected at most {last}");
    }

    private void Fail(string fault)
    {
        Fault ??= fault;
        _failed.TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
