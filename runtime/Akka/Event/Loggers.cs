using System.Diagnostics;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Akka.Util;

namespace Akka.Event;

/// <summary>What the queue of a logger promises.</summary>
public interface ILoggerMessageQueueSemantics : ISemantics;

/// <summary>A logger without an actor: it writes on the thread that logs.</summary>
public abstract class MinimalLogger : MinimalActorRef
{
    private readonly ActorPath _path = new RootActorPath(new Address("akka", "all-systems"), "/StandardOutLogger");

    public sealed override ActorPath Path => _path;

    public sealed override IActorRefProvider Provider => throw new NotSupportedException("A logger on standard output belongs to no actor system and has no provider");

    public LogFilterEvaluator Filter { get; internal set; } = LogFilterEvaluator.NoFilters;

    protected sealed override void TellInternal(object message, IActorRef sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message is LogEvent entry && !Filter.ShouldTryKeepMessage(entry, out _))
            return;
        Log(message);
    }

    protected abstract void Log(object message);
}

/// <summary>Writes to standard output.</summary>
public class StandardOutLogger : MinimalLogger
{
    static StandardOutLogger() => UseColors = true;

    public static ConsoleColor DebugColor { get; set; } = ConsoleColor.Gray;

    public static ConsoleColor InfoColor { get; set; } = ConsoleColor.White;

    public static ConsoleColor WarningColor { get; set; } = ConsoleColor.Yellow;

    public static ConsoleColor ErrorColor { get; set; } = ConsoleColor.Red;

    public static bool UseColors { get; set; }

    protected override void Log(object message)
    {
        if (message is LogEvent entry)
            PrintLogEvent(entry);
        else
            StandardOutWriter.WriteLine(message.ToString()!);
    }

    internal static void PrintLogEvent(LogEvent entry)
    {
        ConsoleColor? color = !UseColors ? null : entry.LogLevel() switch
        {
            LogLevel.DebugLevel => DebugColor,
            LogLevel.InfoLevel => InfoColor,
            LogLevel.WarningLevel => WarningColor,
            _ => ErrorColor,
        };
        StandardOutWriter.WriteLine(entry.ToString(), color);
    }
}

/// <summary>The logger of a system unless the configuration names others: it writes to standard output from an actor.</summary>
public class DefaultLogger : ActorBase, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    private MinimalLogger? _stdout;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                _stdout = Context.System.Settings.StdoutLogger;
                Sender.Tell(new LoggerInitialized());
                return true;
            case LogEvent entry:
                Print(entry);
                return true;
            default:
                return false;
        }
    }

    protected virtual void Print(LogEvent logEvent)
    {
        if (_stdout is null)
            throw new InvalidOperationException("The logger has not been initialized");
        _stdout.Tell(logEvent, ActorRefs.NoSender);
    }
}

/// <summary>Writes to the trace listeners of the process.</summary>
public class TraceLogger : UntypedActor
{
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                break;
            case LogEvent entry when entry.LogLevel() == LogLevel.ErrorLevel:
                Trace.TraceError(entry.ToString());
                break;
            case LogEvent entry when entry.LogLevel() == LogLevel.WarningLevel:
                Trace.TraceWarning(entry.ToString());
                break;
            case LogEvent entry:
                Trace.TraceInformation(entry.ToString());
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}

/// <summary>The mailbox type that <c>akka.actor.mailbox.requirements</c> binds to loggers.</summary>
internal sealed class LoggerMailboxType(Settings settings, Config config) : MailboxType(settings, config), IProducesMessageQueue<LoggerMessageQueue>
{
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new LoggerMessageQueue();
}

/// <summary>What a logger that stops has not written yet goes to standard output, so that the last words are not lost.</summary>
internal sealed class LoggerMessageQueue : IMessageQueue, ILoggerMessageQueueSemantics, IUnboundedMessageQueueSemantics
{
    private readonly UnboundedMessageQueue _queue = new();

    public bool HasMessages => _queue.HasMessages;

    public int Count => _queue.Count;

    public void Enqueue(IActorRef receiver, Envelope envelope) => _queue.Enqueue(receiver, envelope);

    public bool TryDequeue(out Envelope envelope) => _queue.TryDequeue(out envelope);

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        var settings = (owner as LocalActorRef)?.Cell.System.Settings;
        while (TryDequeue(out var envelope))
        {
            if (envelope.Message is LogEvent entry && settings is not null)
            {
                if (entry.LogLevel() >= Logging.LogLevelFor(settings.StdoutLogLevel))
                    settings.StdoutLogger.Tell(entry, ActorRefs.NoSender);
            }
            else
            {
                deadletters.Enqueue(owner, envelope);
            }
        }
    }
}
