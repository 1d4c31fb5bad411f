using System.Collections.Concurrent;
using System.Globalization;

namespace Chaos.Grains;

/// <summary>All calls of a run, each of which adds 1 to the counter of a key, and what must hold of them. Safe for concurrent use.</summary>
internal sealed class CallLedger(int most)
{
    private readonly ConcurrentDictionary<ulong, IdentifiedCall> _calls = new();
    private readonly TaskCompletionSource _violated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last;
    private long _late;
    private long _tries;

    /// <summary>Fails with the first violation; otherwise it does not end.</summary>
    public Task Violated => _violated.Task;

    public IReadOnlyCollection<IdentifiedCall> Calls => (IReadOnlyCollection<IdentifiedCall>)_calls.Values;

    /// <summary>Answers that came for a call which had ended, and that said the same.</summary>
    public long LateAnswers => _late;

    /// <summary>Tries of all calls, the first ones among them.</summary>
    public long Tries => _tries;

    /// <summary>A new call; null when the run has had all of its calls.</summary>
    public IdentifiedCall? Begin(string key)
    {
        var number = Interlocked.Increment(ref _last);
        return number > most ? null : _calls[(ulong)number] = new IdentifiedCall((ulong)number, key);
    }

    public void CountTry() => Interlocked.Increment(ref _tries);

    /// <summary>Takes an answer, from whichever way and however late.</summary>
    public void Take(ulong number, Answer answer)
    {
        if (!_calls.TryGetValue(number, out var call))
            Violate($"an answer came to the call {number}, which nobody has made: {answer}");
        else if (call.Take(answer, out var isLate) is { } violation)
            Violate(violation);
        else if (isLate)
            Interlocked.Increment(ref _late);
    }

    public void Violate(string what) => _violated.TrySetException(new ViolationException(what));

    /// <summary>What does not hold of the results: each that a key gave is given once, and they have no gap but for calls that have no result.</summary>
    /// <param name="values">The value of each counter, at the end.</param>
    public IEnumerable<string> Faults(IReadOnlyDictionary<string, long> values)
    {
        foreach (var key in _calls.Values.GroupBy(call => call.Key))
        {
            var results = key.Where(call => call.Result is not null).Select(call => (call.Number, Value: long.Parse(call.Result!, CultureInfo.InvariantCulture))).OrderBy(result => result.Value).ToList();
            var uncertain = key.Count(call => call.Result is null);
            var value = values.GetValueOrDefault(key.Key);
            foreach (var twice in results.GroupBy(result => result.Value).Where(same => same.Count() > 1))
                yield return $"{key.Key} gave {twice.Key} to the calls {string.Join(", ", twice.Select(result => result.Number))}: expected each result once";
            var missing = value - results.Count;
            if (missing < 0 || missing > uncertain)
                yield return $"{key.Key} is {value} after {results.Count} calls with a result and {uncertain} without: expected from {results.Count} to {results.Count + uncertain}";
            if (results.Count > 0 && (results[0].Value < 1 || results[^1].Value > value))
                yield return $"{key.Key} gave results from {results[0].Value} to {results[^1].Value}: expected from 1 to {value}, its value";
        }
    }
}

/// <summary>A call, its tries and its end.</summary>
internal sealed class IdentifiedCall(ulong number, string key)
{
    private readonly Lock _state = new();
    private TaskCompletionSource<Answer> _next = New();

    public ulong Number => number;

    public string Key => key;

    /// <summary>The first result, as JSON; null while there is none.</summary>
    public string? Result { get; private set; }

    /// <summary>What the caller was told; null until the call has ended.</summary>
    public Answer? End { get; private set; }

    /// <summary>From its begin to its end.</summary>
    public TimeSpan Took { get; private set; }

    /// <summary>The answer to a try that is sent now, or to one before.</summary>
    public Task<Answer> Next()
    {
        lock (_state)
        {
            if (_next.Task.IsCompleted) _next = New();
            return _next.Task;
        }
    }

    /// <param name="answer">Of any try.</param>
    /// <param name="isLate">Whether the call had ended.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public string? Take(Answer answer, out bool isLate)
    {
        lock (_state)
        {
            isLate = End is not null;
            if (answer.Result is { } result)
            {
                if (Result is { } first && first != result) return $"the call {number} of {key} got {first} and then {result}: expected the first result for each repeat";
                Result = result;
            }
            _next.TrySetResult(answer);
            return null;
        }
    }

    /// <summary>The one end of the call.</summary>
    public void Finish(Answer answer, TimeSpan took)
    {
        lock (_state)
        {
            if (End is not null) throw new InvalidOperationException($"the call {number} ends twice");
            (End, Took) = (answer, took);
        }
    }

    private static TaskCompletionSource<Answer> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
