using Actors.Grains.Calls;

namespace Actors.Grains.Runtime;

/// <summary>A timer of an activation. Each run is a call of its grain that nobody waits for.</summary>
internal sealed class GrainTimer : IDisposable
{
    private static readonly GrainMethod s_method = OwnCall.MethodOf("(timer)");

    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly TimeSpan _period;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _ended = new();

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, TimeSpan due, TimeSpan period, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(callback);
        ArgumentOutOfRangeException.ThrowIfLessThan(due, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        _activation = activation;
        _callback = callback;
        _period = period;
        _timer = time.CreateTimer(static timer => ((GrainTimer)timer!).IsDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Runs the callback, on the activation's turn. The next run comes a period after the end of this one.</summary>
    private async Task Run()
    {
        if (_ended.IsCancellationRequested) return;
        try
        {
            await _callback(_ended.Token);
        }
        finally
        {
            if (_period > TimeSpan.Zero && !_ended.IsCancellationRequested) _timer.Change(_period, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _activation.Forget(this);
        // Last, because code that hangs on the token may throw.
        _ended.Cancel();
    }

    private void IsDue() => _activation.Post(new OwnCall(_activation, s_method, Run));
}
