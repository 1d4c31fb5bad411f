namespace Actors.Host.Messaging.Running;

/// <summary>Spaces messages out: each has its time from the start on, so that the mean rate is the one asked for.</summary>
/// <param name="rate">Messages a second; null does not wait.</param>
/// <param name="time">The clock.</param>
internal sealed class Pace(double? rate, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private long _number;

    /// <summary>Waits for the time of the next message; the first is sent at once.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task Next(CancellationToken stop)
    {
        if (rate is not { } perSecond) return Task.CompletedTask;
        var left = TimeSpan.FromSeconds(_number++ / perSecond) - time.GetElapsedTime(_start);
        return left > TimeSpan.Zero ? Task.Delay(left, time, stop) : Task.CompletedTask;
    }
}
