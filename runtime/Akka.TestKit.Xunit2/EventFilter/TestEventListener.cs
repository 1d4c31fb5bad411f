using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.TestKit.Internal;
using Akka.TestKit.TestEvent;

namespace Akka.TestKit;

/// <summary>
/// The logger behind <see cref="TestKitBase.EventFilter"/>; it has to be among <c>akka.loggers</c>. Log events, dead
/// letters and unhandled messages that no filter matches are printed.
/// </summary>
public class TestEventListener : DefaultLogger
{
    private readonly List<EventFilterBase> _filters = [];

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger init:
                foreach (var channel in new[] { typeof(Mute), typeof(Unmute), typeof(DeadLetter), typeof(UnhandledMessage) })
                {
                    init.LoggingBus.Subscribe(Self, channel);
                }

                // Answers: whoever waits for that may mute something at once.
                return base.Receive(message);
            case Mute mute:
                _filters.AddRange(mute.Filters);
                return true;
            case Unmute unmute:
                foreach (var filter in unmute.Filters)
                {
                    _filters.Remove(filter);
                }

                return true;
            case LogEvent logEvent:
                FilterOrPrint(logEvent);
                return true;
            case DeadLetter letter:
                OnDeadLetter(letter);
                return true;
            case UnhandledMessage unhandled:
                FilterOrPrint(new Warning(
                    unhandled.Recipient.Path.ToString(),
                    unhandled.Recipient.GetType(),
                    $"Unhandled message from {unhandled.Sender}: {unhandled.Message}"));
                return true;
            default:
                return base.Receive(message);
        }
    }

    private void OnDeadLetter(DeadLetter letter)
    {
        if (letter.Message is Terminate)
        {
            return;
        }

        var source = letter.Recipient.Path.ToString();
        var type = letter.Recipient.GetType();
        if (IsFiltered(new Warning(source, type, letter)))
        {
            return;
        }

        FilterOrPrint(new Warning(
            source,
            type,
            letter.Message is ISystemMessage
                ? $"Received dead system message: {letter.Message}"
                : $"Received dead letter from {letter.Sender}: {letter.Message}"));
    }

    private void FilterOrPrint(LogEvent logEvent)
    {
        if (!IsFiltered(logEvent))
        {
            Print(logEvent);
        }
    }

    // Each filter sees the event, not only the first that matches: several may count it.
    private bool IsFiltered(LogEvent logEvent)
    {
        var matched = false;
        foreach (var filter in _filters)
        {
            matched |= filter.Apply(logEvent);
        }

        return matched;
    }
}
