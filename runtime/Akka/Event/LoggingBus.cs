using System.Globalization;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Dispatch;

namespace Akka.Event;

/// <summary>The bus of the log: it knows the level, and starts and stops the loggers.</summary>
public class LoggingBus : ActorEventBus<object, Type>
{
    private static readonly LogLevel[] AllLevels = [Event.LogLevel.DebugLevel, Event.LogLevel.InfoLevel, Event.LogLevel.WarningLevel, Event.LogLevel.ErrorLevel];

    private readonly List<IActorRef> _loggers = [];
    private LogLevel _logLevel;
    private MinimalLogger? _stdout;
    private LogLevel _stdoutLevel;
    private IActorRef? _deadLetterListener;

    public LogLevel LogLevel => _logLevel;

    /// <summary>Sets the level, and subscribes the loggers to it.</summary>
    public void SetLogLevel(LogLevel logLevel)
    {
        _logLevel = logLevel;
        foreach (var logger in _loggers)
            SubscribeAt(logLevel, logger);
    }

    /// <summary>Standard output takes the log until the loggers run.</summary>
    public void StartStdoutLogger(Settings config)
    {
        _stdout = config.StdoutLogger;
        _stdoutLevel = LevelOf(config.StdoutLogLevel, "akka.stdout-loglevel");
        _logLevel = LevelOf(config.LogLevel, "akka.loglevel");
        SubscribeAt(_stdoutLevel, _stdout);
        Publish(new Debug(SimpleName(this), GetType(), "StandardOutLogger started"));
    }

    protected override bool IsSubClassification(Type parent, Type child) => parent.IsAssignableFrom(child);

    protected override void Publish(object @event, IActorRef subscriber) => subscriber.Tell(@event, ActorRefs.NoSender);

    protected override bool Classify(object @event, Type classifier) => classifier.IsInstanceOfType(@event);

    protected override Type GetClassifier(object @event) => @event.GetType();

    internal void StartDefaultLoggers(ActorSystemImpl system)
    {
        var settings = system.Settings;
        var wantsStdout = false;
        var number = 0;
        foreach (var name in settings.Loggers)
        {
            var type = Type.GetType(name) ?? throw new ConfigurationException($"akka.loggers: logger [{name}] could not be found");
            if (typeof(MinimalLogger).IsAssignableFrom(type))
            {
                wantsStdout = true;
                continue;
            }

            AddLogger(system, type, string.Create(CultureInfo.InvariantCulture, $"log{++number}-{SimpleName(type)}"));
        }

        if (!wantsStdout)
            Unsubscribe(_stdout!);
        else
            SubscribeAt(_logLevel, _stdout!);
        if (settings.DebugUnhandledMessage)
        {
            var forwarder = system.SystemActorOf(Props.Create<UnhandledMessageForwarder>(), "UnhandledMessageForwarder");
            Subscribe(forwarder, typeof(UnhandledMessage));
        }
    }

    /// <summary>Standard output takes the log again while the loggers stop.</summary>
    internal void StopDefaultLoggers(ActorSystemImpl system)
    {
        if (_stdout is null)
            return;
        SubscribeAt(_stdoutLevel, _stdout);
        foreach (var logger in _loggers)
        {
            Unsubscribe(logger);
            system.Stop(logger);
        }

        _loggers.Clear();
    }

    internal void StartDeadLetterListener(ActorSystemImpl system)
    {
        var listener = system.SystemActorOf<DeadLetterListener>("deadLetterListener");
        _deadLetterListener = listener;
        // Here rather than by the listener itself, so that the first dead letter is not missed.
        Subscribe(listener, typeof(DeadLetter));
        Subscribe(listener, typeof(Dropped));
        Subscribe(listener, typeof(UnhandledMessage));
    }

    internal void StopDeadLetterListener(ActorSystemImpl system)
    {
        if (_deadLetterListener is { } listener)
            system.Stop(listener);
    }

    private static LogLevel LevelOf(string name, string key)
    {
        try
        {
            return Logging.LogLevelFor(name);
        }
        catch (ArgumentException failure)
        {
            throw new ConfigurationException($"{key}: {failure.Message}", failure);
        }
    }

    private void AddLogger(ActorSystemImpl system, Type type, string name)
    {
        var settings = system.Settings;
        var logger = system.SystemActorOf(Props.Create(type).WithDispatcher(settings.LoggersDispatcher), name);
        var started = logger.Ask<object>(new InitializeLogger(this), settings.LoggerAsyncStart ? Timeout.InfiniteTimeSpan : settings.LoggerStartTimeout);
        if (settings.LoggerAsyncStart)
        {
            started.ContinueWith(
                answer => Started(type, name, logger, answer), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        else
        {
            ((IAsyncResult)started).AsyncWaitHandle.WaitOne();
            Started(type, name, logger, started);
        }

        _loggers.Add(logger);
        SubscribeAt(_logLevel, logger);
    }

    private void Started(Type type, string name, IActorRef logger, Task<object> answer)
    {
        if (answer.IsCompletedSuccessfully && answer.Result is LoggerInitialized)
        {
            Publish(new Debug(SimpleName(this), GetType(), $"Logger {name} [{type.Name}] started"));
            return;
        }

        // A logger that does not answer still gets the log; the log says that it did not.
        Publish(new Warning(
            answer.Exception?.InnerException!,
            SimpleName(this),
            GetType(),
            $"Logger {name} [{type}] did not respond with {nameof(LoggerInitialized)} [{(answer.IsCompletedSuccessfully ? answer.Result : "no answer in time")}]; logger {logger}"));
    }

    private void SubscribeAt(LogLevel level, IActorRef logger)
    {
        foreach (var each in AllLevels)
        {
            if (each >= level)
                Subscribe(logger, each.ClassFor());
            else
                Unsubscribe(logger, each.ClassFor());
        }
    }
}

/// <summary>Logs unhandled messages, at debug.</summary>
internal sealed class UnhandledMessageForwarder : ActorBase
{
    protected override bool Receive(object message)
    {
        if (message is not UnhandledMessage unhandled)
            return false;
        Context.System.EventStream.Publish(new Debug(
            unhandled.Recipient.Path.ToString(), unhandled.Recipient.GetType(), $"Unhandled message from {unhandled.Sender} : {unhandled.Message}"));
        return true;
    }
}
