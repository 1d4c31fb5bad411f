namespace Akka.Actor;

public partial class ActorCell
{
    private TimeSpan? _receiveTimeout;
    private ICancelable? _receiveTimeoutTimer;
    private ReceiveTimeoutDue? _receiveTimeoutDue;
    private TimeSpan _lastActivity;
    private bool _receiveTimeoutChanged;

    public TimeSpan? ReceiveTimeout => _receiveTimeout;

    public void SetReceiveTimeout(TimeSpan? timeout = null)
    {
        if (timeout.HasValue && timeout.Value <= TimeSpan.Zero && timeout.Value != Timeout.InfiniteTimeSpan)
            throw new ArgumentException($"A receive timeout must be above zero, and is {timeout}", nameof(timeout));
        _receiveTimeout = timeout == Timeout.InfiniteTimeSpan ? null : timeout;
        _receiveTimeoutChanged = true;
    }

    /// <summary>Called after each message.</summary>
    /// <param name="reschedule">Whether the message counts as activity, so that the time starts anew.</param>
    public void CheckReceiveTimeout(bool reschedule = true)
    {
        if (_receiveTimeoutChanged)
        {
            _receiveTimeoutChanged = false;
            StopReceiveTimer();
            if (_receiveTimeout is { } timeout)
            {
                _lastActivity = _systemImpl.Scheduler.MonotonicClock;
                StartReceiveTimer(timeout);
            }
        }
        else if (reschedule && _receiveTimeout.HasValue)
        {
            // The timer stays as it is; when it is due it looks how long ago this was.
            _lastActivity = _systemImpl.Scheduler.MonotonicClock;
        }
    }

    private void ReceiveTimerDue(ReceiveTimeoutDue due)
    {
        if (!ReferenceEquals(due, _receiveTimeoutDue) || _receiveTimeout is not { } timeout)
            return;
        var left = _lastActivity + timeout - _systemImpl.Scheduler.MonotonicClock;
        if (left > TimeSpan.Zero)
        {
            StartReceiveTimer(left);
            return;
        }

        // The actor may change the timeout; otherwise the time starts anew.
        _receiveTimeoutChanged = true;
        _current = new Envelope(Akka.Actor.ReceiveTimeout.Instance, Self);
        ReceiveMessage(Akka.Actor.ReceiveTimeout.Instance);
    }

    private void StartReceiveTimer(TimeSpan delay)
    {
        if (Mailbox.IsClosed)
            return;
        var timer = new Cancelable(_systemImpl.Scheduler);
        _receiveTimeoutTimer = timer;
        _receiveTimeoutDue = new ReceiveTimeoutDue();
        _systemImpl.Scheduler.ScheduleTellOnce(delay, Self, _receiveTimeoutDue, Self, timer);
    }

    private void StopReceiveTimer()
    {
        _receiveTimeoutTimer?.Cancel();
        _receiveTimeoutTimer = null;
        _receiveTimeoutDue = null;
    }

    private void CancelReceiveTimeout()
    {
        _receiveTimeout = null;
        _receiveTimeoutChanged = false;
        StopReceiveTimer();
    }

    /// <summary>What the timer tells; one that has been replaced is not acted upon.</summary>
    private sealed class ReceiveTimeoutDue : IAutoReceivedMessage, INotInfluenceReceiveTimeout, Event.IDeadLetterSuppression;
}
