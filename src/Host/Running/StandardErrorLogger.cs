using System.Globalization;
using Actors.Hosting.Handlers;
using Akka.Actor;
using Akka.Event;

namespace Actors.Host.Running;

/// <summary>Writes the log to standard error, a line an event, so that standard output holds only what passes.</summary>
internal sealed class StandardErrorLogger : ReceiveActor
{
    private const string Roles = "/user/roles/";
    private const string Poller = "/system/zmq-poller-";

    /// <summary>Made by Akka, by its type name in <c>akka.loggers</c>.</summary>
    public StandardErrorLogger()
    {
        Receive<InitializeLogger>(_ =>
        {
            Context.System.EventStream.Subscribe(Self, typeof(WrittenSoFar));
            Sender.Tell(new LoggerInitialized(), Self);
        });
        var levels = LogLevels.Of(Context.System);
        Receive<LogEvent>(log =>
        {
            if (levels.IsWritten(RoleOf(log.LogSource), log.LogLevel())) Write(log);
        });
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
        var time = new DateTimeOffset(log.Timestamp).ToLocalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
        var level = log.LogLevel().ToString().Replace("Level", "", StringComparison.Ordinal).ToLowerInvariant();
        var cause = log.Cause is null ? "" : $": {log.Cause.Message}";
        // What peers sent may be part of it, and a line is a line.
        Console.Error.WriteLine($"{time} {level} [{RoleOf(log.LogSource)}] {EscapedText.Of($"{log.Message}{cause}")}");
    }

    /// <summary>The role whose actor has logged, from the path of the actor; "host" for all others.</summary>
    internal static string RoleOf(string source)
    {
        // Akka puts the address of the actor system behind the path of a log that is no actor's.
        var path = source.Trim('[', ']').Split('#')[0].Split('(')[0].TrimEnd();
        if (path.IndexOf(Roles, StringComparison.Ordinal) is >= 0 and var roles)
        {
            // Below the host's actor "roles", a role and its source have the name of the role.
            var name = path[(roles + Roles.Length)..].Split('/')[0];
            return Uri.UnescapeDataString(name.EndsWith(HostActor.SourceSuffix, StringComparison.Ordinal) ? name[..^HostActor.SourceSuffix.Length] : name);
        }
        if (path.IndexOf(Poller, StringComparison.Ordinal) is not (>= 0 and var poller)) return "host";
        // Below a poller, a socket has the name of its role and a number.
        var parts = path[(poller + Poller.Length)..].Split('/');
        return parts.Length > 1 && parts[1].LastIndexOf('-') is > 0 and var end ? Uri.UnescapeDataString(parts[1][..end]) : "host";
    }

    private sealed record WrittenSoFar(TaskCompletionSource Told);
}
