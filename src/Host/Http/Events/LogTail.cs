using Actors.Host.Running;
using Akka.Actor;
using Akka.Event;

namespace Actors.Host.Http.Events;

/// <summary>Takes down what the actor system logs, at the level of <c>akka.loglevel</c>.</summary>
internal sealed class LogTail : ReceiveActor
{
    private readonly LogLines _lines;

    /// <param name="lines">Where the lines go.</param>
    public LogTail(LogLines lines)
    {
        _lines = lines;
        Receive<LogEvent>(Take);
    }

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(LogEvent));

    private void Take(LogEvent log)
    {
        var level = log.LogLevel() switch
        {
            LogLevel.DebugLevel => "debug",
            LogLevel.InfoLevel => "info",
            LogLevel.WarningLevel => "warning",
            _ => "error",
        };
        _lines.Add(new DateTimeOffset(log.Timestamp), level, StandardErrorLogger.RoleOf(log.LogSource), log.Cause is null ? $"{log.Message}" : $"{log.Message}: {log.Cause.Message}");
    }
}
