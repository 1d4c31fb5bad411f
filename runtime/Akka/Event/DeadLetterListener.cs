using System.Diagnostics;
using Akka.Actor;

namespace Akka.Event;

/// <summary>Logs dead letters, drops and unhandled messages: as many as <c>akka.log-dead-letters</c> says, then pauses.</summary>
public class DeadLetterListener : ActorBase
{
    private readonly EventStream _eventStream = Context.System.EventStream;
    private readonly int _maxCount = Context.System.Settings.LogDeadLetters;
    private readonly TimeSpan _pause = Context.System.Settings.LogDeadLettersSuspendDuration;
    private long _count;
    private long _pausedAt;

    protected override void PreStart()
    {
        _eventStream.Subscribe(Self, typeof(DeadLetter));
        _eventStream.Subscribe(Self, typeof(Dropped));
        _eventStream.Subscribe(Self, typeof(UnhandledMessage));
    }

    protected override void PreRestart(Exception reason, object message)
    {
        // The subscriptions stay with the reference.
    }

    protected override void PostRestart(Exception reason)
    {
        // PreStart would subscribe again.
    }

    protected override void PostStop() => _eventStream.Unsubscribe(Self);

    protected override bool Receive(object message)
    {
        if (message is not AllDeadLetters letter)
            return false;
        if (_pausedAt != 0)
        {
            _count++;
            if (_pause == Timeout.InfiniteTimeSpan || Stopwatch.GetElapsedTime(_pausedAt) < _pause)
                return true;
            Log(letter, $", of which {_count - _maxCount - 1} were not logged. The counter will be reset now");
            _count = 0;
            _pausedAt = 0;
            return true;
        }

        _count++;
        if (_maxCount != int.MaxValue && _count >= _maxCount)
        {
            Log(letter, _pause == Timeout.InfiniteTimeSpan
                ? ", no more dead letters will be logged"
                : $", no more dead letters will be logged in next [{_pause}]");
            _pausedAt = Stopwatch.GetTimestamp();
        }
        else
        {
            Log(letter, "");
        }

        return true;
    }

    private void Log(AllDeadLetters letter, string doneMessage)
    {
        var origin = letter.Sender.IsNobody() ? "without sender" : $"from {letter.Sender}";
        var what = letter switch
        {
            Dropped dropped => $"Message [{letter.Message.GetType().Name}] {origin} to {letter.Recipient} was dropped. {dropped.Reason}. ",
            UnhandledMessage => $"Message [{letter.Message.GetType().Name}] {origin} to {letter.Recipient} was unhandled. ",
            _ => $"Message [{letter.Message.GetType().Name}] {origin} to {letter.Recipient} was not delivered. ",
        };
        _eventStream.Publish(new Info(
            letter.Recipient?.Path.ToString()!,
            letter.Recipient?.GetType() ?? typeof(DeadLetterListener),
            $"{what}[{_count}] dead letters encountered{doneMessage}. If this is not an expected behavior then {letter.Recipient} may have terminated unexpectedly. " +
            "This logging can be turned off or adjusted with configuration settings 'akka.log-dead-letters' and 'akka.log-dead-letters-during-shutdown'. " +
            $"Message content: {letter.Message}"));
    }
}
