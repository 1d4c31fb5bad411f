using System.Globalization;
using Akka.Actor;

namespace Akka.Event;

public enum LogLevel
{
    DebugLevel,
    InfoLevel,
    WarningLevel,
    ErrorLevel,
}

/// <summary>An entry of the log, as it travels on the event stream.</summary>
public abstract class LogEvent : INoSerializationVerificationNeeded
{
    protected LogEvent()
    {
        Timestamp = TimeProvider.System.GetUtcNow().UtcDateTime;
        Thread = Thread.CurrentThread;
    }

    public Exception Cause { get; protected set; } = null!;

    /// <summary>UTC.</summary>
    public DateTime Timestamp { get; }

    public Thread Thread { get; }

    public string LogSource { get; protected set; } = null!;

    public Type LogClass { get; protected set; } = null!;

    /// <summary>A string or a <see cref="LogMessage"/>, which is formatted when its text is asked for.</summary>
    public object Message { get; protected set; } = null!;

    public abstract LogLevel LogLevel();

    public override string ToString()
    {
        var cause = Cause is null ? "" : $"{Environment.NewLine}Cause: {Cause}";
        var level = LogLevel().ToString().Replace("Level", "", StringComparison.Ordinal).ToUpperInvariant();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[{level}][{Timestamp:MM/dd/yyyy HH:mm:ss.fff}Z][Thread {Thread.ManagedThreadId:0000}][{LogSource}] {Message}{cause}");
    }
}

public class Debug : LogEvent
{
    public Debug(string logSource, Type logClass, object message)
        : this(null!, logSource, logClass, message)
    {
    }

    public Debug(Exception cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;
}

public class Info : LogEvent
{
    public Info(string logSource, Type logClass, object message)
        : this(null!, logSource, logClass, message)
    {
    }

    public Info(Exception cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;
}

public class Warning : LogEvent
{
    public Warning(string logSource, Type logClass, object message)
        : this(null!, logSource, logClass, message)
    {
    }

    public Warning(Exception cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;
}

public class Error : LogEvent
{
    public Error(Exception? cause, string? logSource, Type logClass, object message)
    {
        Cause = cause!;
        LogSource = logSource!;
        LogClass = logClass;
        Message = message;
    }

    public override LogLevel LogLevel() => Event.LogLevel.ErrorLevel;
}

/// <summary>Tells a logger to subscribe; it answers with <see cref="LoggerInitialized"/>.</summary>
public class InitializeLogger : INoSerializationVerificationNeeded
{
    public InitializeLogger(LoggingBus loggingBus) => LoggingBus = loggingBus;

    public LoggingBus LoggingBus { get; }
}

public class LoggerInitialized : INoSerializationVerificationNeeded, IDeadLetterSuppression;
