namespace Chaos.Network;

/// <summary>How octets pass through a proxy: whether, how late, how fast and in what pieces. Safe for concurrent use.</summary>
internal sealed class LinkConditions(int seed)
{
    private const int LargestPiece = 64 * 1024;

    private readonly Random _pieces = new(seed);
    private readonly Lock _state = new();
    private TaskCompletionSource _open = Opened();
    private TimeSpan _delay;
    private int _bytesPerSecond;
    private int _mostInPiece = LargestPiece;

    /// <summary>Nothing passes while it is on; the connections stay.</summary>
    public void Stall(bool on)
    {
        lock (_state)
        {
            if (!on) _open.TrySetResult();
            else if (_open.Task.IsCompleted) _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Each piece waits so long before it passes.</summary>
    public void Delay(TimeSpan each)
    {
        lock (_state) _delay = each;
    }

    /// <summary>At most so many octets a second; 0 is without limit.</summary>
    public void Throttle(int bytesPerSecond)
    {
        lock (_state) _bytesPerSecond = bytesPerSecond;
    }

    /// <summary>Pieces of random length, at most so many octets; 0 is as they come.</summary>
    public void Split(int most)
    {
        lock (_state) _mostInPiece = most == 0 ? LargestPiece : most;
    }

    /// <summary>Waits until the next piece may pass.</summary>
    /// <param name="available">How many octets there are.</param>
    /// <param name="stop">The connection ends.</param>
    /// <returns>How many may pass.</returns>
    public async ValueTask<int> Next(int available, CancellationToken stop)
    {
        Task open;
        TimeSpan wait;
        int length;
        lock (_state)
        {
            open = _open.Task;
            length = Math.Min(available, _mostInPiece == LargestPiece ? LargestPiece : _pieces.Next(1, _mostInPiece + 1));
            wait = _delay + (_bytesPerSecond == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)length / _bytesPerSecond));
        }
        if (!open.IsCompleted) await open.WaitAsync(stop);
        // Time is what this link takes away; nothing is waited for.
        if (wait > TimeSpan.Zero) await Task.Delay(wait, stop);
        return length;
    }

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        opened.SetResult();
        return opened;
    }
}
