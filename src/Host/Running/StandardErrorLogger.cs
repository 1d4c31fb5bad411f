using System.Globalization;
using Akka.Actor;
using Akka.Event;

namespace Actors.Host.Running;

/// <summary>Writes the log to standard error, a line an event, so that standard output holds only what passes.</summary>
internal sealed class StandardErrorLogger : ReceiveActor
{
    /// <summary>Made by Akka, by its type name in <c>akka.loggers</c>.</summary>
    public StandardErrorLogger()
    {
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized(), Self));
        Receive<LogEvent>(Write);
    }

    private static void Write(LogEvent log)
    {
        var time = log.Timestamp.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        var cause = log.Cause is null ? "" : $": {log.Cause.Message}";
        Console.Error.WriteLine($"{time} {log.LogLevel().ToString().Replace("Level", "", StringComparison.Ordinal).ToLowerInvariant()} {log.Message}{cause}");
    }
}
