using Actors.Grains.Calls;

namespace Actors.Grains.Runtime;

/// <summary>A timer of an activation. Each run is a call of its grain that nobody waits for.</summary>
internal sealed class GrainTimer : IDisposable
{
    private static readonly GrainMethod s_method = new("(timer)", "(timer)", isReadOnly: false, static () => throw new NotSupportedException());

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

    private void IsDue()
    {
        var call = new TimerCall(this) { Method = s_method, Route = _activation.Route, Key = _activation.Key, Deadline = long.MaxValue };
        _activation.Post(call);
    }

    private sealed class TimerCall(GrainTimer timer) : GrainCall<Nothing>
    {
        internal override bool IsUse => false;

        protected internal override ValueTask<Nothing> Invoke(object grain, CancellationToken cancel) => Nothing.From(timer.Run());

        protected internal override void WriteArguments(System.Text.Json.Utf8JsonWriter writer, GrainJson json) => throw new NotSupportedException("a timer's call stays in its activation");

        protected internal override void ReadArguments(ref System.Text.Json.Utf8JsonReader reader, GrainJson json) => throw new NotSupportedException("a timer's call stays in its activation");
    }
}
