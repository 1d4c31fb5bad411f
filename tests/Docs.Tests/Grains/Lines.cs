namespace Docs.Tests.Grains;

/// <summary>What the grains of a sample have written, in order.</summary>
public sealed class Lines
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_gate) return [.. _lines];
        }
    }

    public void Write(string line)
    {
        TaskCompletionSource waiting;
        lock (_gate)
        {
            _lines.Add(line);
            (waiting, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        waiting.SetResult();
    }

    /// <summary>True when the line was written, or is within a time.</summary>
    public async Task<bool> Has(string line, TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within);
        while (!patience.IsCancellationRequested)
        {
            Task more;
            lock (_gate)
            {
                if (_lines.Contains(line)) return true;
                more = _more.Task;
            }
            await more.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return All.Contains(line);
    }
}
