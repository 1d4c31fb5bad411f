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
        Receive<InitializeLogger>(_ =>
        {
            Context.System.EventStream.Subscribe(Self, typeof(WrittenSoFar));
            Sender.Tell(new LoggerInitialized(), Self);
        });
        Receive<LogEvent>(Write);
        Receive<WrittenSoFar>(message => message.Told.TrySetResult());
    }

    /// <summary>
    /// Waits until what was logged before is written, because a logger that is stopped leaves what waits in its mailbox.
    /// At once when the log goes elsewhere.
    /// </summary>
    public static Task AllWritten(ActorSystem system)
    {
        var message = new WrittenSoFar(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!system.Settings.Loggers.Any(name => name.StartsWith(typeof(StandardErrorLogger).FullName!, StringComparison.Ordinal))) return Task.CompletedTask;
        system.EventStream.Publish(message);
        return message.Told.Task;
    }

    private static void Write(LogEvent log)
    {
        var time = log.Timestamp.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        var cause = log.Cause is null ? "" : $": {log.Cause.Message}";
        Console.Error.WriteLine($"{time} {log.LogLevel().ToString().Replace("Level", "", StringComparison.Ordinal).ToLowerInvariant()} {log.Message}{cause}");
    }

    private sealed record WrittenSoFar(TaskCompletionSource Told);
}
