namespace Akka.Event;

/// <summary>What one source writes its log to.</summary>
public interface ILoggingAdapter
{
    ILogMessageFormatter Formatter { get; }

    bool IsDebugEnabled { get; }

    bool IsInfoEnabled { get; }

    bool IsWarningEnabled { get; }

    bool IsErrorEnabled { get; }

    bool IsEnabled(LogLevel logLevel);

    void Log(LogLevel logLevel, Exception? cause, LogMessage message);

    void Log(LogLevel logLevel, Exception? cause, string format);
}

public abstract class LoggingAdapterBase : ILoggingAdapter
{
    protected LoggingAdapterBase(ILogMessageFormatter logMessageFormatter)
    {
        ArgumentNullException.ThrowIfNull(logMessageFormatter);
        Formatter = logMessageFormatter;
    }

    public ILogMessageFormatter Formatter { get; }

    public abstract bool IsDebugEnabled { get; }

    public abstract bool IsErrorEnabled { get; }

    public abstract bool IsInfoEnabled { get; }

    public abstract bool IsWarningEnabled { get; }

    public bool IsEnabled(LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => IsDebugEnabled,
        LogLevel.InfoLevel => IsInfoEnabled,
        LogLevel.WarningLevel => IsWarningEnabled,
        LogLevel.ErrorLevel => IsErrorEnabled,
        _ => throw new NotSupportedException($"Unknown LogLevel {logLevel}"),
    };

    public void Log(LogLevel logLevel, Exception? cause, LogMessage message)
    {
        if (IsEnabled(logLevel))
            NotifyLog(logLevel, message, cause);
    }

    public void Log(LogLevel logLevel, Exception? cause, string format)
    {
        if (IsEnabled(logLevel))
            NotifyLog(logLevel, format, cause);
    }

    protected abstract void NotifyLog(LogLevel logLevel, object message, Exception? cause = null);
}

/// <summary>Writes nothing.</summary>
public sealed class NoLogger : ILoggingAdapter
{
    public static readonly ILoggingAdapter Instance = new NoLogger();

    private NoLogger()
    {
    }

    public ILogMessageFormatter Formatter => DefaultLogMessageFormatter.Instance;

    public bool IsDebugEnabled => false;

    public bool IsInfoEnabled => false;

    public bool IsWarningEnabled => false;

    public bool IsErrorEnabled => false;

    public bool IsEnabled(LogLevel logLevel) => false;

    public void Log(LogLevel logLevel, Exception? cause, LogMessage message)
    {
    }

    public void Log(LogLevel logLevel, Exception? cause, string format)
    {
    }
}

/// <summary>Publishes on the bus what the bus's level lets through.</summary>
public sealed class BusLogging : LoggingAdapterBase
{
    public BusLogging(LoggingBus bus, string logSource, Type logClass, ILogMessageFormatter logMessageFormatter)
        : base(logMessageFormatter)
    {
        Bus = bus;
        LogSource = logSource;
        LogClass = logClass;
    }

    public LoggingBus Bus { get; }

    public string LogSource { get; }

    public Type LogClass { get; }

    public override bool IsDebugEnabled => Bus.LogLevel <= LogLevel.DebugLevel;

    public override bool IsInfoEnabled => Bus.LogLevel <= LogLevel.InfoLevel;

    public override bool IsWarningEnabled => Bus.LogLevel <= LogLevel.WarningLevel;

    public override bool IsErrorEnabled => Bus.LogLevel <= LogLevel.ErrorLevel;

    protected override void NotifyLog(LogLevel logLevel, object message, Exception? cause = null)
    {
        LogEvent entry = logLevel switch
        {
            LogLevel.DebugLevel => new Debug(cause!, LogSource, LogClass, message),
            LogLevel.InfoLevel => new Info(cause!, LogSource, LogClass, message),
            LogLevel.WarningLevel => new Warning(cause!, LogSource, LogClass, message),
            LogLevel.ErrorLevel => new Error(cause, LogSource, LogClass, message),
            _ => throw new NotSupportedException($"Unknown LogLevel {logLevel}"),
        };
        Bus.Publish(entry);
    }
}
