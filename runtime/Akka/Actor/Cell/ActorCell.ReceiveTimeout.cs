namespace Akka.Actor;

public partial class ActorCell
{
    private TimeSpan? _receiveTimeout;
    private ICancelable? _receiveTimeoutTimer;
    private bool _receiveTimeoutChanged;

    public TimeSpan? ReceiveTimeout => _receiveTimeout;

    public void SetReceiveTimeout(TimeSpan? timeout = null)
    {
        if (timeout.HasValue && timeout.Value <= TimeSpan.Zero && timeout.Value != Timeout.InfiniteTimeSpan)
            throw new ArgumentException($"A receive timeout must be above zero, and is {timeout}", nameof(timeout));
        _receiveTimeout = timeout == Timeout.InfiniteTimeSpan ? null : timeout;
        _receiveTimeoutChanged = true;
    }

    /// <summary>Starts the time anew after a message that counts as activity.</summary>
    public void CheckReceiveTimeout(bool reschedule = true)
    {
        if (!reschedule && !_receiveTimeoutChanged)
            return;
        _receiveTimeoutChanged = false;
        _receiveTimeoutTimer?.Cancel();
        _receiveTimeoutTimer = null;
        if (_receiveTimeout is not { } timeout || Mailbox.IsClosed)
            return;
        var timer = new Cancelable(_systemImpl.Scheduler);
        _receiveTimeoutTimer = timer;
        _systemImpl.Scheduler.ScheduleTellOnce(timeout, Self, Akka.Actor.ReceiveTimeout.Instance, Self, timer);
    }

    private void CancelReceiveTimeout()
    {
        _receiveTimeout = null;
        _receiveTimeoutTimer?.Cancel();
        _receiveTimeoutTimer = null;
    }
}
