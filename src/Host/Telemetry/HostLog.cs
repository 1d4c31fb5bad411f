using Actors.Host.Running;
using Akka.Event;
using Microsoft.Extensions.Logging;
using Level = Microsoft.Extensions.Logging.LogLevel;
using AkkaLevel = Akka.Event.LogLevel;

namespace Actors.Host.Telemetry;

/// <summary>
/// Where the log of a host goes: the providers of Microsoft.Extensions.Logging, of which the first writes standard error and
/// others may export. A category is the name of a role, or "host".
/// </summary>
/// <remarks>Safe to use from any thread; a provider does not block.</remarks>
internal sealed class HostLog : IDisposable
{
    private readonly LineQueue _lines;
    private readonly ILoggerFactory _factory;

    /// <param name="format">How lines of standard error look.</param>
    /// <param name="more">Adds further providers; null adds none.</param>
    /// <param name="output">Instead of standard error; null is standard error.</param>
    public HostLog(LogFormat format, Action<ILoggingBuilder>? more = null, TextWriter? output = null)
    {
        _lines = new LineQueue(output ?? Console.Error);
        // Akka's level decides what is logged.
        _factory = LoggerFactory.Create(logging =>
        {
            logging.SetMinimumLevel(Level.Trace).AddProvider(new LineProvider(format, _lines));
            more?.Invoke(logging);
        });
    }

    /// <summary>Writes an event of Akka's log. Called on the thread that logs, where its span is current.</summary>
    public void Write(LogEvent log)
    {
        var role = StandardErrorLogger.RoleOf(log.LogSource);
        var line = new LogLine(new DateTimeOffset(log.Timestamp), role, log.Message?.ToString() ?? "");
        _factory.CreateLogger(role).Log(LevelOf(log.LogLevel()), default, line, log.Cause, static (line, _) => line.Text);
    }

    /// <summary>Ends when what was logged before has been written.</summary>
    public Task Written() => _lines.Written();

    /// <summary>Writes what waits, and ends.</summary>
    public void Dispose()
    {
        _factory.Dispose();
        _lines.Dispose();
    }

    private static Level LevelOf(AkkaLevel level) => level switch
    {
        AkkaLevel.DebugLevel => Level.Debug,
        AkkaLevel.InfoLevel => Level.Information,
        AkkaLevel.WarningLevel => Level.Warning,
        _ => Level.Error,
    };
}
